"""`kill -9` of the process that calls webhooks: each call arrives, under one identifier."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from accounts.models import Person
from core.database import Database
from core.executor import Executor
from core.files import FolderStore
from core.law import LawBook
from core.models import Base
from core.outbound import Outbound
from core.ports import Ports
from syndication.models import Webhook, WebhookAttempt, WebhookDelivery
from syndication.owing import owe
from syndication.tasks.deliver_webhooks import DeliverWebhooks
from tests import databases
from tests.loopback import plain, serving
from tests.victims import victims

CALLS = 150
KILLS = int(os.environ.get("QIAOYI_KILLS", "8"))


def work(url: str, ports: Ports) -> None:
    """A worker with a short lease, so that the next one need not wait long."""
    task = DeliverWebhooks(executor(url, ports), ports.outbound, timedelta(seconds=1), lambda: 0.5)
    while True:
        if not task():
            time.sleep(0.02)


def executor(url: str, ports: Ports) -> Executor:
    return Executor(
        Database(url), LawBook({}, {}), ports, ["webhook", "organisation", "person"], {}, []
    )


def slow(handler) -> None:
    time.sleep(random.random() * 0.03)
    plain(handler)


@pytest.mark.kill
@pytest.mark.parametrize("kind", databases.KINDS)
def test_no_call_is_lost_and_a_repetition_has_its_old_identifier(kind, tmp_path, worker_id):
    url = databases.url_of(kind, tmp_path, f"qiaoyi_calls_{worker_id}")
    database = Database(url)
    databases.create(database, Base.metadata)
    with serving(slow) as server:
        port = server.server_address[1]
        owed = fill(database, f"http://localhost:{port}/")
        ports = Ports(
            b"s" * 32, FolderStore(tmp_path), ZoneInfo("Asia/Shanghai"), "CNY", "cn-national",
            "zh", "http://localhost", outbound=Outbound(near_ports={port}),
        )  # fmt: skip
        kills = kill_at_random(url, ports, database, server)
    assert kills == KILLS
    heard = Counter(json.loads(body)["id"] for _, _, body in server.got)
    assert set(heard) == owed
    with database.read() as session:
        done = select(func.count()).where(WebhookDelivery.state == "done")
        assert session.scalar(done) == CALLS
        tried = session.scalar(select(func.count()).select_from(WebhookAttempt))
        claimed = session.scalar(select(func.sum(WebhookDelivery.attempts)))
    assert CALLS <= tried <= sum(heard.values()) <= claimed
    database.dispose()


def fill(database: Database, url: str) -> set[str]:
    with database.write() as session:
        now = database.now(session)
        session.add(Person(id="a" * 32, name="Mei", created_at=now))
        session.flush()
        session.add(Webhook(id="b" * 32, person="a" * 32, url=url, topics=[], made_at=now))
        session.flush()
        rows = [owe("b" * 32, "webhook.ping", f"webhook:{'b' * 32}", now) for _ in range(CALLS)]
        session.add_all(rows)
        owed = {row.event for row in rows}
        session.commit()
    return owed


def kill_at_random(url: str, ports: Ports, database: Database, server) -> int:
    """Each life ends while calls are under way; the last one finishes. How many were killed."""
    context = victims()
    rng, kills = random.Random(20261128), 0
    while waiting(database):
        child = context.Process(target=work, args=(url, ports), daemon=True)
        child.start()
        before, deadline = len(server.got), time.monotonic() + 60
        wanted = 5 if kills < KILLS else CALLS * 10
        while waiting(database) and len(server.got) < before + wanted:
            assert time.monotonic() < deadline, "nothing was called for a minute"
            time.sleep(0.01)
        time.sleep(rng.uniform(0, 0.05))
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        kills += kills < KILLS
    return kills


def waiting(database: Database) -> int:
    with database.read() as session:
        ready = select(func.count()).where(WebhookDelivery.state == "ready")
        return session.scalar(ready) or 0
