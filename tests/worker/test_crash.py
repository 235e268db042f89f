"""`kill -9` of pages and workers at random: what was acknowledged is there, once, after a restart.

Acknowledgements are logged by the page process outside the database; keys make a repeat safe, as a
browser's repeat is. A process that dies is started again without any repair by hand.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import threading
import time
import uuid
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.audit import verify_streams
from core.database import Database
from core.errors import Busy, NotFound
from core.models import Audit, Base, Change, IndexState, Job, Outbox
from tests import databases
from tests.core import toy
from tests.victims import victims
from worker.jobs import Work
from worker.loops import Worker
from worker.outbox import Drain
from worker.timers import Sweep

KILLS = int(os.environ.get("QIAOYI_KILLS", "20"))
OPS = {
    "open": toy.open_deal,
    "accept": toy.accept_offer,
    "say": toy.say,
    "import": toy.start_import,
    "approve": toy.approve_payment,
}


def tasks(market):
    steps = {"toy_import": toy.import_rows}
    drain = Drain(market)
    return {"a": drain, "b": Drain(market), "t": Sweep(market), "j": Work(market, steps)}


def work(url: str) -> None:
    market = toy.executor(Database(url))
    Worker(tasks(market), idle=0.05).start()
    while True:
        time.sleep(60)


def acknowledged(log: Path) -> tuple[dict[str, list], dict[str, str]]:
    """What the page process said it would do, and what it was answered, by key."""
    intents, acks = {}, {}
    for line in log.read_text().splitlines():
        said = json.loads(line)
        if said[0] == "intent":
            intents[said[1]] = said[2:]
        else:
            assert acks.setdefault(said[1], said[2]) == said[2], "one key, two answers"
    return intents, acks


class Pages:
    """Visitors in threads; every wish is logged before it is asked, every answer after."""

    def __init__(self, url: str, log: Path) -> None:
        self.market, self.log = toy.executor(Database(url)), log
        self.fd = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def note(self, *what: object) -> None:
        os.write(self.fd, (json.dumps(what) + "\n").encode())

    def ask(self, key: str, actor: str, op: str, args: list) -> None:
        for _ in range(400):
            try:
                answer = self.market.once(toy.person(actor), key, OPS[op], *args).dump()
            except Busy:
                time.sleep(0.05)
                continue
            except NotFound:
                answer = "not found"
            self.note("ack", key, answer)
            return
        raise AssertionError(f"{op} was never answered")

    def resolve(self) -> None:
        intents, acks = acknowledged(self.log)
        for key, wish in intents.items():
            if key not in acks:
                self.ask(key, *wish)

    def visit(self, seed: int) -> None:
        rng = random.Random(seed)
        while True:
            with self.market.database.read() as session:
                known = list(session.scalars(select(toy.ToyDeal.id).limit(100)))
                unpaid = select(toy.ToyObligation.id).where(toy.ToyObligation.state == "open")
                owed = list(session.scalars(unpaid.limit(50)))
            op = rng.choices(list(OPS), [3, 3, 6, 0.2, 5])[0]
            if (op in {"accept", "say"} and not known) or (op == "approve" and not owed):
                op = "open"
            args = wished(rng, op, known, owed)
            key, actor = uuid.uuid4().hex, f"a{rng.randrange(3)}"
            self.note("intent", key, actor, op, args)
            self.ask(key, actor, op, args)
            time.sleep(rng.random() * 0.01)


def wished(rng: random.Random, op: str, known: list[str], owed: list[str]) -> list:
    if op == "open":
        return ["t", rng.choice([5, 50, 200])]
    if op == "import":
        return [400]
    if op == "approve":
        return [rng.choice(owed)]
    return [rng.choice(known), rng.randrange(100) if op == "accept" else "x"]


def serve_pages(url: str, log: str, seed: int) -> None:
    pages = Pages(url, Path(log))
    pages.resolve()
    threads = [threading.Thread(target=pages.visit, args=(seed + n,)) for n in range(3)]
    for thread in threads:
        thread.start()


@pytest.mark.kill
@pytest.mark.parametrize("kind", databases.KINDS)
def test_nothing_is_lost_and_nothing_comes_twice(kind, tmp_path, worker_id):
    url = databases.url_of(kind, tmp_path, f"qiaoyi_crash_{worker_id}")
    database = Database(url)
    databases.create(database, Base.metadata, toy.Toy.metadata)
    database.dispose()
    log = tmp_path / "acknowledged.jsonl"
    log.touch()
    kill_at_random(url, log)
    market = toy.executor(Database(url))
    last = Pages(url, log)
    last.resolve()
    last.market.database.dispose()
    time.sleep(1)
    come_to_rest(market)
    check_nothing_lost(market, log)
    market.database.dispose()


def kill_at_random(url: str, log: Path) -> None:
    context = victims()
    rng = random.Random(20261123)

    def start(name: str) -> multiprocessing.process.BaseProcess:
        args = (url, str(log), rng.randrange(10**6)) if name == "pages" else (url,)
        target = serve_pages if name == "pages" else work
        process = context.Process(target=target, args=args, daemon=True)
        process.start()
        return process

    running = {name: start(name) for name in ("pages", "worker", "other worker")}
    died_alone = []
    for _ in range(KILLS):
        _wait_for_life(log)
        time.sleep(rng.uniform(0.0, 1.0))
        chosen = rng.choice([["pages"], ["worker"], ["worker", "other worker"], list(running)])
        for name in chosen:
            if not running[name].is_alive():
                died_alone.append(name)
            os.kill(running[name].pid, signal.SIGKILL)
            running[name].join()
            running[name] = start(name)
    for process in running.values():
        os.kill(process.pid, signal.SIGKILL)
        process.join()
    assert died_alone == []


def _wait_for_life(log: Path, answers: int = 10) -> None:
    """A kill between two starts proves little: wait until visitors are being answered again."""
    before, deadline = log.stat().st_size, time.monotonic() + 30
    while log.stat().st_size < before + answers * 100:
        assert time.monotonic() < deadline, "nobody was answered for thirty seconds"
        time.sleep(0.05)


def come_to_rest(market) -> None:
    worker = Worker(tasks(market))
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        worker.run_until_idle()
        with market.database.read() as session:
            waiting = session.scalar(select(func.count()).select_from(Outbox))
            ready = session.scalar(select(func.count()).where(Job.state == "ready"))
        if not waiting and not ready:
            return
        time.sleep(0.5)
    raise AssertionError(f"{waiting} facts and {ready} jobs are left")


def check_nothing_lost(market, log: Path) -> None:
    intents, acks = acknowledged(log)
    assert set(intents) == set(acks)
    done = Counter(op for key, (_, op, _) in intents.items() if acks[key].startswith('["Done"'))
    assert done["open"] > 20, "the visitors did too little for the kills to mean anything"
    with market.database.read() as session:
        said: Counter[str] = Counter()
        streams: Counter[tuple[str, str]] = Counter()
        for stream, body in session.execute(select(Audit.stream, Audit.body)):
            what = json.loads(body)["what"]
            said[what] += 1
            streams[what, stream] += 1
        assert said["opened"] == done["open"]
        assert said["accepted"] == done["accept"]
        assert said["said"] == done["say"]
        assert said["approved"] == done["approve"]
        assert max(n for (what, _), n in streams.items() if what == "accepted") == 1
        messages = sum(session.scalars(select(toy.ToyDeal.messages)))
        assert messages == done["say"]
        rows = session.execute(
            select(
                toy.ToyAsset.job, func.count(), func.count(toy.ToyAsset.line.distinct())
            ).group_by(toy.ToyAsset.job)
        ).all()
        assert [(n, distinct) for _, n, distinct in rows] == [(400, 400)] * done["import"]
        noted = Counter(session.scalars(select(toy.ToyMessage.topic)))
        assert noted["toy.opened"] == said["opened"]
        assert noted["toy.noticed"] == said["accepted"]
        assert noted["toy.confirmed"] == said["confirmed"]
        assert noted["toy.completed"] == said["completed"]
        numbers = list(session.scalars(select(Change.seq).order_by(Change.seq)))
        assert numbers == list(range(1, len(numbers) + 1))
        assert session.scalar(select(func.count()).select_from(IndexState)) > 0
        assert verify_streams(session).faults == []
