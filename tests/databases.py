"""Real databases for tests: committed data, deleted between tests, one per xdist worker."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import MetaData, create_engine, text
from sqlalchemy.engine import make_url

from core import database as product
from core.database import Database

# A machine that stands still for seconds beside a browser and two servers is not a fault of what
# is tested; what an idle transaction costs its holder is asked in tests/core.
product.POSTGRES_LIMITS = product.POSTGRES_LIMITS.replace(  # type: ignore[misc]
    "idle_in_transaction_session_timeout=3s", "idle_in_transaction_session_timeout=30s"
)
# Tests kill processes, never the machine: what a process wrote is there without waiting for a disk.
product.SQLITE_DURABILITY = "synchronous=OFF"
POSTGRES = os.environ.get("QIAOYI_TEST_POSTGRES", "")
KINDS = ["sqlite", *(["postgresql"] if POSTGRES else [])]


def url_of(kind: str, folder: Path, name: str, template: str = "template0") -> str:
    """A fresh database of a kind: an empty one, or on PostgreSQL the copy of another one that
    nobody uses."""
    if kind == "sqlite":
        for old in folder.glob(f"{name}.sqlite3*"):
            old.unlink()
        return f"sqlite:///{folder / name}.sqlite3"
    admin = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
    admin.dispose()
    return make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)


def create(database: Database, *metadatas: MetaData) -> None:
    """Tables straight from declarations: for toy areas only; the market's come from migrations."""
    with database.write() as session:
        for metadata in metadatas:
            metadata.create_all(session.connection())
        session.commit()


def empty(database: Database, *metadatas: MetaData) -> None:
    """Deletes every row: 9 ms on SQLite, 14 ms on PostgreSQL, and it hides no fault."""
    tables = [table for metadata in metadatas for table in reversed(metadata.sorted_tables)]
    statements = [f'DELETE FROM "{table.name}"' for table in tables]
    if database.sqlite:
        with database.writer.connect() as connection:
            connection.exec_driver_sql("COMMIT")  # the pragma is ignored inside a transaction
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            guards = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            triggers = connection.exec_driver_sql(guards).all()
            for name, _ in triggers:  # append-only tables are emptied between tests, too
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            for statement in statements:
                connection.exec_driver_sql(statement)
            for _, sql in triggers:
                connection.exec_driver_sql(sql)
            connection.commit()
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
            connection.exec_driver_sql("BEGIN")
        return
    with database.writer.connect() as connection:
        off = "SET LOCAL session_replication_role=replica;"
        connection.exec_driver_sql(off + ";".join(statements))
        connection.commit()
