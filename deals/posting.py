"""Published terms: what an owner writes, whom it lets in, and what acceptance looks at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from accounts.models import Organisation
from accounts.states import OrganisationState
from core.actor import Actor
from core.errors import Forbidden, NotFound, Problem
from core.i18n import N_
from deals.border import border_before
from deals.eligibility import Candidate, Conditions, obstacle
from deals.models import Posting
from deals.modes import MODES
from deals.offers import Terms, problems
from deals.opening import assets_of
from deals.permissions import BUYERS, OFFICERS
from listings.models import Listing
from listings.states import ListingState

LONGEST_CONDITIONS: Final = 1000


@dataclass(frozen=True)
class Posted:
    """What the office publishes: terms in a mode, and conditions for who accepts them."""

    mode: str
    terms: Terms
    conditions: str = ""
    domestic_only: bool = False
    price_reason: str = ""
    """Why the price lies so far below the valuation on file."""
    mode_reason: str = ""
    """Why the price is found in a way that the law does not name."""


def posted_problems(posted: Posted, currency: str, today: date) -> dict[str, list[Problem]]:
    """What must be corrected before the terms can be published, by field."""
    found = problems(posted.terms, currency, today)
    if posted.mode not in MODES or not MODES[posted.mode].posts:
        found["mode"] = [Problem("mode_unknown", N_("Choose how the price is found."))]
    if len(posted.conditions) > LONGEST_CONDITIONS:
        limit = {"limit": LONGEST_CONDITIONS}
        said = N_("Use at most %(limit)s characters.")
        found["conditions"] = [Problem("too_long", said, limit)]
    if len(posted.price_reason) > LONGEST_CONDITIONS:
        said, limit = N_("Use at most %(limit)s characters."), {"limit": LONGEST_CONDITIONS}
        found["price_reason"] = [Problem("too_long", said, limit)]
    return found


def check_posts(session: Session, actor: Actor, listing: str) -> None:
    """For `uow.check`: the owner's office publishes. Raises NotFound, Forbidden."""
    row = session.get(Listing, listing)
    office = row is not None and bool(actor.roles_in(row.owner_org) & OFFICERS)
    if row is None or not (office or row.state == ListingState.PUBLISHED):
        raise NotFound(ref=f"listing:{listing}")
    if not office:
        raise Forbidden(do="post")


def check_office(session: Session, actor: Actor, posting: str) -> None:
    """For `uow.check`: the owner's office alone; published terms are no secret. Raises NotFound,
    Forbidden."""
    row = session.get(Posting, posting)
    if row is None:
        raise NotFound(ref=f"posting:{posting}")
    if not actor.roles_in(row.owner_org) & OFFICERS:
        raise Forbidden(do="post")


def check_buys(_session: Session, actor: Actor, organisation: str) -> None:
    """For `uow.check`: may the actor buy in the name of this organisation? Raises Forbidden."""
    if not actor.roles_in(organisation) & BUYERS:
        raise Forbidden(do="buy")


def buyers_for(actor: Actor, owner: str) -> list[str]:
    """The organisations in whose name the actor could accept, the owner's own left out."""
    own = actor.same_as(owner)
    return [seat.organisation for seat in actor.seats
            if seat.roles & BUYERS and not seat.house and seat.organisation not in own]  # fmt: skip


def terms_stand(session: Session, row: Posting, today: date) -> bool:
    """Whether the terms can still be accepted: neither withdrawn nor past their day, and the
    listing is published. Decides only under the locks of both."""
    until = row.valid_until
    listing = session.get_one(Listing, row.listing)
    return (
        row.state == "open"
        and (until is None or today <= until)
        and listing.state == ListingState.PUBLISHED
    )


def ineligible(session: Session, row: Posting, organisation: str) -> str:
    """Why the organisation cannot accept these terms: a code, or ""."""
    buyer = session.get_one(Organisation, organisation)
    owner = session.get_one(Organisation, row.owner_org)
    candidate = Candidate(buyer.id, buyer.country, buyer.state == OrganisationState.VETTED)
    assets = assets_of(session, session.get_one(Listing, row.listing).asset)
    border = border_before(session, owner.id, buyer.id, assets)
    export = border.against_taking if border else ""
    return obstacle(candidate, Conditions(owner.id, owner.country, row.domestic_only, export))
