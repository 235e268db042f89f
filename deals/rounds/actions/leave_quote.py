"""A qualified party leaves a sealed quote; the last one before the deadline counts."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.results import Done
from core.stops import What, refuse_stopped
from core.unit_of_work import UnitOfWork
from deals.errors import stop
from deals.rounds import deposits
from deals.rounds.advancing import keys_of
from deals.rounds.deciding import locked_with
from deals.rounds.errors import (
    DepositMissing,
    NotRegistered,
    QuoteRepeated,
    QuotesNotOpen,
    UnreadableBox,
)
from deals.rounds.models import Quote
from deals.rounds.parties import obstacle_of
from deals.rounds.permissions import check_party
from deals.rounds.sealing import SCHEMA, is_box, is_key
from deals.rounds.states import RegistrationState, RoundState

MOST_QUOTES = 20
"""Of one party: enough to think again, too few to fill the market's disk."""


def leave_quote(uow: UnitOfWork, registration: str, commitment: str, box: str) -> Done:
    """Both as `sealing` says, in hexadecimal: the market learns neither amount nor nonce. Possible
    from qualification on, once both keys are there. Raises UnreadableBox, NotRegistered,
    DepositMissing, QuotesNotOpen, QuoteRepeated, and what stands against the organisation today."""
    uow.check(check_party, registration)
    uow.check(refuse_stopped, What.DEALS)
    uow.check(_check_form, commitment, box)
    at, row = locked_with(uow, registration, RoundState.DISCLOSED, RoundState.QUOTING)
    if row.state != RegistrationState.ACTIVE:
        raise NotRegistered
    if code := obstacle_of(uow.session, at.row, row.organisation):
        raise stop(code)
    if not deposits.stands(uow.session, at.row, row.organisation):
        raise DepositMissing
    left = select(func.count()).where(Quote.registration == registration)
    if len(keys_of(uow.session, row.round)) < 2 or (uow.session.scalar(left) or 0) >= MOST_QUOTES:
        raise QuotesNotOpen
    if before := _left_before(uow.session, registration, commitment):
        return before
    quote = Quote(
        round=row.round,
        registration=registration,
        by=uow.actor.person,
        at=at.now,
        schema=SCHEMA,
        commitment=commitment,
        box=box,
    )
    at.add(quote)
    at.record("quoted", registration=registration, commitment=commitment)
    return Done(commitment)


def _left_before(session: Session, registration: str, commitment: str) -> Done | None:
    """The receipt of the newest quote, sent again; None for a new one. Raises QuoteRepeated for
    an older one: it was replaced, and the same seal cannot count again."""
    mine = select(Quote.commitment).where(Quote.registration == registration)
    left = session.scalars(mine.order_by(Quote.n.desc())).all()
    if commitment not in left:
        return None
    if left[0] != commitment:
        raise QuoteRepeated
    return Done(commitment)


def _check_form(_session: Session, _actor: Actor, commitment: str, box: str) -> None:
    if not (is_key(commitment) and is_box(box)):
        raise UnreadableBox
