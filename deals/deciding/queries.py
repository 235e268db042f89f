"""An institution's steps, and the decision on one deal, as their pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.queries import organisation_names, people_names
from core.actor import Actor
from deals.deciding.drawing_up import steps_on
from deals.deciding.models import DecisionRule, DecisionStep
from deals.deciding.permissions import is_office, is_own, may_decide, named_in, reads_all
from deals.deciding.rules import asked_now, last_turns
from deals.deciding.states import StepState
from deals.engine.declaration import Mode
from deals.models import Deal, Offer, Posting, PublicNotice
from deals.modes import MODES
from deals.offers import Terms
from deals.outside import reason_of
from deals.queries.names import listing_titles
from listings.models import Listing, Valuation
from listings.valuing import valuation_on


@dataclass(frozen=True)
class StepLine:
    """A step as its reader meets it. `asked`: it is its turn."""

    row: DecisionStep
    asked: bool
    mine: bool
    """The reader may decide it now."""
    own: bool
    """It needs no paper of them."""
    again: bool
    """The reader may put it again."""
    earlier: tuple[DecisionStep, ...]
    """Turns that were refused before, oldest first."""


@dataclass(frozen=True)
class DecisionPage:
    """The decision on the version that stands. `whole`: the reader sees every step, not only the
    ones that name them."""

    deal: Deal
    mode: Mode
    title: str
    seller: str
    buyer: str
    terms: Terms
    notice: PublicNotice | None
    valuation: Valuation | None
    mode_reason: str
    """Why the price is found in a way that the law does not name; "" where it names it."""
    price_reason: str
    """Why a posted price lies far below the valuation."""
    steps: tuple[StepLine, ...]
    whole: bool
    people: dict[str, str]

    @property
    def passed(self) -> int:
        return sum(1 for line in self.steps if line.row.state == StepState.PASSED)

    @property
    def done(self) -> bool:
        return self.passed == len(self.steps)


@dataclass(frozen=True)
class Waiting:
    """A step that waits for the reader."""

    deal: str
    title: str
    row: DecisionStep


def decision_page(session: Session, actor: Actor, deal: str, language: str) -> DecisionPage | None:
    """None where there is no agreed price, no step, or the reader may not know. Nine queries."""
    row = session.get(Deal, deal)
    offer = session.get(Offer, (deal, row.agreed)) if row and row.agreed else None
    if row is None or offer is None:
        return None
    steps, whole = steps_on(session, deal, row.agreed), reads_all(actor, row)
    shown = [one for one in last_turns(steps) if whole or may_decide(actor, one)]
    if not shown:
        return None
    names = organisation_names(session, [id for id in (row.seller_org, row.buyer_org) if id],
                               language)  # fmt: skip
    valuation, reason = valued_for(session, row)
    known = {id for one in steps for id in (one.person, one.decided_by) if id}
    return DecisionPage(
        deal=row,
        mode=MODES[row.mode],
        title=listing_titles(session, [row.listing], language).get(row.listing, ""),
        seller=names.get(row.seller_org, ""),
        buyer=names.get(row.buyer_org or "") or row.buyer_firm or row.buyer_name,
        terms=Terms.load(offer.terms),
        notice=session.get(PublicNotice, row.notice) if row.notice else None,
        valuation=valuation,
        mode_reason=reason_of(session, row),
        price_reason=reason,
        steps=tuple(_line(actor, row, one, steps) for one in shown),
        whole=whole,
        people=people_names(session, known, language),
    )


def valued_for(session: Session, deal: Deal) -> tuple[Valuation | None, str]:
    """The valuation by which the price was posted, offered or accepted, and why it lies far below;
    where none was kept the one on file on the day the talks opened. Three queries at most."""
    posting = session.get(Posting, deal.posting) if deal.posting else None
    if posting is not None:
        found = session.get(Valuation, posting.valuation) if posting.valuation else None
        return found, posting.price_reason
    offer = session.get(Offer, (deal.id, deal.agreed)) if deal.agreed else None
    if offer is not None and offer.valuation is not None:
        return session.get(Valuation, offer.valuation), offer.price_reason
    listing = session.get_one(Listing, deal.listing)
    return valuation_on(session, listing.asset, deal.law_on), ""


def waiting_for(session: Session, actor: Actor, language: str) -> list[Waiting]:
    """The steps whose turn it is and that name the reader, the longest asked first. Two queries,
    or three."""
    if actor.kind != "person":
        return []
    s = DecisionStep
    rows = session.execute(
        select(s, Deal.listing)
        .join(Deal, (Deal.id == s.deal) & (Deal.agreed == s.version))
        .where(named_in(actor), s.state == StepState.WAITING, s.asked_at.is_not(None),
               Deal.state.in_(_open_states()))
        .order_by(s.asked_at, s.id)
    ).all()  # fmt: skip
    titles = listing_titles(session, (listing for _step, listing in rows), language)
    return [Waiting(step.deal, titles.get(listing, ""), step) for step, listing in rows]


def decision_rules(
    session: Session, organisation: str, language: str
) -> tuple[list[DecisionRule], dict[str, str]]:
    """The steps that are set, then the ended ones; and the names of who holds the offices."""
    r = DecisionRule
    rows = session.scalars(
        select(r).where(r.organisation == organisation).order_by(r.position, r.made_at, r.id)
    )
    found = sorted(rows, key=lambda one: one.ended_at is not None)
    return found, people_names(session, {one.person for one in found if one.person}, language)


def may_know(session: Session, actor: Actor, deal: str) -> bool:
    """Whether a step of the deal's standing price names somebody who may not enter its room."""
    if actor.kind != "person":
        return False
    s = DecisionStep
    found = select(s.id).join(Deal, (Deal.id == s.deal) & (Deal.agreed == s.version))
    return session.scalar(found.where(s.deal == deal, named_in(actor)).limit(1)) is not None


def _open_states() -> list[str]:
    """States in which some mode lets a step be decided."""
    return sorted({t.source for mode in MODES.values() for t in mode.transitions
                   if t.act == "decide"})  # fmt: skip


def _line(actor: Actor, deal: Deal, row: DecisionStep, steps: Sequence[DecisionStep]) -> StepLine:
    moves = deal.state in _open_states()
    asked = moves and row in asked_now(list(steps))
    refused = moves and row.state == StepState.REFUSED
    return StepLine(
        row,
        asked,
        mine=asked and may_decide(actor, row),
        own=is_own(actor, row),
        again=refused and is_office(actor, row.organisation),
        earlier=tuple(one for one in steps if one.n == row.n and one.turn < row.turn),
    )
