"""Append-only tables, held by the database itself; made again after every migration.

Alembic's batch mode rebuilds SQLite tables and drops their triggers, so nothing else declares them.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, inspect, text

from migrations import ledger_triggers

APPEND_ONLY: Final[dict[str, frozenset[str]]] = {
    "audit": frozenset(),
    "contract_registration_step": frozenset({"reason"}),
    "contract_registration_version": frozenset(),
    "deal_step": frozenset(),
    "diligence_file": frozenset(),
    "share_visit": frozenset(),
    "webhook_attempt": frozenset(),
    "listing_step": frozenset({"note"}),
    "need_step": frozenset({"note"}),
}
"""Rows of these are written once: no UPDATE, no DELETE, except of the named columns, which hold
prose about people and stay erasable."""

_FUNCTION: Final = """
CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""


def recreate(connection: Connection) -> None:
    """Drops and makes every trigger, for the tables that exist at this revision."""
    seen = inspect(connection)
    tables = set(seen.get_table_names())
    sqlite = connection.dialect.name == "sqlite"
    if not sqlite:
        connection.execute(text(_FUNCTION))
    for table in sorted(tables.intersection(APPEND_ONLY)):
        fixed = [
            column["name"]
            for column in seen.get_columns(table)
            if column["name"] not in APPEND_ONLY[table]
        ]
        update = f"UPDATE OF {', '.join(fixed)}" if APPEND_ONLY[table] else "UPDATE"
        for name, event in ((f"{table}_no_update", update), (f"{table}_no_delete", "DELETE")):
            if sqlite:
                connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
                connection.execute(text(_sqlite(name, event, table)))
            else:
                connection.execute(text(f"DROP TRIGGER IF EXISTS {name} ON {table}"))
                connection.execute(text(_postgres(name, event, table)))
    if tables >= ledger_triggers.TABLES:
        for statement in ledger_triggers.statements(sqlite=sqlite):
            connection.execute(text(statement))


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
