"""Who shows that they belong to an organisation joins it as it chose: at once, or by asking."""

from __future__ import annotations

from sqlalchemy import select

from accounts.errors import AlreadyAsked, AlreadyMember
from accounts.models import JoinRequest, Membership, Organisation
from accounts.permissions import is_person, may_organisation
from accounts.seats import give_seat, holders
from accounts.sign_on.errors import NotOffered
from accounts.sign_on.offers import offered_by
from accounts.sign_on.rules import SMALLEST_SEAT
from core.ids import new_id
from core.results import Done
from core.unit_of_work import UnitOfWork


def take_offered_seat(uow: UnitOfWork, organisation: str) -> Done:
    """The ref is `joined` or `asked`. Who sat there before, or was refused, is always looked at by
    a person. Raises NotOffered, AlreadyAsked, AlreadyMember, Forbidden, NotFound."""
    uow.check(is_person)
    uow.check(may_organisation, "ask_to_join", organisation)
    at, person = uow.lock(Organisation, organisation), uow.actor.person or ""
    if person in holders(at):
        raise AlreadyMember  # a second press, whose look was before the first one's seat
    offers = offered_by(uow.session, person, organisation)
    if not offers:
        raise NotOffered
    m, r = Membership, JoinRequest
    asked = set(
        uow.session.scalars(
            select(r.state).where(r.organisation == organisation, r.person == person)
        )
    )
    if "open" in asked:
        raise AlreadyAsked
    sat = uow.session.scalar(
        select(m.id).where(m.organisation == organisation, m.person == person).limit(1)
    )
    if "grant" in offers and not sat and "refused" not in asked and at.row.kind in SMALLEST_SEAT:
        at.record("joined_by_domain", person=person)
        give_seat(at, person, [SMALLEST_SEAT[at.row.kind]])
        return Done("joined")
    row = JoinRequest(id=new_id(), organisation=organisation, person=person, asked_at=at.now)
    at.add(row)
    at.record("join_asked", request=row.id, person=person)
    at.fact("organisation.join_asked")
    return Done("asked")
