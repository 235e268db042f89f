"""Puts an offer on the table; the next one, of either side, is the counter-offer."""

from __future__ import annotations

from dataclasses import replace

from core.errors import Invalid
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from deals import lawful
from deals.models import Deal
from deals.offers import Terms, problems
from deals.permissions import Do, acting_side, check_deal
from deals.progress import move
from deals.weighing import keep, weighed


def make_offer(
    uow: UnitOfWork, deal: str, terms: Terms, answering: int | None = None, price_reason: str = ""
) -> Done:
    """`answering`: the version that the offerer had read, None for none on the table.

    Without a date the offer is valid as long as the profile says. `price_reason`: of the owner's
    side, why the price lies far below the valuation on file; a buyer's is not kept. Raises Invalid,
    OfferSuperseded where another version came meanwhile, and the stops of the engine.
    """
    uow.check(check_deal, deal, Do.ACT)
    at = uow.lock(Deal, deal)
    side = acting_side(uow.actor, at.row)
    today = legal_date(at.now, uow.ports.zone)
    if terms.valid_until is None:
        profile = lawful.pinned(uow, at.row)
        if lawful.OFFER_DAYS in profile:
            terms = replace(terms, valid_until=profile.deadline(lawful.OFFER_DAYS, today).day)
    if wrong := problems(terms, at.row.currency, today):
        raise Invalid(wrong)
    standing = weighed(uow, at, side, terms, price_reason)
    move(uow, at, "offer", side, {"terms": terms, "version": answering}, way=terms.way)
    keep(at, at.row.offer, standing)
    return Done(str(at.row.offer))
