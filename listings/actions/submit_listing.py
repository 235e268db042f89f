"""Hand a draft to the transfer office."""

from __future__ import annotations

from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from listings import facts
from listings.errors import Incomplete
from listings.filled import load_filled
from listings.history import move
from listings.models import Asset, Listing
from listings.permissions import Do, check_may
from listings.rules import SUBMITTED, check_publishable, check_secrecy, fields_of, missing
from listings.states import ListingAction


def submit_listing(uow: UnitOfWork, listing: str) -> Done:
    """Raises Incomplete while a field that review needs is empty; the draft is kept; Classified,
    NotPublishable."""
    uow.check(check_may, listing, Do.SUBMIT)
    at = uow.lock(Listing, listing)
    uow.lock(Asset, at.row.asset)
    filled = load_filled(uow.session, listing)
    profile = uow.law(at.row.jurisdiction, legal_date(at.now, uow.ports.zone))
    check_secrecy(filled.secrecy)
    passed = check_publishable(filled.secrecy, profile)
    rules = (profile.value(SUBMITTED), *passed)
    move(at, ListingAction.SUBMIT, profile=profile.pin, rules=rules)
    if lacking := missing(filled, profile.codes(SUBMITTED)):
        raise Incomplete(fields=fields_of(lacking))
    at.row.submitted_at, at.row.returned_code = at.now, None
    at.row.approved_by = at.row.approved_at = None
    at.fact(facts.LISTING_SUBMITTED)
    return Done(listing)
