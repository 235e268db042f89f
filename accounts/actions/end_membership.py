"""Somebody leaves an organisation, by their own will or its administrator's."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Membership, Organisation, Person
from accounts.permissions import may_organisation
from accounts.seats import refuse_last_admin
from accounts.sessions import revoke_all
from core.actor import Actor
from core.errors import NotFound
from core.results import Done
from core.unit_of_work import UnitOfWork


def end_membership(uow: UnitOfWork, membership: str) -> Done:
    """Holds from this moment; all of the person's sessions end, so that no open page goes on.

    Ending an ended one changes nothing. Raises LastAdministrator, Forbidden, NotFound.
    """
    where = Membership.id == membership
    organisations, people = (
        uow.find(Membership.organisation, where),
        uow.find(Membership.person, where),
    )
    if not organisations:
        raise NotFound
    uow.check(_may_end, organisations[0], people[0])
    at, at_person = uow.lock(Organisation, organisations[0]), uow.lock(Person, people[0])
    row = uow.session.scalars(select(Membership).where(where)).one()
    if row.ends_at is None or row.ends_at > at.now:
        if uow.actor.kind != "system":
            refuse_last_admin(at, row.person)
        row.ends_at = at.now
        revoke_all(at_person)
        at.record("membership_ended", membership=membership, person=row.person)
        at.fact("organisation.members_changed")
    return Done(organisations[0])


def _may_end(session: Session, actor: Actor, organisation: str, person: str) -> None:
    if actor.person != person:
        may_organisation(session, actor, "manage", organisation)
