"""Another person decides whether a deposit is forfeited, once the payer's days are over."""

from __future__ import annotations

from datetime import timedelta

from billing import facts
from billing.bookkeeping import book
from billing.depositing import APPEAL, lock_deposit, move
from billing.errors import DepositMovedOn, ForfeitUnbacked, OtherPersonNeeded, WindowRuns
from billing.ledger import Account, Event, Line, moved
from billing.models import Deposit, Obligation
from billing.paying_out import owe
from billing.permissions import Do, check_may
from billing.rules import text_problems
from billing.states import CUSTODY, DepositAct, DepositState, PayoutKind
from core.errors import Invalid
from core.ids import ref
from core.results import Done
from core.times import legal_date
from core.unit_of_work import At, UnitOfWork


def decide_forfeit(uow: UnitOfWork, deposit: str, note: str, *, forfeit: bool) -> Done:
    """Otherwise it is held as before, at any time. Raises Invalid, WindowRuns,
    ForfeitUnbacked, OtherPersonNeeded, DepositMovedOn."""
    uow.check(check_may, deposit, Do.DECIDE_FORFEIT)
    if problems := text_problems("note", note):
        raise Invalid(problems)
    at, row = lock_deposit(uow, deposit)
    if row.state != DepositState.FORFEIT_PROPOSED or row.appeal_until is None:
        raise DepositMovedOn
    if row.proposed_by == uow.actor.person:
        raise OtherPersonNeeded
    if forfeit and row.proposed_by is None:
        raise ForfeitUnbacked
    if forfeit and at.now < row.appeal_until:
        last = legal_date(row.appeal_until - timedelta(seconds=1), uow.ports.zone)
        raise WindowRuns(until=last.isoformat())
    move(at, row, DepositAct.FORFEIT if forfeit else DepositAct.DROP_FORFEIT)
    row.decided_by, row.decided_at, row.note = uow.actor.person, at.now, note.strip()
    at.timer(APPEAL, None)
    if forfeit:
        _take(at, row)
    at.fact(facts.FORFEITED if forfeit else facts.FORFEIT_DROPPED)
    return Done(deposit)


def _take(at: At[Obligation], row: Deposit) -> None:
    """What a seller has in hand already needs no payout."""
    of = ref("obligation", row.obligation)
    debit = Line(Account.DEPOSITS_HELD, of, at.row.amount)
    credit = Line(Account.FORFEITS_HELD, of, at.row.amount)
    book(at, moved(Event.DEPOSIT_FORFEITED, at.row.id, at.row.currency, debit, [credit]))
    if at.row.receiving in CUSTODY:
        owe(at, PayoutKind.FORFEIT, at.row.amount)
