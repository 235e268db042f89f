"""What of money keeps a person from being erased."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.models import Obligation, Payment, Payout
from billing.states import UNPAID, PayoutState
from core.holdings import Obstacle
from core.i18n import N_


def unsettled_money(session: Session, person: str, _now: datetime) -> Iterator[Obstacle]:
    """What is owed in one's own name goes to no colleague; and what has to go back needs the
    account that it came from."""
    own = Obligation.payer_person == person, Obligation.payer_org.is_(None)
    open_ = select(Obligation.id).where(*own, Obligation.state.in_(sorted(UNPAID)))
    if session.scalar(open_.limit(1)) is not None:
        yield N_("You have a payment to make that is not settled."), None
    back = (
        select(Payout.id)
        .join(Payment, Payment.id == Payout.payment)
        .where(Payment.claimed_by == person, Payout.state != PayoutState.PAID)
    )
    if session.scalar(back.limit(1)) is not None:
        yield N_("Money still has to go back to an account that you named."), None
