"""The ledger's own guards: only what balances is sealed, and only what is sealed counts.

SQLite has no trigger that waits for the commit, so a journal is written unsealed, gets its lines,
and is sealed by the one update that is allowed. PostgreSQL has the same, and looks again at commit:
there, what was left unsealed is refused with the whole transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

TABLES: Final = frozenset({"journal", "ledger_line"})
_SUM: Final = """(SELECT COUNT(*) FROM ledger_line WHERE journal = NEW.id) < 2 OR EXISTS (
SELECT 1 FROM ledger_line WHERE journal = NEW.id GROUP BY currency HAVING SUM(minor) <> 0)"""
_SEALED: Final = "EXISTS (SELECT 1 FROM journal WHERE id = NEW.journal AND sealed)"
_COLUMNS: Final = ("n", "id", "obligation", "event", "cause", "reverses", "at", "by")
_NAMES: Final = {
    "journal_no_delete": "journal",
    "journal_seal_once": "journal",
    "journal_balanced": "journal",
    "journal_unsealed": "journal",
    "ledger_line_no_update": "ledger_line",
    "ledger_line_no_delete": "ledger_line",
    "ledger_line_before_seal": "ledger_line",
}


def statements(*, sqlite: bool) -> Iterator[str]:
    """Drops every guard, then makes it."""
    for name, table in _NAMES.items():
        yield f"DROP TRIGGER IF EXISTS {name}" + ("" if sqlite else f" ON {table}")
    yield from _sqlite() if sqlite else _postgres()


def _sqlite() -> Iterator[str]:
    def guard(name: str, when: str, table: str, condition: str, words: str) -> str:
        where = f" WHEN {condition}" if condition else ""
        return (
            f"CREATE TRIGGER {name} BEFORE {when} ON {table}{where} "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
        )

    edited = "OLD.sealed OR NOT NEW.sealed OR " + " OR ".join(
        f'OLD."{column}" IS NOT NEW."{column}"' for column in _COLUMNS
    )
    once = "journal is append-only"
    yield guard("journal_no_delete", "DELETE", "journal", "", once)
    yield guard("journal_seal_once", "UPDATE", "journal", edited, once)
    yield guard("journal_balanced", "UPDATE", "journal", _SUM, "journal is not balanced")
    yield guard("journal_unsealed", "INSERT", "journal", "NEW.sealed", "a journal starts unsealed")
    for event in ("UPDATE", "DELETE"):
        name = f"ledger_line_no_{event.lower()}"
        yield guard(name, event, "ledger_line", "", "ledger_line is append-only")
    yield guard(
        "ledger_line_before_seal", "INSERT", "ledger_line", _SEALED, "ledger_line is append-only"
    )


def _postgres() -> Iterator[str]:
    edited = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in _COLUMNS)
    yield _function(
        "journal_sealing",
        f"IF OLD.sealed OR NOT NEW.sealed OR {edited} THEN "
        f"RAISE EXCEPTION 'journal is append-only'; END IF; "
        f"IF {_SUM} THEN RAISE EXCEPTION 'journal is not balanced'; END IF; RETURN NEW;",
    )
    yield _function(
        "journal_at_commit",
        "IF EXISTS (SELECT 1 FROM journal WHERE id = NEW.id AND NOT sealed) THEN "
        "RAISE EXCEPTION 'a journal was left unsealed'; END IF; RETURN NULL;",
    )
    yield _function(
        "ledger_line_open",
        f"IF {_SEALED} THEN RAISE EXCEPTION 'ledger_line is append-only'; END IF; RETURN NEW;",
    )
    run = "FOR EACH ROW EXECUTE FUNCTION"
    yield f"CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal {run} append_only()"
    yield f"CREATE TRIGGER journal_seal_once BEFORE UPDATE ON journal {run} journal_sealing()"
    yield (
        "CREATE CONSTRAINT TRIGGER journal_unsealed AFTER INSERT ON journal "
        f"DEFERRABLE INITIALLY DEFERRED {run} journal_at_commit()"
    )
    for event in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER ledger_line_no_{event.lower()} BEFORE {event} ON ledger_line "
            f"{run} append_only()"
        )
    yield (
        "CREATE TRIGGER ledger_line_before_seal BEFORE INSERT ON ledger_line "
        f"{run} ledger_line_open()"
    )


def _function(name: str, body: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {body} END $$"
    )
