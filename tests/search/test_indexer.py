"""The indexer with a real database and a real engine."""

import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from core.commit import mark_stale
from core.models import IndexState
from search.embedded import EmbeddedEngine
from search.errors import IndexBusy, SearchUnavailable
from search.indexer import Indexer, check, ensure, lag, reindex
from search.queries import SearchRequest
from tests.search.made import document


@pytest.fixture
def shelf():
    """What the database's areas would say: documents by id."""
    return {}


@pytest.fixture
def loaders(shelf):
    def load(_session, ids):
        found = {}
        for id_ in ids:
            if shelf.get(id_) == "broken":
                raise LookupError(id_)
            if id_ in shelf:
                found[id_] = shelf[id_]
        return found

    return {"listing": load}


@pytest.fixture
def embedded(tmp_path):
    engine = EmbeddedEngine(tmp_path / "index")
    yield engine
    engine.close()


@pytest.fixture
def indexer(database, embedded, loaders):
    return Indexer(database, embedded, loaders)


def mark(database, *ids):
    """A change of these documents, as the unit of work records it."""
    with database.write() as session:
        mark_stale(session, [("listing", id_) for id_ in ids], database.now(session))
        session.commit()


def state(database, id_):
    with database.read() as session:
        row = session.scalars(select(IndexState).where(IndexState.id == id_)).one()
        return row.wanted, row.done, row.attempts, row.not_before


def found(engine, text=""):
    return sorted(hit.document.id for hit in engine.search(SearchRequest(text)).hits)


def test_a_change_becomes_findable_and_is_crossed_out(database, indexer, embedded, shelf):
    shelf["a"] = document("a", "离心泵")
    mark(database, "a")
    with database.read() as session:
        assert lag(session) == 1
    assert indexer() == 1
    assert found(embedded, "离心泵") == ["a"]
    assert state(database, "a") == (1, 1, 0, None)
    assert indexer() == 0


def test_what_the_loader_leaves_out_leaves_a_tombstone(database, indexer, embedded, shelf):
    shelf["a"] = document("a", "离心泵")
    mark(database, "a")
    indexer()
    del shelf["a"]
    mark(database, "a")
    indexer()
    assert found(embedded) == []
    assert [(h.id, h.version, h.hash) for h in embedded.listing()] == [("a", 2, "")]


def test_a_row_marked_while_we_were_at_the_engine_stays_due(database, embedded, loaders, shelf):
    shelf["a"] = document("a", "离心泵")
    mark(database, "a")

    class Slow:
        def write(self, entries):
            held = embedded.write(entries)
            shelf["a"] = document("a", "齿轮泵")
            mark(database, "a")
            return held

    Indexer(database, Slow(), loaders)()
    assert state(database, "a")[:2] == (2, 1)
    assert Indexer(database, embedded, loaders)() == 1
    assert found(embedded, "齿轮泵") == ["a"]
    assert state(database, "a")[:2] == (2, 2)


@pytest.fixture
def begun():
    """A place where a thread says that it is about to write."""
    return threading.Event()


def changed_meanwhile(database, begun, done):
    """Begins a change and commits it a little later: whoever wants its row meanwhile waits."""
    with database.write() as session:
        mark_stale(session, [("listing", "a")], database.now(session))
        begun.set()
        time.sleep(0.2)
        session.commit()
    done.append(True)


def test_a_change_not_yet_committed_stays_due(database, loaders, begun):
    mark(database, "a")
    done = []
    beside = threading.Thread(target=changed_meanwhile, args=(database, begun, done))

    class Meanwhile:
        def write(self, entries):
            beside.start()
            begun.wait(5)
            return [entry.version for entry in entries]

    Indexer(database, Meanwhile(), loaders)()
    beside.join(5)
    assert done
    wanted, written, _, due = state(database, "a")
    assert (wanted, written) == (2, 1)
    assert due is not None


def test_a_change_that_waits_for_the_indexer_stays_due(database, loaders, begun):
    mark(database, "a")
    done = []
    beside = threading.Thread(target=changed_meanwhile, args=(database, begun, done))

    class Instant:
        def write(self, entries):
            return [entry.version for entry in entries]

    def hold(_session):
        if not beside.ident:
            beside.start()
            begun.wait(0.3)  # it cannot begin: this transaction has the row, or SQLite's one lock

    event.listen(Session, "before_commit", hold)
    try:
        Indexer(database, Instant(), loaders)()
    finally:
        event.remove(Session, "before_commit", hold)
    beside.join(5)
    assert done
    wanted, written, _, due = state(database, "a")
    assert (wanted, written) == (2, 1)
    assert due is not None


def test_one_broken_document_does_not_hold_up_the_others(database, indexer, embedded, shelf, clock):
    shelf |= {"a": document("a", "离心泵"), "b": "broken", "c": document("c", "齿轮泵")}
    mark(database, "a", "b", "c")
    assert indexer() == 3
    assert found(embedded) == ["a", "c"]
    assert state(database, "b")[2] == 1
    assert indexer() == 0
    shelf["b"] = document("b", "柱塞泵")
    clock.move(timedelta(seconds=90))
    indexer()
    assert found(embedded) == ["a", "b", "c"]


@pytest.mark.parametrize("error", [IndexBusy("writer"), SearchUnavailable()])
def test_rows_wait_while_the_engine_is_away(database, embedded, loaders, shelf, error):
    class Away:
        def write(self, _entries):
            raise error

    shelf["a"] = document("a", "离心泵")
    mark(database, "a")
    assert Indexer(database, Away(), loaders)() == 0
    assert state(database, "a")[:2] == (1, 0)
    assert Indexer(database, embedded, loaders)() == 1
    assert found(embedded) == ["a"]


def test_reindex_takes_everything_and_later_marks_still_win(
    database, indexer, embedded, loaders, shelf
):
    for number in range(620):
        shelf[f"d{number:03}"] = document(f"d{number:03}", f"第 {number} 号泵")
    mark(database, *shelf, "withdrawn")
    assert reindex(database, embedded, loaders) == 621
    assert embedded.count() == 620
    while indexer():
        pass
    assert check(database, embedded, loaders).clean
    shelf["d000"] = document("d000", "改过的阀门")
    mark(database, "d000")
    indexer()
    assert found(embedded, "改过的阀门")[0] == "d000"


def test_ensure_rebuilds_only_when_it_must(database, embedded, loaders, shelf):
    shelf["a"] = document("a", "离心泵")
    mark(database, "a")
    assert ensure(database, embedded, loaders) == 1
    assert found(embedded) == ["a"]
    assert ensure(database, embedded, loaders) is None


def test_check_names_what_differs(database, indexer, embedded, loaders, shelf):
    shelf |= {name: document(name, f"{name} 号泵") for name in ("kept", "lost", "old", "late")}
    mark(database, "kept", "old", "late", "ghost")
    shelf["ghost"] = document("ghost", "幽灵")
    indexer()
    del shelf["ghost"]
    shelf["old"] = document("old", "新的说明")
    mark(database, "late")
    with database.write() as session:
        session.add(IndexState(kind="listing", id="lost", wanted=1, done=1, not_before=None))
        session.commit()
    different = check(database, embedded, loaders)
    assert different.missing == ("listing:lost",)
    assert different.ghosts == ("listing:ghost",)
    assert different.stale == ("listing:old",)
    assert different.pending == ("listing:late",)
    assert not different.clean
    assert different.checked == 5
