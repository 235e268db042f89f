"""The organisation's administrator says whether somebody belongs to it."""

from __future__ import annotations

from sqlalchemy import select

from accounts.errors import StepNotPossible
from accounts.models import JoinRequest, Organisation
from accounts.permissions import may_organisation
from accounts.seats import give_seat
from core.errors import NotFound
from core.results import Done
from core.unit_of_work import UnitOfWork


def answer_join_request(uow: UnitOfWork, request: str, roles: list[str], *, accept: bool) -> Done:
    """Accepting gives a seat with `roles`. Raises Invalid, StepNotPossible, AlreadyMember,
    Forbidden, NotFound."""
    found = uow.find(JoinRequest.organisation, JoinRequest.id == request)
    if not found:
        raise NotFound
    uow.check(may_organisation, "manage", found[0])
    at = uow.lock(Organisation, found[0])
    row = uow.session.scalars(select(JoinRequest).where(JoinRequest.id == request)).one()
    if row.state != "open":
        raise StepNotPossible
    row.state = "accepted" if accept else "refused"
    row.answered_by, row.answered_at = uow.actor.person, at.now
    at.record(f"join_{row.state}", request=request, person=row.person)
    if accept:
        give_seat(at, row.person, roles)
    at.fact("organisation.join_answered")
    return Done(found[0])
