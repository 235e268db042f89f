"""Money has arrived: it is divided, booked, and moves what it was for."""

from __future__ import annotations

from billing import facts
from billing.bookkeeping import book, hand
from billing.depositing import is_wanted, move
from billing.ledger import Account, Event, Line, moved
from billing.models import Deposit, Obligation, Payment
from billing.paying_out import owe
from billing.raising import stop_clock
from billing.rules import divide
from billing.states import CUSTODY, DepositAct, Kind, ObligationState, PayoutKind
from core.ids import ref
from core.unit_of_work import At


def receive(at: At[Obligation], payment: Payment, arrived: int) -> None:
    """Books `arrived` (minor units): what is open is paid, what is too much is owed back."""
    row, deposit = at.row, at.uow.session.get(Deposit, at.row.id)
    wanted = is_wanted(at, deposit)
    parts = divide(arrived, amount=row.amount, paid=row.paid, wanted=wanted)
    whole = ref("obligation", row.id)
    funds = Account.BUYER_FUNDS if deposit is None else Account.DEPOSITS_HELD
    owed = [
        Line(funds, whole, parts.taken),
        Line(Account.REFUNDS_PAYABLE, whole, parts.over),
    ]
    debit = Line(*hand(row), arrived)
    book(at, moved(Event.RECEIVED, payment.id, row.currency, debit, owed))
    payment.taken = parts.taken
    if parts.over:
        owe(at, PayoutKind.OVERPAYMENT, parts.over, payment.id)
    if parts.taken:
        credit(at, parts.taken, deposit)


def credit(at: At[Obligation], taken: int, deposit: Deposit | None = None) -> None:
    """`taken` more of it is paid; in full, it is settled, or the deposit held."""
    row = at.row
    row.paid += taken
    if row.paid < row.amount:
        row.state = ObligationState.PART_PAID
        if deposit is not None:
            move(at, deposit, DepositAct.CLAIM)
        return
    row.state, row.ended_at = ObligationState.PAID, at.now
    stop_clock(at)
    at.fact(facts.PAID)
    if deposit is not None:
        move(at, deposit, DepositAct.HOLD)
        at.fact(facts.HELD)
    elif row.receiving in CUSTODY:
        settle(at)


def settle(at: At[Obligation]) -> None:
    """A price that an account in custody received in full is the payee's: it is to be paid out."""
    row = at.row
    own = row.kind in {Kind.FEE}
    account = Account.FEE_INCOME if own else Account.SELLER_PAYABLE
    debit = Line(Account.BUYER_FUNDS, ref("obligation", row.id), row.amount)
    line = Line(account, ref("organisation", row.payee_org), row.amount)
    book(at, moved(Event.SETTLED, row.id, row.currency, debit, [line]))
    if not own:
        owe(at, PayoutKind.SETTLEMENT, row.amount)
