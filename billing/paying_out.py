"""Money that has to leave again: rows that two people carry out."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from billing import facts
from billing.ledger import Account, Entry, Event, Line, moved
from billing.models import Obligation, Payment, Payout
from billing.rules import back_to
from billing.states import PaymentState, PayoutKind
from core.ids import ref
from core.unit_of_work import At

_FROM = {
    PayoutKind.RETURN: Account.REFUNDS_PAYABLE,
    PayoutKind.OVERPAYMENT: Account.REFUNDS_PAYABLE,
    PayoutKind.SETTLEMENT: Account.SELLER_PAYABLE,
    PayoutKind.FORFEIT: Account.FORFEITS_HELD,
}


def owe(at: At[Obligation], kind: PayoutKind, amount: int, payment: str | None = None) -> None:
    """One payout to be made."""
    row = Payout(obligation=at.row.id, kind=kind, payment=payment, amount=amount, made_at=at.now)
    at.add(row)
    at.record("payout_due", kind=str(kind), amount=amount)
    at.fact(facts.PAYOUT_DUE)


def owe_back(at: At[Obligation], total: int) -> None:
    """What was taken, or a part of it, goes back to the accounts it came from."""
    came = confirmed(at)
    for payment, part in zip(came, back_to(total, [one.taken for one in came]), strict=True):
        if part:
            owe(at, PayoutKind.RETURN, part, payment.id)


def confirmed(at: At[Obligation]) -> Sequence[Payment]:
    """The payments that arrived, in the order in which they did."""
    found = select(Payment).where(
        Payment.obligation == at.row.id, Payment.state == PaymentState.CONFIRMED
    )
    return at.uow.session.scalars(found.order_by(Payment.confirmed_at, Payment.id)).all()


def paid_out(row: Obligation, payout: Payout, hand: tuple[Account, str]) -> Entry:
    """The entry of a payout that was carried out."""
    source = _FROM[PayoutKind(payout.kind)]
    seller = source is Account.SELLER_PAYABLE
    of = ref("organisation", row.payee_org) if seller else ref("obligation", row.id)
    debit = Line(source, of, payout.amount)
    return moved(Event.PAID_OUT, payout.id, row.currency, debit, [Line(*hand, payout.amount)])
