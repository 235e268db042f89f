"""Publishing terms, in every mode that does so: the row, under the caller's lock."""

from __future__ import annotations

import hashlib
from typing import Final

from core.errors import Invalid, Problem
from core.i18n import N_, format_money
from core.law import Profile
from core.money import Money
from core.times import legal_date
from core.unit_of_work import At, UnitOfWork
from deals.deciding.rules import price_of
from deals.errors import ListingNotOpen, WayTaken
from deals.models import Posting
from deals.opening import assets_of
from deals.posting import Posted, posted_problems
from deals.scarcity import way_is_free
from listings.kinds import Way
from listings.models import Asset, Listing, Valuation
from listings.states import ListingState
from listings.valuing import strays, valuation_on

START_RATIO: Final = "bidding.start_min_ratio"


def publish(uow: UnitOfWork, at: At[Listing], posted: Posted) -> At[Posting]:
    """The new posting, on a locked listing. Raises Invalid, ListingNotOpen, WayTaken."""
    if at.row.state != ListingState.PUBLISHED:
        raise ListingNotOpen
    today = legal_date(at.now, uow.ports.zone)
    terms = posted.terms
    if wrong := posted_problems(posted, terms.currency, today):
        raise Invalid(wrong)
    assets = [uow.lock(Asset, id).row.id for id in assets_of(uow.session, at.row.asset)]
    if not way_is_free(uow.session, assets, "", terms.way, terms.field, today):
        raise WayTaken
    valued = valuation_on(uow.session, at.row.asset, today)
    _ask_reason(uow, uow.law(at.row.jurisdiction, today), valued, posted)
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
        valid_until=terms.valid_until,
    )
    made = uow.create(row)
    uow.session.flush()
    made.record(
        "posted", listing=at.row.id, mode=posted.mode, way=terms.way, valuation=row.valuation,
        reason=hashlib.sha256(row.price_reason.encode()).hexdigest() if row.price_reason else None,
    )  # fmt: skip
    made.fact("posting.posted")
    return made


def _ask_reason(
    uow: UnitOfWork, profile: Profile, valued: Valuation | None, posted: Posted
) -> None:
    """A price for the whole right further below its valuation than the profile lets pass is allowed
    with a reason; what a licence is worth, the valuation of the right does not say. Raises
    Invalid."""
    whole = posted.terms.way == Way.ASSIGNMENT
    if START_RATIO not in profile or not whole or posted.price_reason.strip():
        return
    least = profile.ratio(START_RATIO)
    terms = posted.terms
    bound = strays(valued, price_of(terms), terms.currency, least)
    if bound is None or valued is None:
        return
    text = N_(
        "The valuation on file is %(value)s. A price below %(share)s per cent of it needs a reason."
    )
    said = format_money(Money(valued.minor, valued.currency), uow.actor.language)
    params = {"value": said, "share": f"{least * 100:.0f}"}
    raise Invalid({"price_reason": [Problem("price_strays", text, params)]})
