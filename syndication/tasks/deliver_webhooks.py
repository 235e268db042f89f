"""Makes the calls that are owed to webhooks."""

from __future__ import annotations

import http.client
import json
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from core.actor import SYSTEM
from core.executor import Executor
from core.ids import show, split_ref
from core.outbound import Answer, Outbound, OutboundRefused
from core.signatures import HEADER, signature
from core.stops import What, is_stopped
from core.times import to_text
from syndication.actions.disable_webhook import disable_webhook
from syndication.models import Webhook, WebhookAttempt, WebhookDelivery
from syndication.signing import secret_of

LEASE: Final = timedelta(seconds=60)
GIVEN_UP_AFTER: Final = timedelta(days=3)
FIRST_WAIT: Final = 30.0
LONGEST_WAIT: Final = 8 * 3600.0
BATCH: Final = 8
log = structlog.get_logger()


@dataclass(frozen=True)
class _Call:
    n: int
    attempt: int
    event: str
    webhook: str
    url: str
    body: bytes
    secrets: tuple[str, ...]
    at: datetime


@dataclass(frozen=True)
class _End:
    status: int | None
    error: str | None
    milliseconds: int
    body: str = ""

    @property
    def good(self) -> bool:
        return self.status is not None and 200 <= self.status <= 299


def wait(attempt: int, chance: float) -> timedelta:
    """Doubles from half a minute up to eight hours; `chance` (0 to 1) spreads it by a fifth."""
    seconds = min(FIRST_WAIT * 2 ** min(attempt - 1, 20), LONGEST_WAIT)
    return timedelta(seconds=seconds * (0.8 + 0.4 * chance))


class DeliverWebhooks:
    """A task of the worker. A process killed between call and record calls again, under the same
    event: at least once, in no promised order. What nobody took for three days is given up."""

    def __init__(
        self,
        executor: Executor,
        outbound: Outbound,
        lease: timedelta = LEASE,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._executor, self._outbound = executor, outbound
        self._lease, self._chance = lease, chance

    def __call__(self) -> int:
        """Makes up to one batch of calls, side by side; how many were claimed. None while the
        operator has stopped it."""
        with self._executor.database.read() as session:
            if is_stopped(session, What.OUTGOING):
                return 0
        calls = self._claim()
        if calls:
            with ThreadPoolExecutor(len(calls)) as pool:
                for call, end in zip(calls, pool.map(self._send, calls), strict=True):
                    self._record(call, end)
        return len(calls)

    def _claim(self) -> list[_Call]:
        database = self._executor.database
        with database.read() as session:  # an idle worker must not queue for the turnstile
            ready = _ready(database.now(session))
            if session.scalar(select(WebhookDelivery.n).where(*ready).limit(1)) is None:
                return []
        with database.write(background=True) as session:
            now = database.now(session)
            pick = select(WebhookDelivery).where(*_ready(now)).order_by(WebhookDelivery.not_before)
            rows = session.scalars(pick.limit(BATCH).with_for_update(skip_locked=True)).all()
            calls = []
            for row in rows:
                row.lease_until, row.attempts = now + self._lease, row.attempts + 1
                calls.append(self._written(session, row, now))
            session.commit()
        return [call for call in calls if call is not None]

    def _written(self, session: Session, row: WebhookDelivery, now: datetime) -> _Call | None:
        """What is sent; None where the webhook was switched off meanwhile."""
        hook = session.get_one(Webhook, row.webhook)
        if hook.state != "active":
            row.state, row.lease_until = "failed", None
            return None
        ports = self._executor.ports
        generations = [hook.generation]
        if hook.old_until is not None and now < hook.old_until:
            generations.append(hook.generation - 1)
        secrets = tuple(secret_of(ports.secret, hook.id, one) for one in generations)
        said = {
            "id": row.event,
            "type": row.topic,
            "subject": show(*split_ref(row.ref)),
            "happened_at": to_text(row.made_at),
        }
        body = json.dumps(said, sort_keys=True).encode()
        return _Call(row.n, row.attempts, row.event, hook.id, hook.url, body, secrets, now)

    def _send(self, call: _Call) -> _End:
        """No transaction is open."""
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Qiaoyi-Webhook",
            "Qiaoyi-Event": call.event,
            HEADER: signature(call.secrets, int(call.at.timestamp()), call.body),
        }
        try:
            return _end(self._outbound.post(call.url, call.body, headers))
        except OutboundRefused as refused:
            return _End(None, f"refused_{refused.reason}", 0)
        except (OSError, http.client.HTTPException) as error:
            return _End(None, type(error).__name__, 0)

    def _record(self, call: _Call, end: _End) -> None:
        database = self._executor.database
        with database.write(background=True) as session:
            now = database.now(session)
            session.add(
                WebhookAttempt(
                    delivery=call.n,
                    at=now,
                    status=end.status,
                    error=end.error,
                    milliseconds=end.milliseconds,
                    body=end.body,
                )
            )
            row = session.get_one(WebhookDelivery, call.n)
            values: dict[str, Any] = {"lease_until": None, "state": "done"}
            if not end.good:
                over = now - row.asked_at >= GIVEN_UP_AFTER
                later = now + wait(call.attempt, self._chance())
                values |= {"state": "failed" if over else "ready", "not_before": later}
            mine = (WebhookDelivery.n == call.n, WebhookDelivery.attempts == call.attempt)
            session.execute(update(WebhookDelivery).where(*mine).values(values))
            session.commit()
        if values["state"] == "failed":
            since = now - GIVEN_UP_AFTER
            self._executor.run(SYSTEM, disable_webhook, call.webhook, since)


def _end(answer: Answer) -> _End:
    text = answer.body.decode("utf-8", "replace").replace("\x00", "")
    error = None if 200 <= answer.status <= 299 else "status"
    return _End(answer.status, error, round(answer.seconds * 1000), text)


def _ready(now: datetime) -> tuple[Any, ...]:
    free = or_(WebhookDelivery.lease_until.is_(None), WebhookDelivery.lease_until < now)
    return (WebhookDelivery.state == "ready", WebhookDelivery.not_before <= now, free)
