"""`kill -9` while offers are accepted: one acceptance, one notice, one message each, no repair."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections import Counter
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest
from sqlalchemy import func, select

import bootstrap
from core.actor import SYSTEM
from core.audit import verify_streams
from core.errors import Busy
from core.models import Audit, Base, Outbox
from core.results import Done
from core.settings import Settings
from core.unit_of_work import UnitOfWork
from deals.actions.accept_offer import accept_offer
from deals.actions.open_deal import open_deal
from deals.actions.send_inquiry import send_inquiry
from deals.models import AssetClaim, Deal, DealStep, PublicNotice
from tests import databases
from tests.deals.conftest import FIRM, OFFICE, Stage, person, plant, plant_listing
from tests.victims import victims

KILLS = int(os.environ.get("QIAOYI_KILLS", 50 // len(databases.KINDS)))
DEALS_PER_KILL = 5
BEGUN = "begun"
"""The file that names the deal whose acceptance began last."""
DEEPEST = 0.015
"""Seconds into an acceptance at which a victim is killed at the latest: about as long as one takes.
Each victim has completed one before."""


def settings(url: str, folder: Path) -> Settings:
    secret = "only-for-tests-only-for-tests-only"
    return Settings(
        _env_file=None, env="test", data_dir=folder, database_url=url, secret_key=secret
    )


def plant_many(uow: UnitOfWork, numbers: list[int]) -> Done:
    for number in numbers:
        plant_listing(uow, f"{number:032x}", f"asset{number}")
    return Done()


def accept_all(url: str, folder: str, turn: Connection, log: str) -> None:
    """The victim: pages that accept, with a worker beside them, noting wishes and answers. It
    waits for its turn with everything built, and is told its deals then."""
    runtime = bootstrap.build(settings(url, Path(folder)))
    deals = turn.recv()
    if runtime.database.sqlite:
        runtime.worker.start()
    buyer = person("buyer", FIRM)
    answered = {json.loads(line)[0] for line in Path(log).read_text().splitlines()}
    begun = Path(folder, BEGUN)
    with Path(log).open("a", buffering=1) as out:
        for deal in deals:
            if deal in answered:
                continue
            begun.write_text(deal)
            while True:
                try:
                    answer = runtime.executor.once(buyer, f"accept {deal}", accept_offer, deal, 1)
                    break
                except Busy:
                    time.sleep(0.02)
            out.write(json.dumps([deal, answer.dump()]) + "\n")
    runtime.worker.stop()
    os._exit(0)


@pytest.fixture(params=databases.KINDS)
def prepared(request, tmp_path, worker_id):
    """Deals with one offer of the institute each, every one on an asset of its own."""
    url = databases.url_of(request.param, tmp_path, f"qiaoyi_accept_{worker_id}")
    runtime = bootstrap.build(settings(url, tmp_path))
    databases.create(runtime.database, Base.metadata)
    run = runtime.executor.run
    run(SYSTEM, plant)
    numbers = list(range(1, KILLS * DEALS_PER_KILL + 1))
    for start in range(0, len(numbers), 40):
        run(SYSTEM, plant_many, numbers[start : start + 40])
    officer, buyer = person("officer", OFFICE), person("buyer", FIRM)
    stage = Stage(runtime.executor, officer, officer, buyer, officer, buyer, officer)
    deals = []
    for number in numbers:
        asked = stage.question(listing=f"{number:032x}")
        inquiry = run(buyer, send_inquiry, asked, f"source {number}").ref
        deal = run(officer, open_deal, inquiry).ref
        stage.offer(deal, officer)
        deals.append(deal)
    yield runtime, url, tmp_path, deals
    runtime.close()


def stand_by(url: str, folder: Path, log: Path) -> tuple[ForkServerProcess, Connection]:
    """A victim that builds its market while the one before it is at work."""
    turn, end = victims().Pipe()
    process = victims().Process(
        target=accept_all, args=(url, str(folder), end, str(log)), daemon=True
    )
    process.start()
    end.close()
    return process, turn


def at_work(folder: Path, log: Path) -> bool:
    """Whether the last acceptance that began has no answer: the kill came in the midst of it."""
    begun = (folder / BEGUN).read_text() if (folder / BEGUN).exists() else ""
    return bool(begun) and begun not in log.read_text()


@pytest.mark.kill
def test_acceptances_survive_kills(prepared, capsys):
    runtime, url, folder, deals = prepared
    log = folder / "accepted.jsonl"
    log.touch()
    rng, met, ready = random.Random(20261123), 0, stand_by(url, folder, log)
    for number in range(KILLS):
        (process, turn), ready = ready, stand_by(url, folder, log)
        before = log.stat().st_size
        turn.send(deals[: (number + 1) * DEALS_PER_KILL])
        deadline = time.monotonic() + 60
        while process.is_alive() and not (log.stat().st_size > before and at_work(folder, log)):
            assert time.monotonic() < deadline, "nothing was accepted for a minute"
            time.sleep(0.001)
        time.sleep(rng.uniform(0, DEEPEST))
        if process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        met += at_work(folder, log)
    with capsys.disabled():
        print(f"\n{KILLS} kills, {met} of them while an offer was being accepted")
    assert met >= KILLS // 2, "the kills missed the acceptances"
    last, turn = ready
    turn.send(deals)
    last.join(120)
    assert last.exitcode == 0
    come_to_rest(runtime)
    check_every_deal(runtime, log, deals)


def come_to_rest(runtime) -> None:
    """A killed worker's claims are free again when their leases end, ten seconds later."""
    deadline = time.monotonic() + 60
    waiting = 1
    while waiting:
        assert time.monotonic() < deadline, f"{waiting} facts are never delivered"
        runtime.worker.run_until_idle()
        with runtime.database.read() as session:
            waiting = session.scalar(select(func.count()).select_from(Outbox))
        time.sleep(0.2)


def check_every_deal(runtime, log: Path, deals: list[str]) -> None:
    answered = dict(json.loads(line) for line in log.read_text().splitlines())
    assert set(answered) == set(deals)
    with runtime.database.read() as session:
        states = Counter(session.scalars(select(Deal.state)))
        assert states == {"notice": len(deals)}
        steps = select(DealStep.deal, func.count()).where(DealStep.act == "accept")
        accepted = dict(session.execute(steps.group_by(DealStep.deal)).all())
        assert accepted == dict.fromkeys(deals, 1)
        notices = Counter(session.scalars(select(PublicNotice.about)))
        assert notices == Counter({f"deal:{deal}": 1 for deal in deals})
        claims = Counter(session.scalars(select(AssetClaim.deal)))
        assert claims == Counter(dict.fromkeys(deals, 1))
        said = select(func.count()).where(Audit.body.like('%"what": "accept%'))
        assert session.scalar(said) == len(deals)
        assert session.scalar(select(func.count()).select_from(Outbox)) == 0
        assert verify_streams(session).faults == []
