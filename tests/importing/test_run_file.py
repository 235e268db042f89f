"""The import from the command line: what it says, what it exits with, and what a kill leaves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from listings.importing.run_file import Exit, Order, run_file
from listings.models import Listing, ListingText
from search.queries import SearchRequest
from tests.importing.conftest import DATA, needs_data

GOOD = "成果名称,技术成熟度\n低温脱硝催化剂,6\n柔性压力传感器,5\n"


@pytest.fixture
def command(desk, runtime, tmp_path):
    said: list[str] = []

    def run(content: str | bytes, name: str = "a.csv", **order: bool) -> tuple[Exit, list[str]]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        said.clear()
        wanted = Order(desk.institute, **order)
        work = runtime.worker.tasks["jobs"]
        return run_file(desk.executor, work, desk.actor, path, wanted, said.append), list(said)

    return run


def test_a_good_file_ends_with_zero_and_twice_changes_nothing(command, desk):
    assert command(GOOD)[0] == Exit.DONE
    assert desk.listings() == 2
    code, said = command(GOOD)
    assert code == Exit.DONE
    assert "0 imported" in said[0]
    assert desk.listings() == 2


def test_some_refused_rows_end_with_one_and_name_the_error_file(command, desk, tmp_path):
    code, said = command(GOOD + "坏的,99\n")
    assert code == Exit.SOME_REFUSED
    errors = tmp_path / "a.csv.errors.csv"
    assert str(errors) in said[-1]
    assert errors.read_bytes().startswith(b"\xef\xbb\xbf")
    assert desk.listings() == 2


def test_a_dry_run_imports_nothing_and_tells_the_same(command, desk):
    code, said = command(GOOD + "坏的,99\n", dry_run=True)
    assert code == Exit.SOME_REFUSED
    assert "2 ready" in said[0]
    assert desk.listings() == 0


@pytest.mark.parametrize(
    "content",
    ["", "成果名称,技术成熟度\n坏的,99\n", "a,b\n1,2\n", b"%PDF-1.4", "<a/>", '[{"title": "x"'],
)
def test_where_nothing_can_be_imported_it_ends_with_two_and_says_why(command, desk, content):
    code, said = command(content)
    assert code == Exit.NOTHING
    assert said[0].endswith(".")
    assert desk.listings() == 0


def test_publishing_from_the_command_line(command, desk):
    assert command(GOOD, publish=True)[0] == Exit.DONE
    with desk.executor.database.read() as session:
        assert set(session.scalars(select(Listing.state))) == {"published"}


@needs_data
def test_every_patent_document_is_imported_and_found_by_its_title(command, desk, runtime, drain):
    for path in sorted((DATA / "patents-xml-uspto").rglob("*.xml")):
        code, _ = command(path.read_bytes(), path.name, publish=True, alike=True)
        assert code == Exit.DONE, path.name
    drain()
    # 109 documents; one design grant lies in the set twice, and it is imported once.
    assert check_found_by_title(desk, runtime, "en") == 108


@needs_data
@pytest.mark.parametrize(
    ("file", "listings", "language"),
    [
        ("offers-nasa-t2/patents.jsonl", 643, "en"),  # 649, of which six stand in it twice
        ("zh-patent-fulltext/patents.jsonl", 6, "zh"),
    ],
)
def test_every_real_offer_is_found_by_its_title(
    command, desk, runtime, drain, file, listings, language
):
    path = DATA / file
    code, _ = command(path.read_bytes(), path.name, publish=True, alike=True)
    assert code == Exit.DONE
    drain()
    assert check_found_by_title(desk, runtime, language) == listings


@needs_data
@pytest.mark.parametrize("_market", ["sqlite"], indirect=True)  # minutes of it, so once
def test_every_patent_of_a_portfolio_is_found_by_its_title(command, desk, runtime, drain):
    path = DATA / "offers-nasa-patents-csv" / "NASA_Patents.csv"
    assert command(path.read_bytes(), path.name, publish=True, alike=True)[0] == Exit.DONE
    drain()
    assert check_found_by_title(desk, runtime, "en") == 1393


def check_found_by_title(desk, runtime, language: str) -> int:
    """Every listing is among those that its own title finds; how many there are.

    A title that dozens of others share is asked for to the end of what it finds.
    """
    with desk.executor.database.read() as session:
        texts = session.execute(select(ListingText.listing, ListingText.title)).all()
    for listing, title in texts:
        found = any(listing in _found(runtime, title, language, size) for size in (10, 500))
        assert found, title
    return len(texts)


def _found(runtime, title: str, language: str, size: int) -> set[str]:
    asked = SearchRequest(title, language=language, size=size, facets=(), snippets=False)
    return {hit.document.id for hit in runtime.search.search(asked).hits}


KILLED = """
import sys
from pathlib import Path
import bootstrap
from accounts.queries import load_actor
from core.settings import Settings
settings = Settings(_env_file=None, env="test", data_dir=Path(sys.argv[1]),
                    secret_key="only-for-tests-only-for-tests-only")
runtime = bootstrap.build(settings)
print("ready", flush=True)
while runtime.worker.tasks["jobs"]():
    pass
runtime.close()
print("idle", flush=True)
"""


@pytest.mark.kill
def test_a_killed_run_goes_on_with_nothing_lost_and_nothing_twice(tmp_path, monkeypatch):
    """The process that imports is killed again and again; another one goes on each time."""
    import bootstrap
    from core.models import Base
    from core.settings import Settings
    from listings.importing.actions.check_import import check_import
    from listings.importing.actions.run_import import run_import
    from tests import databases
    from tests.importing.conftest import Desk
    from tests.importing.conftest import desk as make_desk

    settings = Settings(
        _env_file=None,
        env="test",
        data_dir=tmp_path,
        secret_key="only-for-tests-only-for-tests-only",
    )
    runtime = bootstrap.build(settings)
    databases.create(runtime.database, Base.metadata)
    desk: Desk = make_desk.__wrapped__(runtime.executor, runtime.worker.run_until_idle)
    rows = 800
    lines = "\n".join(f"Device {n} for measuring quantity {n}" for n in range(rows))
    id = desk.take(f"title\n{lines}\n".encode())
    runtime.executor.run(desk.actor, check_import, id)
    while runtime.worker.tasks["jobs"]():
        pass
    runtime.executor.run(desk.actor, run_import, id)
    root = Path(__file__).resolve().parents[2]
    kills = 0
    for wait in (0.2, 0.5, 0.3, 0.8, 0.4, 0.6):
        child = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path)],
            cwd=root,
            env=os.environ | {"PYTHONPATH": str(root)},
            stdout=subprocess.PIPE,
        )
        child.stdout.readline()
        time.sleep(wait)
        if child.poll() is None:
            child.send_signal(signal.SIGKILL)
            kills += 1
        child.wait()
        child.stdout.close()
        _expire_lease(runtime)
    while runtime.worker.tasks["jobs"]():
        pass
    page = desk.page(id)
    with runtime.database.read() as session:
        titles = session.scalars(select(ListingText.title)).all()
        assert session.scalar(select(func.count()).select_from(Listing)) == rows
    runtime.close()
    assert kills >= 3
    assert page.progress.counts["imported"] == rows
    assert len(set(titles)) == rows


def _expire_lease(runtime) -> None:
    """What waiting twenty seconds would do."""
    from sqlalchemy import update

    from core.models import Job

    with runtime.database.write() as session:
        session.connection().execute(update(Job).values(lease_until=None))
        session.commit()
