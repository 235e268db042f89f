"""Say which officer works on a listing."""

from __future__ import annotations

from accounts.queries import people_in
from core.errors import Invalid, Problem
from core.i18n import N_
from core.results import Done
from core.unit_of_work import UnitOfWork
from listings.models import Listing
from listings.permissions import OFFICERS, Do, check_may


def assign_handler(uow: UnitOfWork, listing: str, person: str | None) -> Done:
    """To oneself or to a colleague who is an officer now; None takes the assignment back.

    Raises Forbidden, Invalid.
    """
    uow.check(check_may, listing, Do.CHECK)
    at = uow.lock(Listing, listing)
    if person not in (None, uow.actor.person, *_colleagues(uow, at.row.owner_org)):
        words = N_("Give it to a colleague who is an officer of the same organisation.")
        raise Invalid({"handler": [Problem("handler", words)]})
    at.row.handler = person
    at.record("assigned", person=person)
    return Done(listing)


def _colleagues(uow: UnitOfWork, organisation: str) -> list[str]:
    return people_in(uow.session, organisation, uow.now(uow.session), OFFICERS)
