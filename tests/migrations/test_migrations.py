"""Every revision, on both databases: built from empty, compared in full, down and up with rows."""

from __future__ import annotations

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Select, Table, func, select
from sqlalchemy.exc import DatabaseError

import bootstrap
from core.actor import SYSTEM
from core.database import Database
from core.executor import Executor
from core.jobs import start_job
from core.models import Audit, Base, Job
from migrations import running, triggers
from tests import databases

EVERY_DATABASE = True

POSTGRES_CATALOGUE = {
    "columns": """
        SELECT table_name, column_name, data_type, is_nullable, column_default, is_identity
        FROM information_schema.columns WHERE table_schema = 'public'
        AND table_name <> 'alembic_version'""",
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
        AND conrelid::regclass::text <> 'alembic_version'""",
    "indexes": """
        SELECT indexname, indexdef FROM pg_indexes
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'""",
    "triggers": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
}
SQLITE_CATALOGUE = {
    "everything": """
        SELECT type, name, sql FROM sqlite_master
        WHERE name <> 'alembic_version' AND name NOT LIKE 'sqlite_%'"""
}


@pytest.fixture(params=databases.KINDS)
def make(request, tmp_path, worker_id):
    """Makes fresh databases of a kind; all are closed at the end."""
    made: list[Database] = []

    def make(name: str) -> Database:
        full = f"qiaoyi_migration_{name}_{worker_id}"
        database = Database(databases.url_of(request.param, tmp_path, full))
        made.append(database)
        return database

    yield make
    for database in made:
        database.dispose()


def catalogue(database: Database) -> dict[str, list[tuple[str, ...]]]:
    """The full catalogue: columns, CHECKs, partial indexes and triggers, whatever made them."""
    queries = SQLITE_CATALOGUE if database.sqlite else POSTGRES_CATALOGUE
    with database.reader.connect() as connection:
        return {
            name: sorted(
                tuple(" ".join(str(value).split()) for value in row)
                for row in connection.exec_driver_sql(query)
            )
            for name, query in queries.items()
        }


def declared(make) -> Database:
    database = make("declared")
    databases.create(database, Base.metadata)
    with database.write() as session:
        triggers.recreate(session.connection())
        session.commit()
    return database


def unordered(found: dict[str, list[tuple[str, ...]]]) -> dict[str, set[tuple[str, ...]]]:
    """Without the order in which a CREATE TABLE names its columns and constraints."""
    return {name: {tuple(map(_sorted_parts, row)) for row in rows} for name, rows in found.items()}


def _sorted_parts(sql: str) -> str:
    if not sql.startswith("CREATE TABLE"):
        return sql
    head, _, body = sql.partition("(")
    depth, parts, start = 0, [], 0
    for at, letter in enumerate(body):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if (letter == "," and depth == 0) or (letter == ")" and depth < 0):
            parts.append(body[start:at].strip())
            start = at + 1
    # A table that SQLite had to build anew bears its name in quotes.
    name = head.replace('"', "")
    return f"{name}({', '.join(sorted(parts))})"


def test_the_migrated_schema_is_the_declared_one(make):
    assert bootstrap.metadata() is Base.metadata
    migrated = make("migrated")
    running.upgrade(migrated)
    want, have = unordered(catalogue(declared(make))), unordered(catalogue(migrated))
    for name in want:
        assert have[name] - want[name] == set(), f"{name} that nobody declares"
        assert want[name] - have[name] == set(), f"{name} that no revision makes"


def test_a_listings_history_is_written_once_and_its_prose_stays_erasable(sample_market):
    database = sample_market.database
    for table in ("listing_step", "need_step"):
        for statement in (f"UPDATE {table} SET action = 'x'", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError, match="append-only"), database.write() as session:
                session.connection().exec_driver_sql(statement)
        with database.write() as session:
            session.connection().exec_driver_sql(f"UPDATE {table} SET note = ''")
            session.rollback()
    with database.read() as session:
        assert session.scalar(_count(Base.metadata.tables["listing_step"]))


def test_down_and_up_again_with_rows(sample_market):
    """The whole sample market is in the tables while the schema goes down and comes up again."""
    database = sample_market.database
    with database.read() as session:
        filled = [t.name for t in Base.metadata.sorted_tables if session.scalar(_count(t))]
    assert len(filled) > 40
    revisions = [r.revision for r in ScriptDirectory.from_config(running.config()).walk_revisions()]
    full = catalogue(database)
    for below in [*revisions[1:], "base"]:
        running.downgrade(database, below)
        assert running.current(database) == below
    for revision in reversed(revisions):
        running.upgrade(database, revision)
        assert running.current(database) == revision
    assert unordered(catalogue(database)) == unordered(full)
    with database.read() as session:
        left = [t.name for t in Base.metadata.sorted_tables if session.scalar(_count(t))]
    assert left == []


def _count(table: Table) -> Select[int]:
    return select(func.count()).select_from(table)


def test_migrating_twice_changes_nothing_and_keeps_rows(make):
    database = make("twice")
    running.upgrade(database)
    executor = Executor(database, None, None, bootstrap.ORDER, {}, [])  # type: ignore[arg-type]
    executor.run(SYSTEM, start_job, "nothing", "ref")
    running.upgrade(database)
    assert running.current(database) == running.head()
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Job)) == 1


def test_the_database_itself_refuses_to_change_the_audit_chain(make):
    database = make("triggers")
    running.upgrade(database)
    executor = Executor(database, None, None, bootstrap.ORDER, {}, [])  # type: ignore[arg-type]
    executor.run(SYSTEM, start_job, "nothing", "ref")
    for statement in ("UPDATE audit SET body = 'x'", "DELETE FROM audit"):
        with pytest.raises(DatabaseError, match="append-only"), database.write() as session:
            session.connection().exec_driver_sql(statement)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Audit)) == 1
