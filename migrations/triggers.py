"""Append-only tables, held by the database itself; made again after every migration.

Alembic's batch mode rebuilds SQLite tables and drops their triggers, so nothing else declares them.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, inspect, text

APPEND_ONLY: Final = ("audit", "deal_step", "share_visit")
"""Rows of these are written once: no UPDATE, no DELETE."""

_FUNCTION: Final = """
CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""


def recreate(connection: Connection) -> None:
    """Drops and makes every trigger, for the tables that exist at this revision."""
    tables = set(inspect(connection).get_table_names())
    sqlite = connection.dialect.name == "sqlite"
    if not sqlite:
        connection.execute(text(_FUNCTION))
    for table in sorted(tables.intersection(APPEND_ONLY)):
        for event in ("UPDATE", "DELETE"):
            name = f"{table}_no_{event.lower()}"
            if sqlite:
                connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
                connection.execute(text(_sqlite(name, event, table)))
            else:
                connection.execute(text(f"DROP TRIGGER IF EXISTS {name} ON {table}"))
                connection.execute(text(_postgres(name, event, table)))


def _sqlite(name: str, event: str, table: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _postgres(name: str, event: str, table: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION append_only()"
    )
