"""Who comes first at an agreed price, as the pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.queries import organisation_names, people_names
from core.actor import Actor
from deals.deciding.permissions import is_office, reads_all
from deals.models import Deal, Offer
from deals.modes import MODES
from deals.offers import Terms
from deals.preemption.drawing_up import preemptions_on
from deals.preemption.models import Preemption
from deals.preemption.permissions import held_by, is_holder
from deals.preemption.rules import standing_of
from deals.preemption.states import OPEN, ClaimState
from deals.queries.names import listing_titles


@dataclass(frozen=True)
class ClaimLine:
    """A claim as its reader meets it; `standing` is its state, or `over` past its time."""

    row: Preemption
    standing: str
    own: bool
    acts: frozenset[str]
    """What the reader may do with it now: serve, exercise, waive."""


@dataclass(frozen=True)
class PreemptionPage:
    """`whole`: the owner's side and its overseers, who see every claim. To a holder the page tells
    the terms and not the buyer."""

    deal: Deal
    title: str
    seller: str
    terms: Terms
    claims: tuple[ClaimLine, ...]
    whole: bool
    may_name: bool
    people: dict[str, str]

    @property
    def open(self) -> int:
        return sum(1 for line in self.claims if line.row.state in OPEN)


@dataclass(frozen=True)
class Held:
    """A claim that waits for the reader."""

    deal: str
    title: str
    row: Preemption


def preemption_page(
    session: Session, actor: Actor, deal: str, now: datetime, language: str
) -> PreemptionPage | None:
    """None where nobody comes first, or the reader may not know. Six queries."""
    row = session.get(Deal, deal)
    offer = session.get(Offer, (deal, row.agreed)) if row and row.agreed else None
    if row is None or offer is None:
        return None
    whole = reads_all(actor, row)
    shown = [
        one for one in preemptions_on(session, deal, row.agreed) if whole or is_holder(actor, one)
    ]
    if not shown:
        return None
    moves = _moves(row)
    return PreemptionPage(
        deal=row,
        title=listing_titles(session, [row.listing], language).get(row.listing, ""),
        seller=organisation_names(session, [row.seller_org], language).get(row.seller_org, ""),
        terms=Terms.load(offer.terms),
        claims=tuple(_line(actor, row, one, now, moves) for one in shown),
        whole=whole,
        may_name=whole and moves and is_office(actor, row.seller_org),
        people=people_names(session, _who(shown), language),
    )


def held_claims(session: Session, actor: Actor, now: datetime, language: str) -> list[Held]:
    """The claims that the reader may still use, the first to end first. Two queries, or one."""
    if actor.kind != "person":
        return []
    p, states = Preemption, sorted(_claim_states())
    rows = session.execute(
        select(p, Deal.listing)
        .join(Deal, (Deal.id == p.deal) & (Deal.agreed == p.version))
        .where(held_by(actor), p.state == ClaimState.SERVED, p.ends_at > now,
               Deal.state.in_(states))
        .order_by(p.ends_at, p.id)
    ).all()  # fmt: skip
    titles = listing_titles(session, (listing for _claim, listing in rows), language)
    return [Held(claim.deal, titles.get(listing, ""), claim) for claim, listing in rows]


def holds(session: Session, actor: Actor, deal: str) -> bool:
    """Whether the reader comes first at the deal's standing price."""
    if actor.kind != "person":
        return False
    p = Preemption
    found = select(p.id).join(Deal, (Deal.id == p.deal) & (Deal.agreed == p.version))
    return session.scalar(found.where(p.deal == deal, held_by(actor)).limit(1)) is not None


def _claim_states() -> set[str]:
    return {t.source for mode in MODES.values() for t in mode.transitions if t.act == "exercise"}


def _moves(row: Deal) -> bool:
    mode = MODES[row.mode]
    return any(t.source == row.state and t.act == "exercise" for t in mode.transitions)


def _line(actor: Actor, deal: Deal, row: Preemption, now: datetime, moves: bool) -> ClaimLine:
    standing = standing_of(row, now)
    own, office = is_holder(actor, row), is_office(actor, deal.seller_org)
    acts = {
        "serve": office and standing == ClaimState.ASKED,
        "exercise": (own or office) and standing in OPEN,
        "waive": (own or office) and standing in OPEN | {ClaimState.EXERCISED},
    }
    return ClaimLine(row, standing, own, frozenset(a for a, may in acts.items() if may and moves))


def _who(rows: Sequence[Preemption]) -> set[str]:
    return {id for one in rows for id in (one.served_by, one.answered_by) if id}
