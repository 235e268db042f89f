"""Remind those whom a listing waits for: its author, and contributors whose share is open."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import select

from core.results import Done
from core.unit_of_work import UnitOfWork
from listings import facts
from listings.errors import RemindedAlready, WrongState
from listings.models import Listing, ListingStep
from listings.permissions import Do, check_may
from listings.states import ListingState

REMIND: Final = "remind"
"""The step's word; it moves no state, so the transition table does not know it."""
PAUSE: Final = timedelta(hours=24)
_WAITING: Final = frozenset(
    {
        ListingState.DRAFT,
        ListingState.SUBMITTED,
        ListingState.TITLE_CHECK,
        ListingState.APPROVED,
        ListingState.PUBLISHED,
    }
)


def remind_people(uow: UnitOfWork, listing: str) -> Done:
    """Once a day at most. Raises Forbidden, WrongState, RemindedAlready."""
    uow.check(check_may, listing, Do.CHECK)
    at = uow.lock(Listing, listing)
    if at.row.state not in _WAITING:
        raise WrongState(state=at.row.state, action=REMIND)
    last = uow.session.scalar(
        select(ListingStep.at)
        .where(ListingStep.listing == listing, ListingStep.action == REMIND)
        .order_by(ListingStep.n.desc())
        .limit(1)
    )
    if last is not None and at.now < last + PAUSE:
        raise RemindedAlready
    at.add(
        ListingStep(
            listing=listing,
            action=REMIND,
            before=at.row.state,
            after=at.row.state,
            by=uow.actor.person,
            at=at.now,
            note="",
            rules=[],
        )
    )
    at.record("reminded")
    at.fact(facts.LISTING_REMINDED)
    return Done(listing)
