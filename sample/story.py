"""Tells what happened, in order of time: one clock that is set forward, each step taken once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import select

import bootstrap
from bootstrap import Runtime
from core.actor import Actor
from core.clock import SetClock
from core.database import Database
from core.executor import Executor
from core.models import Idempotency
from core.results import Done, Result
from core.times import at_clock, legal_date
from worker.outbox import Drain
from worker.timers import Sweep

_PREFIX: Final = "sample:"
_RECENT: Final = timedelta(days=30)
_DAILY: Final = timedelta(hours=12)
_SELDOM: Final = timedelta(days=7)
_NEVER: Final = datetime.min.replace(tzinfo=UTC)


@dataclass
class Story:
    """`today` is the legal date of loading; every day of the story counts back from it.

    A step's answer is kept under its key by the market's own idempotency, so that a story that
    was cut off goes on where it stopped, and one that was told changes nothing.
    """

    today: date
    executor: Executor
    clock: SetClock
    told: dict[tuple[str, str], str]
    _work: tuple[Callable[[], int], ...]
    _settled: datetime = _NEVER
    _scenes: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def plan(self, ago: float, scene: Callable[[], None]) -> None:
        """Puts a scene on the day so many days ago; its fraction is a time of that working day."""
        whole, minutes = int(ago), int((1 - ago % 1) * 480) % 480
        clock = (datetime.combine(self.today, time(9)) + timedelta(minutes=minutes)).time()
        moment = at_clock(self.day(whole), clock, self.executor.ports.zone)
        self._scenes.append((moment, len(self._scenes), scene))

    def tell(self, until: datetime) -> None:
        """Plays every scene, day by day; what is due on the way is settled and delivered."""
        for moment, _, scene in sorted(self._scenes, key=lambda one: one[:2]):
            self._catch_up(moment)
            self.clock.now = max(self.clock.now, min(moment, until))
            scene()
        self.clock.now = until
        self._settle()

    def once(
        self, actor: Actor, key: str, action: Callable[..., Result], *args: Any, **kw: Any
    ) -> str:
        """The ref of a step, taken now or in an earlier telling."""
        name = f"{_PREFIX}{key}"
        if (known := self.told.get((actor.key, name))) is not None:
            answer = Result.load(known)
        else:
            answer = self.executor.once(actor, name, action, *args, **kw)
        if not isinstance(answer, Done):
            raise TypeError(f"{name} answered {answer}")
        return answer.ref

    def has(self, key: str) -> bool:
        """Whether an earlier telling took this step."""
        return any(name == f"{_PREFIX}{key}" for _, name in self.told)

    def _catch_up(self, moment: datetime) -> None:
        """Daily in the last weeks, whose dates people look at; before that now and then."""
        recent = self.today - moment.date() < _RECENT
        if moment - self._settled > (_DAILY if recent else _SELDOM):
            self._settle()
            self._settled = moment

    def _settle(self) -> None:
        while sum(work() for work in self._work):
            pass


def begin(runtime: Runtime) -> tuple[Story, datetime]:
    """A story on the runtime's database with a clock of its own, and the present moment."""
    with runtime.database.read() as session:
        now = runtime.database.now(session)
        told = session.execute(
            select(Idempotency.principal, Idempotency.key, Idempotency.response).where(
                Idempotency.key.startswith(_PREFIX)
            )
        ).all()
    clock = SetClock(now - timedelta(days=3650))
    executor = Executor(
        Database(runtime.database.url, clock, pool=4),
        runtime.law,
        runtime.executor.ports,
        bootstrap.ORDER,
        runtime.executor.settlers,
        runtime.executor.reactions,
    )
    known = {(row.principal, row.key): row.response for row in told}
    today = legal_date(now, executor.ports.zone)
    return Story(today, executor, clock, known, (Sweep(executor), Drain(executor))), now
