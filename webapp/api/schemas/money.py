"""What is owed, paid and held: obligations as the payer and the payee see them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from billing.models import Deposit, Payment, Payout
from billing.reading import ObligationPage, Owed
from billing.states import PayoutKind
from core.ids import PREFIXES, show, split_ref
from webapp.api.fields import Shape, words
from webapp.api.schemas.common import Out


class ObligationLineOut(Out):
    """Amounts in minor units of `currency`. `about`: the deal, contract or round; null where it
    has no address."""

    id: str
    url: str
    kind: str
    about: str | None
    payer_name: str
    payee_name: str
    currency: str
    amount: int
    paid: int
    due_on: date
    state: str


class ObligationsOut(Out):
    """`next` is the cursor of what follows; null at the end."""

    items: list[ObligationLineOut]
    next: str | None


class PaymentOut(Out):
    """`amount` as the payer says it, `seen` as the statement says it; `taken` pays this."""

    id: str
    amount: int
    seen: int | None
    taken: int
    paid_on: date
    state: str
    claimed_at: datetime
    confirmed_at: datetime | None
    reason: str


class PayoutOut(Out):
    id: str
    kind: str
    amount: int
    state: str
    made_at: datetime
    paid_at: datetime | None


class DepositOut(Out):
    state: str
    return_until: datetime | None
    appeal_until: datetime | None
    reason: str


class AccountOut(Out):
    """Where money is sent."""

    name: str
    bank: str
    number: str


class ObligationOut(Out):
    """`payouts`: to the payer, what goes back; to the payee, all of them."""

    id: str
    url: str
    kind: str
    about: str | None
    payer_name: str
    payee_name: str
    currency: str
    amount: int
    paid: int
    due_on: date
    state: str
    reference: str
    receiving: str | None
    raised_at: datetime
    overdue_at: datetime | None
    ended_at: datetime | None
    deposit: DepositOut | None
    account: AccountOut | None
    payments: list[PaymentOut]
    payouts: list[PayoutOut]
    may: list[str]


_BOTH: Final = words(
    "id url kind about payer_name payee_name currency amount paid due_on state reference receiving "
    "raised_at overdue_at ended_at deposit account payments payouts may"
)
OBLIGATION: Final = Shape(ObligationOut, {"payer": _BOTH, "payee": _BOTH})
_BACK: Final = frozenset({PayoutKind.RETURN, PayoutKind.OVERPAYMENT})


def obligation_line(line: Owed, url: str) -> ObligationLineOut:
    return ObligationLineOut(**_frame(line, url))


def obligation_out(page: ObligationPage, url: str, *, pays: bool) -> ObligationOut:
    """`pays`: for the payer's side."""
    row = page.line.row
    same = "reference receiving raised_at overdue_at ended_at"
    payouts = [one for one in page.payouts if not pays or one.kind in _BACK]
    account = page.account
    values: dict[str, Any] = {name: getattr(row, name) for name in same.split()}
    values |= _frame(page.line, url) | {
        "deposit": _deposit(page.line.deposit),
        "account": None
        if account is None
        else AccountOut(name=account.account_name, bank=account.bank, number=account.number),
        "payments": [_payment(one) for one in page.payments],
        "payouts": [_payout(one) for one in payouts],
        "may": sorted(page.may),
    }
    return OBLIGATION.show("payer" if pays else "payee", values)


def _frame(line: Owed, url: str) -> dict[str, Any]:
    row = line.row
    kind, id = split_ref(row.about)
    return {
        "id": show("obligation", row.id),
        "url": url,
        "about": show(kind, id) if kind in PREFIXES else None,
        "payer_name": line.payer,
        "payee_name": line.payee,
        "state": line.state.partition(".")[2],
        **{name: getattr(row, name) for name in ("kind", "currency", "amount", "paid", "due_on")},
    }


def _deposit(row: Deposit | None) -> DepositOut | None:
    if row is None:
        return None
    return DepositOut(**{name: getattr(row, name) for name in DepositOut.model_fields})


def _payment(row: Payment) -> PaymentOut:
    same = [name for name in PaymentOut.model_fields if name != "seen"]
    return PaymentOut(seen=row.seen_amount, **{name: getattr(row, name) for name in same})


def _payout(row: Payout) -> PayoutOut:
    return PayoutOut(**{name: getattr(row, name) for name in PayoutOut.model_fields})
