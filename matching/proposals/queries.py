"""Proposals as lists and pages show them, to either side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session

from accounts.queries import organisation_names
from core.actor import Actor
from core.keyset import behind
from deals.queries.names import listing_titles
from listings.models import Listing, Need
from listings.states import ListingState
from matching.proposals.models import Proposal
from matching.proposals.permissions import Do, found, may, readable
from matching.proposals.rules import State

PAGE = 50
MOST_RESULTS = 1000
"""As many as a list to choose from holds."""


@dataclass(frozen=True)
class ProposalLine:
    """`asked_by` is empty where the need is anonymous to the reader; `mine`: their side sent it."""

    row: Proposal
    title: str
    proposer: str
    asked_by: str
    mine: bool


@dataclass(frozen=True)
class ProposalPage:
    line: ProposalLine
    may_answer: bool
    may_withdraw: bool


def proposals(
    session: Session, actor: Actor, *, need: str = "", page: int = 1
) -> list[ProposalLine]:
    """What the reader may see, unanswered first, then the newest. `need` narrows. Four queries."""
    waiting = case((Proposal.state == State.WAITS, 0), else_=1)
    rows = _readable(actor).order_by(waiting, Proposal.sent_at.desc(), Proposal.id)
    if need:
        rows = rows.where(Proposal.need == need)
    return _lines(session, actor, rows.limit(PAGE).offset((page - 1) * PAGE))


def count_proposals(session: Session, actor: Actor, *, need: str = "") -> int:
    """How many the list of `proposals` has, on all its pages."""
    rows = _readable(actor).where(Proposal.need == need) if need else _readable(actor)
    counted = rows.with_only_columns(func.count(), maintain_column_froms=True)
    return session.scalar(counted) or 0


def proposals_behind(
    session: Session,
    actor: Actor,
    place: tuple[datetime, str] | None,
    limit: int,
    *,
    state: str | None = None,
) -> list[ProposalLine]:
    """What the reader may see, newest first, in parts that follow each other. Four queries."""
    rows = _readable(actor).where(behind(Proposal.sent_at, Proposal.id, place))
    if state:
        rows = rows.where(Proposal.state == state)
    newest = rows.order_by(Proposal.sent_at.desc(), Proposal.id.desc())
    return _lines(session, actor, newest.limit(limit))


def proposals_of(session: Session, organisation: str, last: str, limit: int) -> list[str]:
    """Ids of what an organisation sent and of what its needs were sent, in their order. Permission
    is the caller's."""
    own = or_(Proposal.owner_org == organisation, Proposal.proposer_org == organisation)
    rows = select(Proposal.id).where(own, Proposal.id > last)
    return list(session.scalars(rows.order_by(Proposal.id).limit(limit)))


def proposal_page(session: Session, actor: Actor, proposal: str) -> ProposalPage:
    """Raises NotFound."""
    lines = _lines(session, actor, _readable(actor).where(Proposal.id == proposal))
    row, need = found(session, proposal if lines else "")
    return ProposalPage(
        lines[0], may(actor, Do.ANSWER, row, need), may(actor, Do.WITHDRAW, row, need)
    )


def waiting_by_need(session: Session, needs: Sequence[str]) -> dict[str, tuple[int, int]]:
    """How many wait, and how many there are at all, by need. Permission is the caller's."""
    found = dict.fromkeys(needs, (0, 0))
    if not needs:
        return found
    waits = func.sum(case((Proposal.state == State.WAITS, 1), else_=0))
    counted = select(Proposal.need, waits, func.count()).where(
        Proposal.need.in_(sorted(needs)), Proposal.state != State.WITHDRAWN
    )
    for need, waiting, total in session.execute(counted.group_by(Proposal.need)):
        found[need] = (int(waiting), total)
    return found


def own_results(
    session: Session, organisations: Sequence[str], language: str
) -> list[tuple[str, str, str]]:
    """(listing, owner, title) of the published results that can be proposed, newest first."""
    rows = session.execute(
        select(Listing.id, Listing.owner_org)
        .where(
            Listing.owner_org.in_(sorted(organisations)), Listing.state == ListingState.PUBLISHED
        )
        .order_by(Listing.published_at.desc(), Listing.id)
        .limit(MOST_RESULTS)
    ).all()
    titles = listing_titles(session, [row.id for row in rows], language)
    return [(row.id, row.owner_org, titles.get(row.id, "")) for row in rows]


def _readable(actor: Actor) -> Select[Proposal, Need]:
    both = select(Proposal, Need).join(Need, Need.id == Proposal.need)
    return both.where(readable(actor))


def _lines(session: Session, actor: Actor, wanted: Select[Proposal, Need]) -> list[ProposalLine]:
    rows = session.execute(wanted).all()
    titles = listing_titles(
        session, [row.listing for row, _ in rows if row.listing], actor.language
    )
    houses = {row.proposer_org for row, _ in rows} | {row.owner_org for row, _ in rows}
    names = organisation_names(session, houses, actor.language)
    return [
        ProposalLine(
            row,
            titles.get(row.listing or "", ""),
            names.get(row.proposer_org, ""),
            names.get(row.owner_org, "") if _named(actor, need) else "",
            may(actor, Do.WITHDRAW, row, need),
        )
        for row, need in rows
    ]


def _named(actor: Actor, need: Need) -> bool:
    return not need.anonymous or need.owner_org in actor.organisations
