"""One recovery under its person's lock."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import Person
from accounts.recovery.errors import OtherOperator, RecoveryMovedOn
from accounts.recovery.models import Recovery
from accounts.recovery.states import OPEN, after
from core.errors import NotFound
from core.unit_of_work import At, UnitOfWork

TIMER = "recovery"


def lock_recovery(uow: UnitOfWork, recovery: str) -> tuple[At[Person], Recovery]:
    """Raises NotFound."""
    found = uow.find(Recovery.person, Recovery.id == recovery)
    if not found:
        raise NotFound
    at = uow.lock(Person, found[0])
    return at, uow.session.scalars(select(Recovery).where(Recovery.id == recovery)).one()


def open_recovery(at: At[Person]) -> Recovery | None:
    """The one that runs for the locked person."""
    where = Recovery.person == at.row.id, Recovery.state.in_(OPEN)
    return at.uow.session.scalars(select(Recovery).where(*where)).one_or_none()


def move(row: Recovery, step: str) -> None:
    """Raises RecoveryMovedOn where the table knows no such step."""
    state = after(row.state, step)
    if state is None:
        raise RecoveryMovedOn
    row.state = state


def refuse_same(uow: UnitOfWork, row: Recovery) -> None:
    """Neither the person, nor who vouched, speaks a second time. Raises OtherOperator."""
    if uow.actor.person in {row.person, row.vouched_by}:
        raise OtherOperator


def end(at: At[Person], row: Recovery, step: str) -> None:
    """Stops or refuses it. Raises RecoveryMovedOn."""
    move(row, step)
    row.ended_by, row.ended_at = at.uow.actor.person, at.now
    at.timer(TIMER, None)
    at.record(f"recovery_{row.state}", recovery=row.id, by=at.uow.actor.key)
    at.fact("person.recovery_ended")
