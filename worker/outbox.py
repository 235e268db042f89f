"""Facts to their reactions: claimed by lease, crossed out in the reaction's own commit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import structlog
from sqlalchemy import ColumnElement, or_, select, update

from core.actor import SYSTEM
from core.errors import LeaseLost
from core.executor import Executor
from core.facts import Fact
from core.models import Outbox
from core.unit_of_work import UnitOfWork

LEASE: Final = timedelta(seconds=10)
DEAD_AFTER: Final = 8
BATCH: Final = 100
log = structlog.get_logger()


class Drain:
    """Delivers one consumer's batch at a time, lowest lane first."""

    def __init__(self, executor: Executor, batch: int = BATCH) -> None:
        self._executor, self._batch = executor, batch
        self._by_consumer = {reaction.consumer: reaction for reaction in executor.reactions}

    def __call__(self) -> int:
        """Delivers up to one batch; the number of facts taken."""
        database = self._executor.database
        with database.read() as session:  # an idle worker must not queue for the turnstile
            ready = self._ready(database.now(session))
            columns = select(Outbox.consumer, Outbox.lane).where(*ready)
            head = session.execute(columns.order_by(Outbox.lane, Outbox.id).limit(1)).first()
        if head is None:
            return 0
        facts, claims = self._claim(head.consumer, head.lane)
        self._deliver(head.consumer, facts, claims)
        return len(facts)

    @staticmethod
    def _ready(now: Any) -> tuple[ColumnElement[bool], ...]:
        free = or_(Outbox.lease_until.is_(None), Outbox.lease_until < now)
        return (Outbox.state == "ready", Outbox.not_before <= now, free)

    def _claim(self, consumer: str, lane: int) -> tuple[list[Fact], list[tuple[int, int]]]:
        database = self._executor.database
        with database.write(background=True) as session:
            now = database.now(session)
            mine = (*self._ready(now), Outbox.consumer == consumer, Outbox.lane == lane)
            pick = select(Outbox.id, Outbox.attempts, Outbox.topic, Outbox.ref).where(*mine)
            pick = pick.order_by(Outbox.id).limit(self._batch).with_for_update(skip_locked=True)
            rows = session.execute(pick).all()
            taken = update(Outbox).where(Outbox.id.in_([row.id for row in rows]))
            lease = {"lease_until": now + LEASE, "attempts": Outbox.attempts + 1}
            session.connection().execute(taken.values(lease))
            session.commit()
        facts = [Fact(row.topic, row.ref) for row in rows]
        return facts, [(row.id, row.attempts + 1) for row in rows]

    def _deliver(self, consumer: str, facts: list[Fact], claims: list[tuple[int, int]]) -> None:
        if not facts:
            return
        try:
            self._react(consumer, facts, claims)
        except LeaseLost:
            self._executor.stats["lease lost"] += 1
        except Exception:  # noqa: BLE001  one bad fact must not hold up the other ninety-nine
            for fact, claim in zip(facts, claims, strict=True):
                self._deliver_alone(consumer, fact, claim)

    def _deliver_alone(self, consumer: str, fact: Fact, claim: tuple[int, int]) -> None:
        try:
            self._react(consumer, [fact], [claim])
        except LeaseLost:
            self._executor.stats["lease lost"] += 1
        except Exception as error:  # noqa: BLE001  postponed, and dead after eight tries
            self._postpone(consumer, fact, claim, error)

    def _react(self, consumer: str, facts: list[Fact], claims: list[tuple[int, int]]) -> None:
        reaction = self._by_consumer.get(consumer)

        def begin() -> UnitOfWork:
            return UnitOfWork(self._executor, SYSTEM, background=True, claims=claims)

        if reaction is None:
            raise LookupError(f"no reaction is wired for {consumer}")
        self._executor.attempt(begin, lambda uow: reaction.react(uow, facts))

    def _postpone(
        self, consumer: str, fact: Fact, claim: tuple[int, int], error: Exception
    ) -> None:
        id, attempts = claim
        log.warning("fact postponed", consumer=consumer, topic=fact.topic, error=repr(error)[:200])
        self._executor.stats[f"postponed {type(error).__name__}"] += 1
        database = self._executor.database
        with database.write(background=True) as session:
            values = {
                "lease_until": None,
                "not_before": database.now(session) + timedelta(seconds=2**attempts),
                "state": "dead" if attempts >= DEAD_AFTER else "ready",
                "error": f"{type(error).__name__}: {error}"[:500],
            }
            mine = update(Outbox).where(Outbox.id == id, Outbox.attempts == attempts)
            session.connection().execute(mine.values(values))
            session.commit()
