"""An operator begins a recovery for somebody who came by telephone or in person."""

from __future__ import annotations

from accounts.factors.queries import has_factor
from accounts.models import Person
from accounts.permissions import may_operate
from accounts.recovery.errors import NothingLost, RecoveryAsked
from accounts.recovery.models import Recovery
from accounts.recovery.moving import open_recovery, refuse_same
from accounts.states import PersonState
from core.errors import NotFound
from core.ids import new_id
from core.results import Done
from core.unit_of_work import UnitOfWork


def begin_recovery(uow: UnitOfWork, person: str) -> Done:
    """Raises NotFound, OtherOperator, NothingLost, RecoveryAsked."""
    uow.check(may_operate)
    if not uow.find(Person.id, Person.id == person):
        raise NotFound
    at = uow.lock(Person, person)
    row = Recovery(id=new_id(), person=person, asked_at=at.now)
    refuse_same(uow, row)
    if at.row.state != PersonState.ACTIVE or not has_factor(uow.session, person):
        raise NothingLost
    if open_recovery(at) is not None:
        raise RecoveryAsked
    at.add(row)
    at.record("recovery_asked", recovery=row.id, by=uow.actor.key)
    return Done(row.id)
