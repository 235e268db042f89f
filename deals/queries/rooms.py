"""Deals: the pipeline of a side, and one deal as its room shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from accounts.queries import organisation_names, people_names
from core.actor import Actor
from core.keyset import behind
from datarooms.queries import RoomPage, room_page
from deals.border import Border, Paper, border_of
from deals.deciding.drawing_up import steps_on
from deals.deciding.models import DecisionStep
from deals.deciding.rules import last_turns
from deals.deciding.states import StepState
from deals.engine.declaration import Ask, Mode, Side
from deals.models import (
    AssetClaim,
    Deal,
    DealStep,
    ExportPaper,
    Inquiry,
    Objection,
    Offer,
    PublicNotice,
)
from deals.modes import MODES
from deals.offers import Cell, Terms, side_by_side
from deals.outside import reason_of
from deals.permissions import Do, deal_facts, may, readable, side_of, view_side
from deals.preemption.drawing_up import preemptions_on
from deals.preemption.models import Preemption
from deals.preemption.states import OPEN, ClaimState
from deals.proving import last_day_unshown
from deals.queries.names import listing_titles
from listings.models import AssetMember

PAGE: Final = 50
CLOSING: Final = "closing"
UNRESOLVED: Final = OPEN | {ClaimState.EXERCISED}
"""Claims to come first that keep the buyer from signing."""


@dataclass(frozen=True)
class DealLine:
    """One deal in a list; `state` reads `closing` past its deadline."""

    row: Deal
    title: str
    seller: str
    buyer: str
    state: str
    side: Side | None


@dataclass(frozen=True)
class Claimed:
    """A way that two sides have agreed on, as anyone may know it; `notice`: where it runs."""

    way: str
    field: str
    territory: str
    notice: str | None
    last_day: date | None


@dataclass(frozen=True)
class BorderPage:
    """What a deal needs whose buyer is abroad, or may be. `kinds`: the papers that the reader may
    write down; `country`: as a side stated it; `states`: the reader may state it."""

    border: Border | None
    papers: tuple[ExportPaper, ...]
    kinds: tuple[Paper, ...] = ()
    country: str | None = None
    states: bool = False

    @property
    def records(self) -> bool:
        return bool(self.kinds)


@dataclass(frozen=True)
class RoomFrame:
    """`reads`: the reader may read the deal itself, not its data room alone."""

    title: str
    seller: str
    buyer: str
    reads: bool


@dataclass(frozen=True)
class DealPage:
    """A deal's room from one side. `acts`: what the reader's side may try in this state."""

    line: DealLine
    mode: Mode
    acts: frozenset[str]
    asks: tuple[Ask, ...]
    steps: tuple[DealStep, ...]
    offers: tuple[Offer, ...]
    comparison: tuple[tuple[str, list[Cell]], ...]
    notice: PublicNotice | None
    objections: tuple[Objection, ...]
    inquiry: Inquiry | None
    room: RoomPage | None
    border: BorderPage | None
    people: dict[str, str]
    last_day_missing: bool = False
    """The period of notice is over, and confirmation waits for the proof of its last day."""
    decision: tuple[DecisionStep, ...] = ()
    """The institution's steps on the agreed price; of each the turn that counts."""

    claims: tuple[Preemption, ...] = ()
    """Who comes first at the agreed price."""
    mode_reason: str = ""
    """Why the price is found in a way that the law does not name; never for the buyer."""

    @property
    def claims_open(self) -> int:
        return sum(1 for one in self.claims if one.state in UNRESOLVED)

    @property
    def steps_passed(self) -> int:
        return sum(1 for step in self.decision if step.state == StepState.PASSED)


def state_at(row: Deal, now: datetime) -> str:
    """Reads never settle: past its deadline a deal is closing, and only settling names what then.

    An objection that was in time may still be committing, so the outcome is nobody's to say.
    """
    return CLOSING if row.due_at is not None and now >= row.due_at else row.state


def pipeline(session: Session, actor: Actor, now: datetime, *, page: int = 1) -> list[DealLine]:
    """The deals that the reader may see, open ones first, by what moved last. Three queries."""
    ended = {state.code for mode in MODES.values() for state in mode.states if state.ended}
    rows = session.scalars(
        select(Deal)
        .where(readable(actor))
        .order_by(case((Deal.state.in_(ended), 1), else_=0), Deal.moved_at.desc(), Deal.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()
    return _lines(session, actor, now, list(rows))


def deals_behind(
    session: Session, actor: Actor, now: datetime, place: tuple[datetime, str] | None, limit: int
) -> list[DealLine]:
    """The deals that the reader may see, newest first, in parts that follow each other."""
    rows = session.scalars(
        select(Deal)
        .where(readable(actor), behind(Deal.opened_at, Deal.id, place))
        .order_by(Deal.opened_at.desc(), Deal.id.desc())
        .limit(limit)
    ).all()
    return _lines(session, actor, now, list(rows))


def deals_of(session: Session, organisation: str, last: str, limit: int) -> list[str]:
    """Ids of an organisation's deals on either side. Permission is the caller's."""
    own = or_(Deal.seller_org == organisation, Deal.buyer_org == organisation)
    rows = select(Deal.id).where(own, Deal.id > last)
    return list(session.scalars(rows.order_by(Deal.id).limit(limit)))


def deal_page(session: Session, actor: Actor, deal: str, now: datetime) -> DealPage | None:
    """None for whoever may not know of it. A constant number of queries, whatever it holds."""
    row = session.get(Deal, deal)
    if row is None or not may(actor, Do.READ, deal_facts(row)):
        return None
    line = _lines(session, actor, now, [row])[0]
    mode = MODES[row.mode]
    steps = session.scalars(select(DealStep).where(DealStep.deal == deal).order_by(DealStep.n))
    offers = session.scalars(select(Offer).where(Offer.deal == deal).order_by(Offer.version)).all()
    found = tuple(steps)
    people = {step.by for step in found if step.by}
    acting = side_of(actor, deal_facts(row))
    closing = line.state == CLOSING
    decision = tuple(last_turns(steps_on(session, deal, row.agreed)))
    claims = tuple(preemptions_on(session, deal, row.agreed))
    notice = session.get(PublicNotice, row.notice) if row.notice else None
    undecided = any(step.state != StepState.PASSED for step in decision)
    behind_desk = line.side is Side.SELLER or acting is None
    objections = _objections(session, row) if behind_desk else ()
    return DealPage(
        line=line,
        mode=mode,
        acts=mode.acts_from(row.state, acting) if acting and not closing else frozenset(),
        asks=_asks(
            mode, row, acting, closing, _open_acts(row, notice, objections, undecided, claims)
        ),
        steps=found,
        offers=tuple(offers),
        comparison=tuple(side_by_side([Terms.load(offer.terms) for offer in offers])),
        notice=notice,
        last_day_missing=(
            notice is not None
            and last_day_unshown(notice)
            and notice.ends_at is not None
            and now >= notice.ends_at
        ),
        objections=objections,
        inquiry=session.get(Inquiry, row.inquiry) if row.inquiry else None,
        room=room_page(session, actor, row.stream, now),
        border=_border(session, row, acting, mode),
        people=people_names(session, people, actor.language),
        decision=decision,
        claims=claims,
        mode_reason=reason_of(session, row) if behind_desk else "",
    )


def room_frame(session: Session, actor: Actor, deal: str) -> RoomFrame | None:
    """What everybody in its data room may know of a deal; the caller asked whether they are."""
    row = session.get(Deal, deal)
    if row is None:
        return None
    line = _lines(session, actor, row.moved_at, [row])[0]
    reads = may(actor, Do.READ, deal_facts(row))
    return RoomFrame(line.title, line.seller, line.buyer, reads)


def deals_on(session: Session, listings: list[str]) -> dict[str, int]:
    """How many deals are open on each listing; says nothing about who. One query."""
    ended = {state.code for mode in MODES.values() for state in mode.states if state.ended}
    rows = session.execute(
        select(Deal.listing, func.count())
        .where(Deal.listing.in_(listings), Deal.state.not_in(ended))
        .group_by(Deal.listing)
    )
    return {listing: count for listing, count in rows}  # noqa: C416


def claims_on(session: Session, asset: str) -> tuple[Claimed, ...]:
    """What accepted deals have claimed of an asset, or of a member of a package. One query."""
    members = select(AssetMember.member).where(AssetMember.package == asset)
    rows = session.execute(
        select(
            AssetClaim.way,
            AssetClaim.field,
            AssetClaim.territory,
            PublicNotice.id,
            PublicNotice.last_day,
        )
        .distinct()
        .join(Deal, Deal.id == AssetClaim.deal)
        .outerjoin(
            PublicNotice,
            (PublicNotice.id == Deal.notice) & (PublicNotice.state == "running"),
        )
        .where((AssetClaim.asset == asset) | AssetClaim.asset.in_(members))
    )
    return tuple(Claimed(*row) for row in rows)


_WHILE_OPEN: Final = frozenset(
    {"answer_objection", "decide", "serve", "show_first_day", "show_last_day"}
)
"""Acts that are asked only while something waits for them."""


def _open_acts(
    row: Deal,
    notice: PublicNotice | None,
    objections: tuple[Objection, ...],
    undecided: bool,
    claims: tuple[Preemption, ...],
) -> frozenset[str]:
    unshown = notice is not None and last_day_unshown(notice)
    begun = notice is not None and notice.last_day is not None
    waits = {
        "show_first_day": unshown and not begun,
        "show_last_day": unshown and begun,
        "answer_objection": any(o.state == "open" and o.notice == row.notice for o in objections),
        "decide": undecided,
        "serve": any(one.state in UNRESOLVED for one in claims),
    }
    return frozenset(act for act, waiting in waits.items() if waiting)


def _asks(
    mode: Mode, row: Deal, side: Side | None, closing: bool, waiting: frozenset[str]
) -> tuple[Ask, ...]:
    """What this side is asked now; objections and decisions only while one waits."""
    if side is None or closing:
        return ()
    idle = _WHILE_OPEN - waiting
    return tuple(
        ask
        for ask in mode.asks
        if ask.state == row.state and ask.side is side and ask.act not in idle
    )


def _border(session: Session, row: Deal, acting: Side | None, mode: Mode) -> BorderPage | None:
    """Also where a side stated the buyer's country, so that the owner's side can correct it."""
    border = border_of(session, None, row)
    if border is None and (row.buyer_org is not None or row.buyer_country is None):
        return None
    papers = select(ExportPaper).where(ExportPaper.deal == row.id).order_by(ExportPaper.kind)
    state = mode.state(row.state)
    ours = acting is Side.SELLER
    kinds = border.recordable(ended=state.ended, signed=state.signed) if border and ours else ()
    open_ = row.buyer_org is None and (state.signed or not state.ended) and acting is not None
    return BorderPage(
        border,
        tuple(session.scalars(papers)),
        kinds,
        row.buyer_country if row.buyer_org is None else None,
        open_ and (ours or row.buyer_country is None),
    )


def _objections(session: Session, row: Deal) -> tuple[Objection, ...]:
    about = select(Objection).where(Objection.about == row.stream).order_by(Objection.at)
    return tuple(session.scalars(about))


def _lines(session: Session, actor: Actor, now: datetime, rows: list[Deal]) -> list[DealLine]:
    titles = listing_titles(session, (row.listing for row in rows), actor.language)
    parties = {id for row in rows for id in (row.seller_org, row.buyer_org) if id}
    names = organisation_names(session, parties, actor.language)
    return [
        DealLine(
            row,
            titles.get(row.listing, ""),
            names.get(row.seller_org, ""),
            names.get(row.buyer_org or "") or row.buyer_firm or row.buyer_name,
            state_at(row, now),
            view_side(actor, deal_facts(row)),
        )
        for row in rows
    ]
