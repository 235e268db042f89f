"""The contract of a trial was signed: what it can become is a deal of its own from now on."""

from __future__ import annotations

from sqlalchemy import select

from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.engine.declaration import Side
from deals.models import Deal, DealStep, Offer
from deals.modes.trial_conversion import TRIAL_CONVERSION
from deals.offers import Terms, taken_up
from deals.opening import Beginning, Party, begin_deal
from deals.permissions import Do, check_deal
from deals.progress import move
from deals.weighing import Weighed, keep
from listings.kinds import Way
from listings.models import Listing


def begin_trial(uow: UnitOfWork, deal: str) -> Done:
    """By the market, when the contract is signed; twice is once, and before that, or of another
    way, nothing. The way that the trial can become is held for the firm until the last day."""
    uow.check(check_deal, deal, Do.ACT)
    at = uow.lock(Deal, deal)
    row = at.row
    known = select(Deal.id).where(Deal.follows == deal)
    signed = select(DealStep.n).where(DealStep.deal == deal, DealStep.act == "conclude")
    if row.way != Way.TRIAL_LICENCE or uow.session.scalar(signed.limit(1)) is None:
        return Done(deal)
    if uow.session.scalar(known) is not None:
        return Done(deal)
    agreed = uow.session.get_one(Offer, (deal, row.agreed))
    terms = Terms.load(agreed.terms)
    listing = uow.session.get_one(Listing, row.listing)
    buyer = Party(row.buyer_person, row.buyer_org, row.buyer_name, row.buyer_firm)
    how = Beginning(TRIAL_CONVERSION.code, row.currency, buyer, follows=deal, related=row.related)
    made = begin_deal(uow, listing, at.now, how)
    move(uow, made, "begin", Side.SELLER, {"terms": taken_up(terms)}, trial=deal)
    keep(made, made.row.offer, Weighed(agreed.valuation, agreed.price_reason))
    return Done(made.row.id)
