"""Published terms as anybody reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from accounts.queries import organisation_names
from core.actor import Actor
from deals.engine.declaration import Mode
from deals.models import Posting
from deals.modes import MODES
from deals.offers import Terms
from deals.open_licence.models import OpenLicence
from deals.permissions import OFFICERS, oversees
from deals.posting import buyers_for
from deals.queries.names import listing_titles
from listings.models import Listing
from listings.states import ListingState


@dataclass(frozen=True)
class PostingPage:
    """`state`: open, withdrawn, or lapsed past its last day. `buyers`: organisations, by id with
    their names, in whose name the reader could accept."""

    row: Posting
    mode: Mode
    terms: Terms
    title: str
    owner: str
    state: str
    ours: bool
    """The reader works in the owner's office."""
    desk: bool
    """The reader may know why the owner chose this way: its office and the overseers."""
    buyers: dict[str, str]
    statement: OpenLicence | None = None
    """What it says to the patent office, where it is the statement of an open licence."""

    @property
    def standing(self) -> str:
        """`state`, and of a statement that stands: `offered` or `announced`."""
        if self.statement is None or self.state != "open":
            return self.state
        return "announced" if self.announced else "offered"

    @property
    def announced(self) -> bool:
        """The patent office has announced it, so that a licence arises with notice and payment."""
        return self.statement is not None and self.statement.announced_on is not None


def posting_page(
    session: Session, actor: Actor, posting: str, today: date, language: str
) -> PostingPage | None:
    """None where there is no such posting, or its listing is public no more and the reader does
    not work in the owner's office. Six queries."""
    row = session.get(Posting, posting)
    if row is None:
        return None
    ours = bool(actor.roles_in(row.owner_org) & OFFICERS)
    listing = session.get_one(Listing, row.listing)
    if not (ours or listing.state == ListingState.PUBLISHED):
        return None
    buyers = buyers_for(actor, row.owner_org)
    names = organisation_names(session, [row.owner_org, *buyers], language)
    return PostingPage(
        row,
        MODES[row.mode],
        Terms.load(row.terms),
        listing_titles(session, [row.listing], language).get(row.listing, ""),
        names.get(row.owner_org, ""),
        state_on(row, today),
        ours,
        ours or oversees(actor, row.owner_org),
        {id: names.get(id, id) for id in buyers},
        session.get(OpenLicence, posting),
    )


def postings_on(session: Session, listing: str, today: date) -> Sequence[Posting]:
    """The terms that can be accepted now, oldest first. One query."""
    rows = select(Posting).where(
        Posting.listing == listing,
        Posting.state == "open",
        or_(Posting.valid_until.is_(None), Posting.valid_until >= today),
    )
    return session.scalars(rows.order_by(Posting.posted_at, Posting.id)).all()


def state_on(row: Posting, today: date) -> str:
    """As a reader sees it: terms past their last day have lapsed."""
    past = row.valid_until is not None and today > row.valid_until
    return "lapsed" if row.state == "open" and past else row.state
