"""A price in talks beside the valuation on file: a question to the owner's side alone."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import Invalid, Problem
from core.i18n import N_
from core.times import legal_date
from core.unit_of_work import At, UnitOfWork
from deals import lawful
from deals.engine.declaration import Side
from deals.models import Deal, Offer
from deals.offers import Terms
from deals.posting import LONGEST_CONDITIONS
from deals.pricing import ask_reason, hashed
from listings.models import Listing
from listings.valuing import valuation_on


@dataclass(frozen=True)
class Weighed:
    """The number of the valuation on file, and the reason, where the price needs or has one."""

    valuation: int | None
    reason: str


def weighed(uow: UnitOfWork, at: At[Deal], side: Side, terms: Terms, reason: str) -> Weighed | None:
    """None for the buyer, who learns nothing of a valuation: not even by a refusal. Raises Invalid
    where the price asks for a reason and has none."""
    if side is not Side.SELLER:
        return None
    if len(reason) > LONGEST_CONDITIONS:
        text, limit = N_("Use at most %(limit)s characters."), {"limit": LONGEST_CONDITIONS}
        raise Invalid({"price_reason": [Problem("too_long", text, limit)]})
    asset = uow.session.get_one(Listing, at.row.listing).asset
    found = valuation_on(uow.session, asset, legal_date(at.now, uow.ports.zone))
    ask_reason(uow, lawful.pinned(uow, at.row), found, terms, reason)
    return Weighed(found.n if found is not None else None, reason.strip())


def keep(at: At[Deal], version: int | None, standing: Weighed | None) -> None:
    """With the version that was offered or accepted."""
    if standing is None or standing.valuation is None:
        return
    at.uow.session.flush()
    row = at.uow.session.get_one(Offer, (at.row.id, version))
    row.valuation, row.price_reason = standing.valuation, standing.reason
    at.record("weighed", version=version, valuation=row.valuation, reason=hashed(row.price_reason))
