"""Somebody with a fitting result, or with words for what they have, answers a published need."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.errors import Invalid
from core.results import Done
from core.unit_of_work import UnitOfWork
from listings.models import Listing, Need, NeedText
from listings.states import ListingState, NeedState
from matching.proposals.errors import (
    NeedClosed,
    NotYourResult,
    ProposedAlready,
    TooManyProposals,
)
from matching.proposals.facts import PROPOSAL_SENT
from matching.proposals.models import Proposal
from matching.proposals.permissions import check_propose
from matching.proposals.rules import (
    A_DAY,
    WAITING_PER_NEED,
    Proposed,
    State,
    proposal_problems,
)


def propose_result(uow: UnitOfWork, need: str, organisation: str, proposed: Proposed) -> Done:
    """In the name of one's own organisation. Raises Invalid, NeedClosed, NotYourResult, OwnNeed,
    ProposedAlready, TooManyProposals, Sanctioned, NotFound, Forbidden."""
    uow.check(check_propose, need, organisation)
    uow.check(_check_words, proposed)
    offered = uow.lock(Listing, proposed.listing).row if proposed.listing is not None else None
    own = uow.actor.same_as(organisation)
    if offered and (offered.owner_org not in own or offered.state != ListingState.PUBLISHED):
        raise NotYourResult
    asked = uow.lock(Need, need)
    if asked.row.state != NeedState.PUBLISHED or asked.row.confidential:
        raise NeedClosed
    _check_limits(uow.session, need, organisation, proposed.listing, asked.now)
    row = Proposal(
        need=need,
        owner_org=asked.row.owner_org,
        need_title=_title(uow.session, asked.row, uow.actor.language),
        proposer_org=organisation,
        person=uow.actor.person,
        listing=proposed.listing,
        sent_at=asked.now,
        text=proposed.text.strip(),
        contact_name=proposed.contact_name.strip(),
        contact=proposed.contact.strip(),
    )
    at = uow.create(row)
    at.record("sent", need=need, listing=proposed.listing, organisation=organisation)
    at.fact(PROPOSAL_SENT)
    return Done(at.row.id)


def _title(session: Session, need: Need, language: str) -> str:
    texts = session.scalars(select(NeedText).where(NeedText.need == need.id)).all()
    return max(texts, key=lambda one: (one.language == language, one.original)).title


def _check_words(_session: Session, _actor: Actor, proposed: Proposed) -> None:
    if problems := proposal_problems(proposed):
        raise Invalid(problems)


def _check_limits(
    session: Session, need: str, organisation: str, listing: str | None, now: datetime
) -> None:
    """Under the need's lock, so that of two that come to it at once only one passes. What comes to
    different needs at the same moment can exceed the day's limit by as many."""
    ours = select(func.count()).where(Proposal.proposer_org == organisation)
    waiting = ours.where(Proposal.need == need, Proposal.state == State.WAITS)
    if listing is not None and session.scalar(
        ours.where(
            Proposal.need == need,
            Proposal.listing == listing,
            Proposal.state.in_((State.WAITS, State.TAKEN)),
        )
    ):
        raise ProposedAlready
    if (session.scalar(waiting) or 0) >= WAITING_PER_NEED:
        raise TooManyProposals(most=WAITING_PER_NEED)
    if (session.scalar(ours.where(Proposal.sent_at > now - timedelta(days=1))) or 0) >= A_DAY:
        raise TooManyProposals(most=A_DAY)
