"""The unit of work: lock, then look; one commit writes rows, chain, facts, timers, marks and reply.

The order of an action is always: permit and validate (`check`), `lock`, replay, decide, persist,
record. Whoever strays from it meets `Misuse`, a sentence, instead of a race.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Concatenate, Final, Generic, ParamSpec, TypeVar

from sqlalchemy import ColumnElement, event, inspect, select
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, ORMExecuteState, Session

from core import commit, models
from core.actor import Actor
from core.errors import Due, Misuse, NotFound, Replayed
from core.facts import LANE_DEALS, Fact
from core.ids import new_id
from core.ports import Ports
from core.results import Refusal, Result

if TYPE_CHECKING:
    from core.executor import Executor
    from core.law import Profile
    from core.law.wordings import Wording

P = ParamSpec("P")
V = TypeVar("V")
H = TypeVar("H", bound=models.Head)

_LONGEST_VALUE: Final = 120


@dataclass(eq=False)
class At(Generic[H]):
    """What a lock grants until the unit of work ends: the row as it now is, and the time."""

    row: H
    now: datetime
    uow: UnitOfWork
    seq: int
    hash: str
    fresh: bool
    entries: list[tuple[str, str]] = field(default_factory=list)

    def record(self, what: str, **ids: object) -> None:
        """One entry of the chain: ids, codes and numbers, never prose or a person's data."""
        if self.uow.ended:
            raise Misuse("the unit of work has ended")
        for name, value in ids.items():
            if isinstance(value, str) and (" " in value or len(value) > _LONGEST_VALUE):
                raise Misuse(f"{name} looks like text: audit bodies hold ids, codes and numbers")
        self.entries.append((what, json.dumps(ids, sort_keys=True, default=str)))

    def fact(self, topic: str) -> None:
        """Tells the reactions, after commit, that `topic` happened to this stream."""
        self.uow.facts.append(Fact(topic, self.row.stream))

    def timer(self, kind: str, due_at: datetime | None) -> None:
        """Sets this stream's timer of a kind, or clears it."""
        self.uow.timers[self.row.stream, kind] = due_at

    def add(self, row: DeclarativeBase) -> None:
        self.uow.session.add(row)

    def remove(self, row: DeclarativeBase) -> None:
        self.uow.session.delete(row)


class UnitOfWork:
    """One attempt at one action. Made by the executor, which may run an action again."""

    def __init__(
        self,
        executor: Executor,
        actor: Actor,
        key: str = "",
        request: str = "",
        settling: str = "",
        *,
        background: bool = False,
        claims: list[tuple[int, int]] | None = None,
    ) -> None:
        self.executor, self.actor = executor, actor
        self.key, self.request, self.settling = key, request, settling
        self.background, self.lane = background, LANE_DEALS
        self.facts: list[Fact] = []
        self.timers: dict[tuple[str, str], datetime | None] = {}
        self.marks: set[tuple[str, str]] = set()
        self.claims = claims or []
        self.written: set[str] = set()
        self.held: dict[str, At[Any]] = {}
        self.ended = self.committing = False
        self.opened_at: float | None = None
        """When it was let in to write, on the process's clock (`time.monotonic`, seconds)."""
        self._stack = ExitStack()
        self._before: Session | None = None
        self._session: Session | None = None

    # -- looking ----------------------------------------------------------------------------

    @property
    def session(self) -> Session:
        """The session of what is locked; reading it before the first lock is Misuse."""
        if self._session is None:
            raise Misuse("nothing may be written before the first lock()")
        return self._session

    def check(
        self, rule: Callable[Concatenate[Session, Actor, P], None], /, *args: P.args, **kw: P.kwargs
    ) -> None:
        """Permission and validation. A rule answers by raising Refused and returns nothing, so no
        value read before the lock can reach a decision."""
        rule(self._look(), self.actor, *args, **kw)

    def find(self, column: InstrumentedAttribute[V], *where: ColumnElement[bool]) -> list[V]:
        """Which streams to lock: only columns that never change may be read before a lock."""
        mapped = column.property.columns[0]
        if not (mapped.primary_key or mapped.info.get("fixed")):
            raise Misuse(f"{column} may change: read it from at.row")
        return list(self._look().scalars(select(column).where(*where)))

    def law(self, jurisdiction: str, on: date) -> Profile:
        """The policy profile in force in a jurisdiction on a legal date."""
        return self.executor.law.profile(jurisdiction, on)

    def wording(self, name: str, on: date) -> Wording | None:
        """The market's own wording of a letter or notice on a legal date; None for the shipped."""
        return self.executor.law.wording(name, on)

    @property
    def ports(self) -> Ports:
        """What the installation provides: signing secret, file store, zone, currency."""
        return self.executor.ports

    def _look(self) -> Session:
        if self._session is not None:
            return self._session
        if self._before is None:
            self._before = self._stack.enter_context(self.executor.database.read())
        return self._before

    # -- locking ----------------------------------------------------------------------------

    def lock(self, head: type[H], id: str) -> At[H]:
        """Held until the unit of work ends. Raises Due, NotFound, Busy, Replayed."""
        key = f"{head.PREFIX}:{id}"
        if key in self.held:
            return self.held[key]
        self._keep_order(head.PREFIX, id)
        session = self.open()
        session.flush()
        self.executor.database.lock(session, commit.lock_number(key))
        session.expire_all()  # what was read before this lock is read again
        query = self.executor.lock_query(head)
        clock = self.executor.database.clock.params()
        found = session.execute(query, {"id": id, "key": key, **clock}).one_or_none()
        if found is None:
            raise NotFound(ref=key)
        row, seq, chain, last, read, due_at = found
        self._replay(session)
        now = max([last, read, *(at.now for at in self.held.values())])
        if due_at is not None and due_at <= now and key != self.settling:
            raise Due(key)
        at = self.held[key] = At(row, now, self, seq, chain, fresh=False)
        return at

    def create(self, row: H) -> At[H]:
        """A new stream. Its id is ours and unseen, so it needs no lock."""
        session = self.open()
        if row.id is None:
            row.id = new_id()
        if not self.held:
            self._replay(session)
        first = next(iter(self.held.values()), None)
        now = first.now if first else self.executor.database.now(session)
        at = self.held[row.stream] = At(row, now, self, 0, "", fresh=True)
        session.add(row)
        return at

    def add(self, row: DeclarativeBase) -> None:
        """A row that belongs to no stream, such as a message to a person."""
        self.open().add(row)

    def open(self) -> Session:
        """The writing session. An object read before this moment cannot be used after it."""
        if self._session is None:
            self._forget_what_was_read()
            turn = self.executor.database.write(background=self.background)
            self._session = self._stack.enter_context(turn)
            self.opened_at = time.monotonic()
            event.listen(self._session, "before_flush", self._guard)
            event.listen(self._session, "do_orm_execute", _no_bulk_dml)
        return self._session

    def now(self, session: Session) -> datetime:
        """For rows of no stream only; decisions about a stream use its `at.now`."""
        latest = [at.now for at in self.held.values()]
        return max(latest) if latest else self.executor.database.now(session)

    def _keep_order(self, prefix: str, id: str) -> None:
        order = self.executor.order
        rank = (order.index(prefix), id)
        for other in self.held.values():
            if not other.fresh and rank < (order.index(other.row.PREFIX), other.row.id):
                raise Misuse(
                    f"{prefix}:{id} after {other.row.stream}: lock in order {order}, then by id"
                )

    def _forget_what_was_read(self) -> None:
        if self._before is not None:
            if self._before.new or self._before.dirty or self._before.deleted:
                raise Misuse("a row was changed before the first lock()")
            self._before.expire_all()
            self._before.expunge_all()  # any later use raises DetachedInstanceError
        self._stack.close()
        self._before = None

    def _replay(self, session: Session) -> None:
        if self.key:
            answer = commit.old_reply(session, self.actor.key, self.key)
            if answer is not None:
                raise Replayed(*answer)

    # -- committing -------------------------------------------------------------------------

    def _guard(self, session: Session, _context: object, _instances: object) -> None:
        for row in session.new:
            self._note_write(row)
        for row in session.deleted:
            self._note_write(row)
        for row in session.dirty:
            if session.is_modified(row):
                self._refuse_fixed(row)
                self._note_write(row)

    def _note_write(self, row: object) -> None:
        if not isinstance(row, models.Owned):
            self.written.add("")
            return
        if row.stream not in self.held:
            raise Misuse(f"{type(row).__name__} of {row.stream} written without its lock")
        self.written.add(row.stream)
        if row.INDEXED and self.held[row.stream].row.was_public:
            self.marks.add((row.INDEXED, row.stream.partition(":")[2]))

    @staticmethod
    def _refuse_fixed(row: object) -> None:
        state = inspect(row)
        for name, column in inspect(type(row)).columns.items():
            if column.info.get("fixed") and state.attrs[name].history.has_changes():
                raise Misuse(f"{column} never changes")

    def finish(self, result: Result | None) -> None:
        """Commits everything at once, or nothing. Raises Misuse, IntegrityError, LeaseLost."""
        if isinstance(result, Refusal) and self._session is None:
            raise Misuse("a remembered refusal is decided under a lock")
        if self._session is None and not self.claims:
            self._forget_what_was_read()
            self.ended = True
            return
        session = self.open()
        session.flush()
        if isinstance(result, Refusal) and self.written:
            raise Misuse(f"refused with {result.code}, yet rows were changed")
        for stream in self.written - {""}:
            if not self.held[stream].entries:
                raise Misuse(f"{stream} was changed but nothing was recorded")
        commit.write(self, session, result)
        self.committing = True
        session.commit()
        told = bool(self.facts or self.timers or self.marks)
        self.abandon()
        if told:
            self.executor.poke()

    def abandon(self) -> None:
        """Ends the unit of work; what was not committed is rolled back."""
        self.ended = True
        self._stack.close()


def _no_bulk_dml(state: ORMExecuteState) -> None:
    if not state.is_select:
        raise Misuse("write rows through the session: bulk and text statements pass by the guard")
