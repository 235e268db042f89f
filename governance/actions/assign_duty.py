"""An operator takes a duty, or gives it to a colleague."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from accounts.permissions import may_operate
from core.actor import Actor
from core.errors import Invalid, NotFound, Outdated, Problem
from core.i18n import N_
from core.ids import made_of
from core.results import Done
from core.unit_of_work import UnitOfWork
from core.versions import version_of
from governance.duty_rules import DutyKind
from governance.models import DutyOwner
from governance.operators import operators


def assign_duty(
    uow: UnitOfWork, kind: str, subject: str, owner: str, version: int | None = None
) -> Done:
    """`owner` empty: nobody's again. `version` is the one the writer saw: a duty that a colleague
    has taken meanwhile is not taken from them unseen. Raises Invalid, Outdated, NotFound."""
    uow.check(may_operate)
    if kind not in set(DutyKind):
        raise NotFound
    id = made_of(kind, subject)
    try:
        at = uow.lock(DutyOwner, id)
    except NotFound:
        now = uow.now(uow.open())
        at = uow.create(DutyOwner(id=id, kind=kind, subject=subject, assigned_at=now))
    uow.check(_is_operator, owner, at.now)
    if version is not None and version != version_of(at.row.owner or ""):
        raise Outdated
    at.row.owner, at.row.assigned_by, at.row.assigned_at = owner or None, uow.actor.person, at.now
    at.record("duty_assigned", duty=kind, subject=subject, owner=owner or None)
    return Done(id)


def _is_operator(session: Session, _actor: Actor, person: str, now: datetime) -> None:
    if person and person not in operators(session, now):
        raise Invalid({"owner": [Problem("owner", N_("Choose one of the operators."))]})
