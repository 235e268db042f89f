"""`kill -9` while second people confirm payments: each is booked once or not at all, no repair."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

import bootstrap
from billing.actions.claim_payment import claim_payment
from billing.actions.confirm_payment import confirm_payment
from billing.actions.raise_obligation import raise_obligation
from billing.models import Journal, Obligation
from billing.rules import Claim
from billing.verifying import verify
from core.actor import SYSTEM
from core.audit import verify_streams
from core.errors import Busy
from core.models import Base
from migrations import triggers
from tests import databases
from tests.billing.conftest import PROOF, plant_market, raised
from tests.deals.conftest import FIRM, OFFICE, person, plant
from tests.deals.test_kill_acceptance import come_to_rest, settings
from tests.victims import victims

KILLS = int(os.environ.get("QIAOYI_KILLS", "10"))
PER_KILL = 8
AMOUNT = 1_000_00


def confirm_all(url: str, folder: str, due: list[list[str]], log: str) -> None:
    """The victim: the second person at the statement, noting each answer."""
    runtime = bootstrap.build(settings(url, Path(folder)))
    second = person("second", OFFICE)
    answered = {json.loads(line)[0] for line in Path(log).read_text().splitlines()}
    with Path(log).open("a", buffering=1) as out:
        for obligation, payment in due:
            if payment in answered:
                continue
            typed = (obligation, payment, AMOUNT)
            while True:
                try:
                    answer = runtime.executor.once(second, payment, confirm_payment, *typed)
                    break
                except Busy:
                    time.sleep(0.02)
            out.write(json.dumps([payment, answer.dump()]) + "\n")
    os._exit(0)


@pytest.fixture(params=databases.KINDS)
def prepared(request, tmp_path, worker_id):
    """Payments that one person has seen."""
    url = databases.url_of(request.param, tmp_path, f"qiaoyi_confirm_{worker_id}")
    runtime = bootstrap.build(settings(url, tmp_path))
    databases.create(runtime.database, Base.metadata)
    with runtime.database.write() as session:
        triggers.recreate(session.connection())
        session.commit()
    run = runtime.executor.run
    run(SYSTEM, plant)
    run(SYSTEM, plant_market)
    told = Claim(AMOUNT, date(2026, 1, 5), "澄岚", "某银行", "6222")
    due = []
    for _ in range(KILLS * PER_KILL):
        obligation = run(SYSTEM, raise_obligation, raised(AMOUNT)).ref
        payment = run(person("buyer", FIRM), claim_payment, obligation, told, PROOF).ref
        run(person("officer", OFFICE), confirm_payment, obligation, payment, AMOUNT)
        due.append([obligation, payment])
    yield runtime, url, tmp_path, due
    runtime.close()


@pytest.mark.kill
def test_confirmations_survive_kills(prepared):
    runtime, url, folder, due = prepared
    log = folder / "confirmed.jsonl"
    log.touch()
    context, rng = victims(), random.Random(20261129)
    for number in range(KILLS):
        upto = due[: (number + 1) * PER_KILL]
        before = log.stat().st_size
        process = context.Process(
            target=confirm_all, args=(url, str(folder), upto, str(log)), daemon=True
        )
        process.start()
        deadline = time.monotonic() + 60
        while log.stat().st_size == before and process.is_alive():
            assert time.monotonic() < deadline, "nothing was confirmed for a minute"
            time.sleep(0.005)
        time.sleep(rng.uniform(0, 0.1))
        if process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
        process.join()
    args = (url, str(folder), due, str(log))
    last = context.Process(target=confirm_all, args=args, daemon=True)
    last.start()
    last.join(120)
    assert last.exitcode == 0
    come_to_rest(runtime)
    answered = {json.loads(line)[0] for line in log.read_text().splitlines()}
    assert answered == {payment for _, payment in due}
    with runtime.database.read() as session:
        found = verify(session)
        assert found.faults == []
        assert found.balances == {
            ("buyer_funds", "CNY"): -AMOUNT * len(due),
            ("seller_received", "CNY"): AMOUNT * len(due),
        }
        assert session.scalar(select(func.count()).select_from(Journal)) == len(due)
        assert set(session.scalars(select(Obligation.state))) == {"paid"}
        assert verify_streams(session).faults == []
