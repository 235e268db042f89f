"""`flask import`: exit codes, what is said where, and that nothing is imported twice."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from listings.importing import checking
from listings.models import Listing
from migrations import running
from search.embedded import EmbeddedEngine
from tests.importing.conftest import Desk, desk
from tests.webapp.desks import app

GOOD = "title,trl\nA valve for cold lines,6\nA pump that needs no seal,5\n"
MIXED = GOOD + "A row with a fault,twelve\n"


@pytest.fixture
def command(app, desk, monkeypatch, tmp_path, database):
    """Runs the command for the institute's officer on a file of this content."""
    monkeypatch.setattr(running, "current", lambda _database: running.head())

    def run(content: str, *options: str, owner: str = "Lakeside Institute", who: str = ""):
        path = tmp_path / "results.csv"
        path.write_text(content, encoding="utf-8")
        contact = who or "officer@example.org"
        words = ["import", str(path), "--owner", owner, "--as", contact, *options]
        with app.app_context():  # as the `flask` command gives to every command of an app
            return app.test_cli_runner().invoke(args=words)

    return run


def states(executor) -> list[str]:
    with executor.database.read() as session:
        return list(session.scalars(select(Listing.state)))


def test_all_rows_imported_is_zero(command, executor):
    done = command(GOOD)
    assert done.exit_code == 0, done.output
    assert "2 rows: 2 imported" in done.stdout
    assert states(executor) == ["draft", "draft"]


def test_some_rows_refused_is_one_and_names_the_error_file(command, executor, tmp_path):
    done = command(MIXED)
    assert done.exit_code == 1, done.output
    errors = tmp_path / "results.csv.errors.csv"
    assert str(errors) in done.stdout
    assert "twelve" in errors.read_text("utf-8-sig")
    assert len(states(executor)) == 2


def test_nothing_imported_is_two(command, executor):
    assert command("title,trl\nA row with a fault,twelve\n").exit_code == 2
    assert command("").exit_code == 2
    assert states(executor) == []


def test_a_dry_run_registers_nothing(command, executor):
    done = command(MIXED, "--dry-run")
    assert done.exit_code == 1
    assert "nothing was imported" in done.stdout
    assert states(executor) == []


def test_publish_publishes_and_leaves_the_index_to_the_market(command, executor, monkeypatch):
    def never(*_args, **_kw):
        raise AssertionError("the command opened the index for writing")

    monkeypatch.setattr(EmbeddedEngine, "write", never)
    done = command(GOOD, "--publish")
    assert done.exit_code == 0, done.output
    assert states(executor) == ["published", "published"]
    assert "as soon as the market is serving" in done.stderr


def test_again_changes_nothing(command, executor):
    command(GOOD)
    again = command(GOOD)
    assert again.exit_code == 0
    assert "2 unchanged" in again.stdout
    assert len(states(executor)) == 2


def test_alike_rows_wait_unless_told(command, executor):
    command("title\nMagnetically damped check valve for cryogenic lines\n")
    alike = "title\nMagnetically damped check-valves for cryogenic lines\n"
    assert command(alike).exit_code == 2
    assert command(alike, "--alike").exit_code == 0
    assert len(states(executor)) == 2


def test_progress_is_said_on_stderr(command, monkeypatch):
    real = checking.Check.advance
    monkeypatch.setattr("webapp.cli.importing._EVERY", 0.001)

    def slowly(self, seconds):
        import time

        time.sleep(0.2)
        return real(self, seconds)

    monkeypatch.setattr(checking.Check, "advance", slowly)
    done = command(GOOD)
    assert "rows read" in done.stderr
    assert "rows read" not in done.stdout


@pytest.mark.parametrize(
    ("owner", "who", "said"),
    [
        ("Nowhere University", "", "No organisation is named"),
        ("Lakeside Institute", "stranger@example.org", "Nobody has proven"),
        ("Lakeside Institute", "operator@example.org", "role"),
        ("org_" + "0" * 32, "", "role"),
    ],
)
def test_who_may_not_or_is_unknown_imports_nothing(command, executor, owner, who, said):
    done = command(GOOD, owner=owner, who=who)
    assert done.exit_code == 2
    assert said in done.output
    assert states(executor) == []


def test_an_old_schema_is_said_before_anything_is_read(command, executor, monkeypatch):
    monkeypatch.setattr(running, "current", lambda _database: "")
    done = command(GOOD)
    assert done.exit_code == 2
    assert "db upgrade" in done.stderr
    assert states(executor) == []


def test_titles_imported_a_moment_ago_are_already_compared(command, executor):
    command("title\nMagnetically damped check valve for cryogenic lines\n")
    with executor.database.read() as session:
        from listings.importing.models import TitleKey

        assert session.scalar(select(func.count()).select_from(TitleKey)) == 1


__all__ = ["Desk", "app", "desk"]
