"""Publishing terms, in every mode that does so: the row, under the caller's lock."""

from __future__ import annotations

from core.errors import Invalid
from core.times import legal_date
from core.unit_of_work import At, UnitOfWork
from deals.errors import ListingNotOpen, WayTaken
from deals.models import Posting
from deals.opening import assets_of
from deals.outside import ask_owner
from deals.posting import Posted, posted_problems
from deals.pricing import ask_reason, hashed
from deals.scarcity import Wish, way_is_free
from listings.models import Asset, Listing
from listings.states import ListingState
from listings.valuing import valuation_on


def publish(uow: UnitOfWork, at: At[Listing], posted: Posted) -> At[Posting]:
    """The new posting, on a locked listing. Raises Invalid, ListingNotOpen, WayTaken."""
    if at.row.state != ListingState.PUBLISHED:
        raise ListingNotOpen
    today = legal_date(at.now, uow.ports.zone)
    terms = posted.terms
    if wrong := posted_problems(posted, terms.currency, today):
        raise Invalid(wrong)
    assets = [uow.lock(Asset, id).row.id for id in assets_of(uow.session, at.row.asset)]
    profile = uow.law(at.row.jurisdiction, today)
    if not way_is_free(uow.session, assets, "", Wish.of(terms), today, profile=profile):
        raise WayTaken
    valued = valuation_on(uow.session, at.row.asset, today)
    why = ask_owner(uow, at.row.owner_org, profile, posted.mode, posted.mode_reason)
    ask_reason(uow, profile, valued, terms, posted.price_reason)
    row = Posting(
        mode=posted.mode,
        listing=at.row.id,
        owner_org=at.row.owner_org,
        posted_at=at.now,
        posted_by=uow.actor.person,
        way=terms.way,
        terms=terms.dump(),
        conditions=posted.conditions.strip(),
        domestic_only=posted.domestic_only,
        valuation=valued.n if valued is not None else None,
        price_reason=posted.price_reason.strip(),
        mode_reason=why,
        valid_until=terms.valid_until,
    )
    made = uow.create(row)
    uow.session.flush()
    made.record(
        "posted", listing=at.row.id, mode=posted.mode, way=terms.way, valuation=row.valuation,
        reason=hashed(row.price_reason), why=hashed(why),
    )  # fmt: skip
    made.fact("posting.posted")
    return made
