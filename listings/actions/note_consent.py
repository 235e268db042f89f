"""Note on which day a co-owner agreed to the offer, while the title is being checked or later."""

from __future__ import annotations

from datetime import date

from core.errors import Invalid, NotFound, Outdated, Problem
from core.i18n import N_
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from core.versions import version_of
from listings import facts
from listings.models import Asset, CoOwner, Listing
from listings.permissions import Do, check_may


def note_consent(
    uow: UnitOfWork, listing: str, co_owner: int, on: date | None, version: int | None = None
) -> Done:
    """None takes the consent back. Availability follows: an exclusive right needs all co-owners
    (Patent Law art. 14). `version` is the one the writer saw. Raises Forbidden, NotFound, Outdated,
    Invalid for a day to come.
    """
    uow.check(check_may, listing, Do.CHECK)
    at = uow.lock(Listing, listing)
    asset = uow.lock(Asset, at.row.asset)
    row = uow.session.get(CoOwner, co_owner)
    if row is None or row.asset != asset.row.id:
        raise NotFound(ref=f"listing:{listing}")
    if on is not None and on > legal_date(asset.now, uow.ports.zone):
        words = N_("The day of consent lies in the future. Enter the day on the document.")
        raise Invalid({"consented_on": [Problem("future", words)]})
    if version is not None and version != version_of(row.consented_on):
        raise Outdated
    row.consented_on = on
    asset.record("consent_noted", co_owner=co_owner, on=on.isoformat() if on else None)
    asset.fact(facts.ASSET_CHANGED)
    return Done(listing)
