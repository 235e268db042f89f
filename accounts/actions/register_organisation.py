"""Somebody registers the organisation they speak for; an operator vets it."""

from __future__ import annotations

from accounts.models import Organisation
from accounts.permissions import is_person
from accounts.registration import OrganisationDraft, check_distinct, check_draft, write_details
from accounts.rules import ADMIN_OF_KIND
from accounts.seats import give_seat
from core.results import Done
from core.unit_of_work import UnitOfWork


def register_organisation(uow: UnitOfWork, draft: OrganisationDraft) -> Done:
    """The actor becomes its administrator. Raises Invalid, NumberTaken, LooksLikeAnother,
    Forbidden."""
    uow.check(is_person)
    uow.check(check_draft, draft, uow.ports.organisation_numbers)
    uow.check(check_distinct, draft)
    at = uow.create(
        Organisation(
            kind=draft.kind,
            number=draft.number,
            registered_by=uow.actor.person,
            registered_at=uow.now(uow.open()),
        )
    )
    write_details(at, draft)
    give_seat(at, uow.actor.person or "", {ADMIN_OF_KIND[draft.kind], *draft.roles})
    at.record("registered", by=uow.actor.person, kind=draft.kind)
    at.fact("organisation.registered")
    return Done(at.row.id)
