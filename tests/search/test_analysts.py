"""Processes that analyse for a rebuild: the same index as without them, or none."""

import os
import signal
from pathlib import Path

import pytest

from search import analysts
from search.errors import AnalystStopped
from search.queries import SearchRequest
from tests.search.made import document, entry, gone, market


def children():
    mine = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    return [
        int(pid) for pid in mine if b"search.analyst" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]


def many(number):
    for n in range(number):
        title, body = (
            f"第 {n} 号换热阀门 valve-{n}/A",
            "阀门的说明，ＴＣ４ 与 µ 介子。\u2028 A heated valve.",
        )
        price = {"price_minor": n, "trl": n % 9 + 1}
        yield entry(document(f"n{n}", title, body, numbers=price, ipc_section="F"), n % 7 + 1)


def everything(engine):
    return sorted((held.id, held.version, held.hash) for held in engine.listing())


@pytest.fixture
def at_once(monkeypatch):
    """Starts processes for any number of entries."""
    monkeypatch.setattr(analysts, "FEW", 1)


def test_the_index_is_the_same_as_without_them(make_engine, monkeypatch):
    entries = [*many(300), *(entry(each) for each in market()), gone("away", 9)]
    alone, helped = make_engine(), make_engine()
    alone.rebuild(entries)
    monkeypatch.setattr(analysts, "FEW", 1)
    helped.rebuild(entries)
    assert everything(helped) == everything(alone)
    assert len(everything(helped)) == len(entries)
    for text in ("换热阀门", "valve-17/A", "tc4", "heated valves", ""):
        for sort in ("relevance", "price_desc", "trl_asc"):
            asked = SearchRequest(text, sort=sort, size=50)
            one, other = alone.search(asked), helped.search(asked)
            assert other.total == one.total > 0
            assert other.facets == one.facets
            assert sorted(hit.score for hit in other.hits) == sorted(hit.score for hit in one.hits)


def test_none_is_left_behind(at_once, engine):
    engine.rebuild(many(200))
    assert children() == []


def test_a_killed_one_fails_the_rebuild_and_keeps_the_old_index(at_once, engine):
    engine.rebuild(many(50))

    def interrupted():
        for number, each in enumerate(many(5_000)):
            if number == 500:
                os.kill(children()[0], signal.SIGKILL)
            yield each

    with pytest.raises(AnalystStopped):
        engine.rebuild(interrupted())
    assert engine.count() == 50
    assert children() == []
    engine.rebuild(many(60))
    assert engine.count() == 60


def test_a_fault_of_the_source_ends_them(at_once, engine):

    def broken():
        yield from many(100)
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError, match="database"):
        engine.rebuild(broken())
    assert children() == []
