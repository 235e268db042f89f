"""Elasticsearch that fails under load, and of which a node dies: nothing is lost, by hash."""

import os
import subprocess
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch
from sqlalchemy import select, update

from core.models import IndexState
from search.elastic import ElasticEngine
from search.errors import SearchUnavailable
from search.indexer import Indexer, check, lag, reindex
from search.queries import SearchRequest
from tests.search.conftest import ELASTICSEARCH, cluster, forget
from tests.search.faults import proxy
from tests.search.made import document
from tests.search.test_indexer import loaders, mark, shelf

pytestmark = [
    pytest.mark.kill,
    pytest.mark.skipif(not ELASTICSEARCH, reason="QIAOYI_TEST_ELASTICSEARCH is not set"),
]
ONLY_DATABASE = "postgresql"
FAULTS = ("refuse", "hang", "slow", "429", "503", "garbage", "cut")
WRITES = int(os.environ.get("QIAOYI_FAULT_WRITES", "5000"))
RATE = 50
"""Documents a second that change while the index is built anew."""
HOME = Path(__file__).resolve().parents[2]


@pytest.fixture
def front():
    with proxy(ELASTICSEARCH.split(",")[0]) as made:
        yield made


@pytest.fixture
def kept():
    """Clusters whose indices are removed in the end."""
    made = []
    yield made
    for one in made:
        forget(one)


@pytest.fixture
def behind(front, kept):
    """An engine that reaches the real node through the proxy."""
    kept.append(cluster(urls=[front.url], timeout=2.0))
    engine = ElasticEngine(kept[0])
    yield engine
    engine.close()


class Loop:
    """Runs something again and again in a thread, until the block is left."""

    def __init__(self, step, rest=0.0):
        self._step, self._rest, self._stop = step, rest, threading.Event()
        self.errors = []
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self):
        while not self._stop.is_set():
            try:
                self._step()
            except Exception as error:  # noqa: BLE001  the test looks at all of them
                self.errors.append(error)
            self._stop.wait(self._rest)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join(60)
        assert not self._thread.is_alive()


def settled(database, indexer, clock, seconds=300):
    """What the engine refused is due again later: the market's time has to go on meanwhile."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        clock.move(timedelta(seconds=1))
        indexer()
        with database.read() as session:
            if not lag(session):
                return
    with database.read() as session:
        late = select(IndexState).where(IndexState.done < IndexState.wanted).limit(3)
        rows = [
            (row.id, row.wanted, row.done, row.attempts, row.not_before)
            for row in session.scalars(late)
        ]
        now = database.now(session)
    raise AssertionError(f"the index did not catch up by {now}: {rows}")


def said_so(database):
    """What the indexer would note, a batch at a time, of an index that was just built."""
    said = update(IndexState).values(done=IndexState.wanted, not_before=None)
    for start in range(0, WRITES, 5_000):  # a statement has no more than seconds
        some = [f"d{number:05}" for number in range(start, min(WRITES, start + 5_000))]
        with database.write() as session:
            session.execute(said.where(IndexState.id.in_(some)))
            session.commit()


def written(number, turn):
    return document(f"d{number:05}", f"第 {number} 号泵", f"第 {turn} 次修改的说明。")


@pytest.mark.alone
def test_writes_go_on_under_every_fault_and_nothing_is_lost(
    database, clock, front, behind, shelf, loaders
):
    indexer = Indexer(database, behind, loaders)
    slowest = 0.0
    with Loop(indexer, 0.02) as feeding:
        for turn in range(WRITES):
            if turn % (WRITES // 20) == 0:
                front.fail(("", *FAULTS)[turn // (WRITES // 20) % (1 + len(FAULTS))])
                time.sleep(0.3)
            number = turn * 7919 % (WRITES // 2)
            if turn % 11 == 0:
                shelf.pop(f"d{number:05}", None)
            else:
                shelf[f"d{number:05}"] = written(number, turn)
            began = time.monotonic()
            mark(database, f"d{number:05}")
            slowest = max(slowest, time.monotonic() - began)
        front.fail("")
    settled(database, indexer, clock)
    different = check(database, behind, loaders)
    assert different.clean, different
    assert not different.pending
    assert behind.count() == len(shelf)
    assert not feeding.errors
    assert slowest < 2.0


def test_a_reindex_under_writes_fails_no_search_and_loses_nothing(
    database, clock, kept, shelf, loaders
):
    kept.append(cluster())
    engine = ElasticEngine(kept[0])
    for number in range(WRITES):
        shelf[f"d{number:05}"] = written(number, 0)
    for start in range(0, WRITES, 500):
        mark(database, *(f"d{n:05}" for n in range(start, min(WRITES, start + 500))))
    reindex(database, engine, loaders)
    said_so(database)
    indexer = Indexer(database, engine, loaders)
    made, totals, began = 0, [], time.monotonic()

    def write():
        """As many documents as have come due, however late this thread is."""
        nonlocal made
        due = int((time.monotonic() - began) * RATE)
        changed = [turn * 7919 % WRITES for turn in range(made, due)]
        shelf.update((f"d{number:05}", written(number, due)) for number in changed)
        mark(database, *{f"d{number:05}" for number in changed})
        made = due

    def search():
        totals.append(engine.search(SearchRequest("泵", size=5)).total)

    with Loop(write, 0.01) as writing, Loop(indexer, 0.02) as feeding, Loop(search) as searching:
        for _ in range(2):
            assert reindex(database, engine, loaders) == WRITES
    took = time.monotonic() - began
    print(f"{made / took:.0f} writes and {len(totals) / took:.0f} searches a second, {took:.0f} s")
    settled(database, indexer, clock)
    assert check(database, engine, loaders).clean
    assert not (searching.errors + writing.errors + feeding.errors)
    assert set(totals) == {WRITES}
    assert len(totals) > 50
    assert made > 0.9 * RATE * took
    engine.close()


@pytest.mark.alone
def test_a_node_of_three_is_killed_and_nobody_notices(tmp_path, database, clock, shelf, loaders):
    apart = {
        **os.environ,
        "QIAOYI_TEST_ES_DIR": str(Path("/tmp") / f"qiaoyi-three-{os.getpid()}"),
        "QIAOYI_TEST_ES_PORT": "19631",
    }

    def control(*words):
        done = subprocess.run(
            ["ci/elasticsearch", *words],
            cwd=HOME, env=apart, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout.strip()

    try:
        urls = control("start", "--nodes", "3").split(",")
        engine = ElasticEngine(cluster(urls=urls, shards=3, replicas="1"))
        indexer = Indexer(database, engine, loaders)
        number = min(WRITES, 5_000)
        for turn in range(number):
            shelf[f"d{turn:05}"] = written(turn, 0)
        for start in range(0, number, 500):
            mark(database, *(f"d{n:05}" for n in range(start, start + 500)))
        reindex(database, engine, loaders)
        with Elasticsearch(urls[0], request_timeout=70) as client:
            client.cluster.health(wait_for_status="green", timeout="60s")
        failed, turns = [], iter(range(1, 1_000_000))

        def search():
            began = time.monotonic()
            try:
                assert engine.search(SearchRequest("泵", size=5)).total == number
            except SearchUnavailable:
                failed.append(time.monotonic() - began)

        def write():
            turn = next(turns)
            shelf[f"d{turn % number:05}"] = written(turn % number, turn)
            mark(database, f"d{turn % number:05}")

        feed = Loop(indexer, 0.02)
        with Loop(search, 0.01) as searching, Loop(write, 0.02) as writing, feed as feeding:
            time.sleep(2)
            control("kill", "2")
            time.sleep(15)
        settled(database, indexer, clock)
        assert check(database, engine, loaders).clean
        assert not (writing.errors + feeding.errors)
        assert not searching.errors
        assert max(failed, default=0) < 2.0
        engine.close()
    finally:
        control("stop")


__all__ = ["loaders", "shelf"]
