"""The executor: the only caller of actions, since only it may run one again."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from sqlalchemy import Select, bindparam, func, inspect, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from core import commit
from core.actor import SYSTEM, Actor
from core.amendments import LawInForce
from core.database import Database, lost
from core.errors import Busy, Due, KeyReused, Misuse, ReadsOnly, Replayed
from core.facts import Reaction
from core.models import Head, Stream, Timer
from core.ports import Ports
from core.results import Result
from core.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from core.law import LawBook

P = ParamSpec("P")
R = TypeVar("R", bound=Result)
T = TypeVar("T")
Settler = Callable[[UnitOfWork, str], Result]

_LOCKED, _DEADLOCK, _CANCELLED = "55P03", "40P01", "57014"
_SETTLED_AT_MOST = 3


class Executor:
    """Runs actions, each in one unit of work; settles what is due on the way.

    `order` is the one order in which streams of different kinds are locked; `settlers` say how a
    stream whose timer passed is brought up to date; `pokes` wake the worker and the watchers.
    """

    def __init__(
        self,
        database: Database,
        law: LawBook,
        ports: Ports,
        order: Sequence[str],
        settlers: Mapping[str, Settler],
        reactions: Sequence[Reaction],
        pokes: Iterable[Callable[[], None]] = (),
    ) -> None:
        self.database, self.ports = database, ports
        self._law = LawInForce(law, database)
        self.order = list(order)
        self.settlers, self.reactions = settlers, list(reactions)
        self.pokes = list(pokes)
        self.stats: Counter[str] = Counter()
        self._queries: dict[type[Head], Select[Any]] = {}

    @property
    def law(self) -> LawBook:
        """The files of policies with what was amended since, at most two seconds old."""
        return self._law.book()

    def forget_law(self) -> None:
        """An amendment was approved: look at once."""
        self._law.forget()

    def run(
        self,
        actor: Actor,
        action: Callable[Concatenate[UnitOfWork, P], R],
        /,
        *args: P.args,
        **kw: P.kwargs,
    ) -> R:
        """Runs an action once, for this request."""
        return self._keyed(actor, "", action, *args, **kw)

    def once(
        self,
        actor: Actor,
        key: str,
        action: Callable[Concatenate[UnitOfWork, P], R],
        /,
        *args: P.args,
        **kw: P.kwargs,
    ) -> R:
        """As run(), and the same key gives the same answer for ever. Raises KeyReused."""
        return self._keyed(actor, key, action, *args, **kw)

    def _keyed(
        self,
        actor: Actor,
        key: str,
        action: Callable[Concatenate[UnitOfWork, P], R],
        /,
        *args: P.args,
        **kw: P.kwargs,
    ) -> R:
        if actor.looking:
            raise ReadsOnly
        if any(inspect(value, raiseerr=False) is not None for value in (*args, *kw.values())):
            raise Misuse("an action takes ids, not rows: it may run again")
        name = f"{action.__module__}.{action.__qualname__}"
        said = json.dumps([name, args, kw], sort_keys=True, default=str)
        request = hashlib.sha256(said.encode()).hexdigest()
        try:
            return self.attempt(
                lambda: UnitOfWork(self, actor, key, request),
                lambda uow: action(uow, *args, **kw),
            )
        except Replayed as old:
            if old.request_hash != request:
                raise KeyReused from None
            self.stats["replayed"] += 1
            return cast("R", Result.load(old.response))

    def settle(self, stream: str) -> Result:
        """Brings a stream past its timers; what is not due writes nothing."""
        prefix, _, id = stream.partition(":")
        return self.attempt(
            lambda: UnitOfWork(self, SYSTEM, settling=stream),
            lambda uow: self.settlers[prefix](uow, id),
        )

    def attempt(self, begin: Callable[[], UnitOfWork], work: Callable[[UnitOfWork], T]) -> T:
        """Runs until nothing it locks is due: each stream may be settled three times on the way."""
        tries: Counter[str] = Counter()
        while True:
            uow = begin()
            try:
                result = work(uow)
                uow.finish(result if isinstance(result, Result) else None)
                return result
            except Due as due:
                uow.abandon()
                self._count_due(tries, due)
                stream = due.stream
            except IntegrityError:
                uow.abandon()
                self._replay_of_other_stream(uow)
                raise
            except DBAPIError as error:
                uow.abandon()
                if self._worth_again(tries, error, uow):
                    continue
                raise
            except BaseException:
                uow.abandon()
                raise
            self.settle(stream)

    def poke(self) -> None:
        """Wakes drain and watchers; carries nothing, may be lost, never raises."""
        for wake in self.pokes:
            try:
                wake()
            except Exception:  # noqa: BLE001  a lost poke only costs one polling interval
                self.stats["lost pokes"] += 1

    def lock_query(self, head: type[Head]) -> Select[Any]:
        """Row, chain head, clock and earliest timer, all in the statement after the lock."""
        if head not in self._queries:
            due = (
                select(func.min(Timer.due_at))
                .where(Timer.stream == bindparam("key"))
                .scalar_subquery()
            )
            clock = self.database.clock.sql
            columns: tuple[Any, ...] = (head, Stream.seq, Stream.hash, Stream.last_at, clock, due)
            self._queries[head] = (
                select(*columns)
                .join(Stream, Stream.key == bindparam("key"))
                .where(head.id == bindparam("id"))
            )
        return self._queries[head]

    def _count_due(self, tries: Counter[str], due: Due) -> None:
        tries[due.stream] += 1
        self.stats["due"] += 1
        if tries[due.stream] > _SETTLED_AT_MOST:
            raise Misuse(f"{due.stream} stays due") from due

    def _replay_of_other_stream(self, uow: UnitOfWork) -> None:
        """The same key may have been committed on another stream while this one was at work."""
        if uow.key:
            with self.database.read() as session:
                answer = commit.old_reply(session, uow.actor.key, uow.key)
            if answer is not None:
                raise Replayed(*answer)

    def _worth_again(self, tries: Counter[str], error: DBAPIError, uow: UnitOfWork) -> bool:
        """Whether the database undid it all for a cause that may be gone already. Raises Busy when
        the cause stays. A connection lost while COMMIT was on its way tells nothing: no repeat."""
        code = getattr(error.orig, "sqlstate", None)
        self.stats[f"operational {code}"] += 1
        cut = lost(error) and not uow.committing
        if cut or code == _DEADLOCK:
            tries["undone"] += 1
            if tries["undone"] < _SETTLED_AT_MOST:
                return True
        if cut or code in (_LOCKED, _DEADLOCK, _CANCELLED):
            raise Busy from error
        return False
