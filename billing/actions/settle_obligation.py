"""A reminder is due, a last day is over, a deposit should be back, the days of objection end."""

from __future__ import annotations

from billing import facts
from billing.depositing import APPEAL, RETURN
from billing.models import Deposit, Obligation
from billing.raising import DUE, REMIND
from billing.states import UNPAID
from core.results import Done
from core.unit_of_work import At, UnitOfWork


def settle_obligation(uow: UnitOfWork, obligation: str) -> Done:
    """Timer and Due both come here. Nobody loses anything by it: both sides are told."""
    at = uow.lock(Obligation, obligation)
    row, open_ = at.row, at.row.state in UNPAID
    if at.now >= row.remind_at:
        at.timer(REMIND, None)
        if open_ and row.reminded_at is None and at.now < row.due_at:
            row.reminded_at = at.now
            _tell(at, facts.REMINDED)
    if at.now >= row.due_at:
        at.timer(DUE, None)
        if open_ and row.overdue_at is None:
            row.overdue_at = at.now
            _tell(at, facts.OVERDUE)
    deposit = uow.session.get(Deposit, obligation)
    if deposit is not None:
        _settle_deposit(at, deposit)
    return Done(obligation)


def _settle_deposit(at: At[Obligation], row: Deposit) -> None:
    if row.return_until is not None and at.now >= row.return_until:
        at.timer(RETURN, None)
        if row.late_at is None:
            row.late_at = at.now
            _tell(at, facts.RETURN_LATE)
    if row.appeal_until is not None and at.now >= row.appeal_until:
        at.timer(APPEAL, None)


def _tell(at: At[Obligation], topic: str) -> None:
    at.record(topic.partition(".")[2])
    at.fact(topic)
