"""The end of a round with a winner: the deal opens in the same unit of work, its price agreed."""

from __future__ import annotations

from dataclasses import replace

from core.times import legal_date
from core.unit_of_work import At, UnitOfWork
from deals import progress
from deals.engine.declaration import Side
from deals.models import Deal, Posting
from deals.offers import Terms
from deals.opening import Beginning, assets_of, begin_deal
from deals.rounds import deposits, law
from deals.rounds.defaults import stands
from deals.rounds.models import Registration, Round
from deals.rounds.parties import party_of
from deals.rounds.states import RoundAct, round_after
from deals.scarcity import Wish, way_is_free
from listings.models import Asset, Listing
from listings.states import ListingState


def award(uow: UnitOfWork, at: At[Round], winner: Registration, minor: int) -> None:
    """To a qualified party, at a price in minor units. Where a right entered in the register has
    taken the way meanwhile, or nobody is left who could sell, the round fails and says so."""
    posting = uow.lock(Posting, at.row.posting)
    listing = uow.lock(Listing, at.row.listing)
    terms = replace(Terms.load(posting.row.terms), lump_sum=minor)
    before = at.row.state
    against = _against(uow, at, listing, terms)
    at.row.due_at = None
    if not against:
        deal = _open_deal(uow, at, winner, terms, listing)
        at.row.state = round_after(before, RoundAct.AWARD)
        at.row.deal, at.row.price_minor = deal.row.id, minor
        at.row.ended_at = at.now
        at.record("awarded", registration=winner.id, deal=deal.row.id, price=minor)
        at.fact("round.awarded")
        if at.row.deposit_minor:
            at.row.due_at = law.hold_ends(uow, at.row, at.now)
        deposits.free(uow, at.row, but=winner.organisation)
    else:
        at.row.state, at.row.reason = round_after(before, RoundAct.FAIL), against
        at.row.ended_at = at.now
        at.record("failed", reason=against)
        at.fact("round.failed")
        deposits.free(uow, at.row)
    posting.row.state, posting.row.ended_at = "withdrawn", at.now
    posting.record("ended", round=at.row.id)


def _against(uow: UnitOfWork, at: At[Round], listing: At[Listing], terms: Terms) -> str:
    """The reason for which the round fails, or ""."""
    sells = listing.row.state == ListingState.PUBLISHED and stands(uow.session, at.row.owner_org)
    if not sells:
        return "gone"
    return "" if _is_free(uow, at, listing, terms) else "way_taken"


def _is_free(uow: UnitOfWork, at: At[Round], listing: At[Listing], terms: Terms) -> bool:
    """Under the locks of the assets; what this round itself promised does not count."""
    assets = [uow.lock(Asset, id).row.id for id in assets_of(uow.session, listing.row.asset)]
    today = legal_date(at.now, uow.ports.zone)
    wish, profile = Wish.of(terms), law.pinned(uow, at.row)
    return way_is_free(
        uow.session, assets, "", wish, today, posting=at.row.posting, profile=profile
    )


def _open_deal(
    uow: UnitOfWork, at: At[Round], winner: Registration, terms: Terms, listing: At[Listing]
) -> At[Deal]:
    how = Beginning(
        "open_listing",
        terms.currency,
        party_of(uow.session, winner, uow.actor.language),
        posting=at.row.posting,
        related=winner.related,
    )
    deal = begin_deal(uow, listing.row, at.now, how)
    evidence = {"round": at.row.id, "registration": winner.id}
    progress.move(uow, deal, "award", Side.SELLER, {"terms": terms}, **evidence)
    return deal
