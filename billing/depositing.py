"""What the actions on a deposit share: its state, and what is booked when it moves."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from billing import facts
from billing.bookkeeping import book
from billing.errors import DepositMovedOn
from billing.ledger import Account, Event, Line, moved
from billing.models import Deposit, Obligation
from billing.paying_out import owe_back
from billing.raising import pinned, stop_clock
from billing.rules import APPEAL_DAYS, REFUND_HOURS
from billing.states import DepositAct, DepositState, ObligationState, after
from core.errors import NotFound
from core.ids import ref
from core.times import end_of_day, legal_date
from core.unit_of_work import At, UnitOfWork

RETURN: Final = "return"
"""The timer after whose end a deposit that is not back is late."""
APPEAL: Final = "appeal"


def lock_deposit(uow: UnitOfWork, deposit: str) -> tuple[At[Obligation], Deposit]:
    """A deposit is named by its obligation. Raises NotFound."""
    at = uow.lock(Obligation, deposit)
    row = uow.session.get(Deposit, deposit)
    if row is None:
        raise NotFound(ref=f"obligation:{deposit}")
    return at, row


def move(at: At[Obligation], row: Deposit, act: DepositAct) -> None:
    """Moves a deposit. Raises DepositMovedOn."""
    before, row.state = row.state, after(row.state, act)
    at.record(f"deposit_{act}", before=before, after=str(row.state))


def release(at: At[Obligation], row: Deposit) -> None:
    """What has come goes back, by the hour that the profile names; what has not is asked no
    more. Raises DepositMovedOn."""
    if at.row.paid:
        move(at, row, DepositAct.RELEASE)
        give_back(at, row, at.row.paid)
    else:
        move(at, row, DepositAct.CANCEL)
    if at.row.state != ObligationState.PAID:
        at.row.state, at.row.ended_at = ObligationState.CANCELLED, at.now
    stop_clock(at)
    at.fact(facts.RELEASED)


def give_back(at: At[Obligation], row: Deposit, amount: int) -> None:
    """Books `amount` (minor units) as owed back and sets the clock for it."""
    obligation = ref("obligation", at.row.id)
    debit = Line(Account.DEPOSITS_HELD, obligation, amount)
    credit = Line(Account.REFUNDS_PAYABLE, obligation, amount)
    book(at, moved(Event.DEPOSIT_RELEASED, at.row.id, at.row.currency, debit, [credit]))
    owe_back(at, amount)
    hours = pinned(at.uow, at.row, at.now).integer(REFUND_HOURS)
    row.return_until = at.now + timedelta(hours=hours)
    at.timer(RETURN, row.return_until)


def open_forfeit(at: At[Obligation], row: Deposit, by: str | None, reason: str, rule: str) -> None:
    """`by`: who proposes it; None where a rule does, whose id is `rule`: somebody stands up for it
    before it is decided. The payer's days begin. Raises DepositMovedOn."""
    if row.state == DepositState.FORFEIT_PROPOSED and (row.proposed_by is not None or by is None):
        raise DepositMovedOn
    move(at, row, DepositAct.PROPOSE_FORFEIT)
    zone = at.uow.ports.zone
    last = pinned(at.uow, at.row, at.now).deadline(APPEAL_DAYS, legal_date(at.now, zone)).day
    row.proposed_by, row.proposed_at, row.reason, row.rule = by, at.now, reason, rule
    row.objection, row.note, row.decided_by, row.decided_at = "", "", None, None
    row.appeal_until = end_of_day(last, zone)
    at.timer(APPEAL, row.appeal_until)
    at.fact(facts.FORFEIT_PROPOSED)


def is_wanted(at: At[Obligation], row: Deposit | None) -> bool:
    """Does money that arrives now still pay this? Otherwise all of it goes back."""
    if at.row.state == ObligationState.CANCELLED:
        return False
    return row is None or row.state in {DepositState.ASKED, DepositState.PENDING}
