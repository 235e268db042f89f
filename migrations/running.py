"""Up and down: explicit transaction, foreign keys off and checked after, triggers made again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from core.database import Database
from migrations import triggers

_FOLDER: Final = Path(__file__).resolve().parent
_LOCK: Final = 7_305_041_977
"""The advisory lock under which one machine at a time migrates PostgreSQL."""


class BrokenReferences(Exception):  # noqa: N818
    """After the migration rows point at rows that are not there; nothing was committed."""


def config() -> Config:
    """Alembic's configuration, without an ini file."""
    made = Config()
    made.set_main_option("script_location", str(_FOLDER))
    made.set_main_option("path_separator", "os")
    return made


def head() -> str:
    """The newest revision that this code knows."""
    return ScriptDirectory.from_config(config()).get_current_head() or "base"


def current(database: Database) -> str:
    """The revision the database is at; "base" when it is empty."""
    with database.reader.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or "base"


def upgrade(database: Database, revision: str = "head") -> None:
    """Up to a revision. Raises BrokenReferences."""
    _run(database, lambda made: command.upgrade(made, revision))


def downgrade(database: Database, revision: str) -> None:
    """Down to a revision; rows of tables that do not exist there are lost."""
    _run(database, lambda made: command.downgrade(made, revision))


def _run(database: Database, step: Callable[[Config], None]) -> None:
    if database.sqlite:
        with database.turnstile(), database.writer.connect() as connection:
            _on_sqlite(connection, step)
        return
    with database.writer.connect() as connection:
        # A migration may take longer than a page may.
        connection.exec_driver_sql("SET lock_timeout = '10s'; SET statement_timeout = 0")
        connection.exec_driver_sql("SET idle_in_transaction_session_timeout = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        _step(connection, step)
        connection.commit()
        connection.invalidate()  # its time-outs are not those of pages


def _on_sqlite(connection: Connection, step: Callable[[Config], None]) -> None:
    run = connection.exec_driver_sql
    run("ROLLBACK")  # the pragma is ignored inside a transaction
    run("PRAGMA foreign_keys=OFF")
    run("BEGIN IMMEDIATE")
    try:
        _step(connection, step)
        broken = run("PRAGMA foreign_key_check").all()
        if broken:
            raise BrokenReferences(f"{len(broken)} rows, the first in {broken[0][0]}")
        run("COMMIT")
    except BaseException:
        run("ROLLBACK")
        raise
    finally:
        run("PRAGMA foreign_keys=ON")
        run("BEGIN")  # what SQLAlchemy believes it is in


def _step(connection: Connection, step: Callable[[Config], None]) -> None:
    made = config()
    made.attributes["connection"] = connection
    step(made)
    triggers.recreate(connection)
