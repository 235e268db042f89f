"""Lives of obligations, payments, deposits and payouts: states and one transition table each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from billing.errors import DepositMovedOn, InvoiceMovedOn
from core.transitions import target


class Kind(StrEnum):
    """What is owed."""

    PRICE = "price"
    INSTALMENT = "instalment"
    ENTRY_FEE = "entry_fee"
    ROYALTY = "royalty"
    DEPOSIT = "deposit"
    COMMISSION = "commission"
    FEE = "fee"


class Receiving(StrEnum):
    """Whose account receives."""

    SELLER = "seller"
    SUPERVISED = "supervised"
    """Supervised by a bank: it pays out by the terms of a supervision agreement."""
    OPERATOR = "operator"


CUSTODY: Final = frozenset({Receiving.SUPERVISED, Receiving.OPERATOR})
"""Accounts that hold money which is not their owner's; operators confirm and pay out."""


class ObligationState(StrEnum):
    OPEN = "open"
    PART_PAID = "part_paid"
    PAID = "paid"
    CANCELLED = "cancelled"


UNPAID: Final = frozenset({ObligationState.OPEN, ObligationState.PART_PAID})


class PaymentState(StrEnum):
    CLAIMED = "claimed"
    """The payer says so; one of two people may have seen the money."""
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    REVERSED = "reversed"


class PayoutKind(StrEnum):
    RETURN = "return"
    """A deposit, or what was paid on what is called off, goes back to the account it came from."""
    OVERPAYMENT = "overpayment"
    SETTLEMENT = "settlement"
    """What an account in custody received for a price goes to the payee."""
    FORFEIT = "forfeit"


class PayoutState(StrEnum):
    DUE = "due"
    ORDERED = "ordered"
    PAID = "paid"


class DepositState(StrEnum):
    ASKED = "asked"
    PENDING = "pending"
    HELD = "held"
    RETURNING = "returning"
    RETURNED = "returned"
    APPLIED = "applied"
    FORFEIT_PROPOSED = "forfeit_proposed"
    FORFEITED = "forfeited"
    CANCELLED = "cancelled"


class DepositAct(StrEnum):
    CLAIM = "claim"
    REFUSE = "refuse"
    HOLD = "hold"
    CANCEL = "cancel"
    RELEASE = "release"
    GIVE_BACK = "give_back"
    APPLY = "apply"
    PROPOSE_FORFEIT = "propose_forfeit"
    DROP_FORFEIT = "drop_forfeit"
    FORFEIT = "forfeit"
    REVERSE = "reverse"


_S, _A = DepositState, DepositAct

DEPOSIT: Mapping[tuple[DepositState, DepositAct], DepositState] = MappingProxyType(
    {
        (_S.ASKED, _A.CLAIM): _S.PENDING,
        (_S.ASKED, _A.CANCEL): _S.CANCELLED,
        (_S.PENDING, _A.CLAIM): _S.PENDING,
        (_S.PENDING, _A.REFUSE): _S.ASKED,
        (_S.PENDING, _A.HOLD): _S.HELD,
        (_S.PENDING, _A.CANCEL): _S.CANCELLED,
        (_S.PENDING, _A.RELEASE): _S.RETURNING,
        (_S.ASKED, _A.RELEASE): _S.RETURNING,
        (_S.PENDING, _A.REVERSE): _S.PENDING,
        (_S.HELD, _A.REVERSE): _S.PENDING,
        (_S.HELD, _A.RELEASE): _S.RETURNING,
        (_S.HELD, _A.APPLY): _S.APPLIED,
        (_S.HELD, _A.PROPOSE_FORFEIT): _S.FORFEIT_PROPOSED,
        (_S.RETURNING, _A.GIVE_BACK): _S.RETURNED,
        (_S.FORFEIT_PROPOSED, _A.PROPOSE_FORFEIT): _S.FORFEIT_PROPOSED,
        (_S.FORFEIT_PROPOSED, _A.DROP_FORFEIT): _S.HELD,
        (_S.FORFEIT_PROPOSED, _A.FORFEIT): _S.FORFEITED,
    }
)
"""`release` of what is asked or pending: a part of it had arrived and goes back. A forfeiture that
a rule proposed is proposed again by the person who stands up for it."""

ENDED: Final = frozenset({_S.RETURNED, _S.APPLIED, _S.FORFEITED, _S.CANCELLED})
LIVE: Final = frozenset(_S) - ENDED - {_S.RETURNING}
"""One payer has one of these about one thing."""


def after(state: str, act: DepositAct) -> DepositState:
    """The state that `act` leads to; raises DepositMovedOn where the table has no row."""
    return target(DEPOSIT, state, act, DepositMovedOn())


class InvoiceKind(StrEnum):
    VAT_ORDINARY = "vat_ordinary"
    VAT_SPECIAL = "vat_special"
    """The buyer deducts the tax: its tax number and address are needed."""
    RECEIPT = "receipt"
    """A receipt of a public institution where no tax invoice is due."""


class InvoiceState(StrEnum):
    REQUESTED = "requested"
    ISSUED = "issued"
    DELIVERED = "delivered"
    REVERSED = "reversed"
    DECLINED = "declined"


class InvoiceAct(StrEnum):
    ISSUE = "issue"
    DELIVER = "deliver"
    REVERSE = "reverse"
    DECLINE = "decline"


_I, _D = InvoiceState, InvoiceAct

INVOICE: Mapping[tuple[InvoiceState, InvoiceAct], InvoiceState] = MappingProxyType(
    {
        (_I.REQUESTED, _D.ISSUE): _I.ISSUED,
        (_I.REQUESTED, _D.DECLINE): _I.DECLINED,
        (_I.ISSUED, _D.DELIVER): _I.DELIVERED,
        (_I.ISSUED, _D.REVERSE): _I.REVERSED,
        (_I.DELIVERED, _D.REVERSE): _I.REVERSED,
    }
)
STANDING: Final = frozenset({_I.REQUESTED, _I.ISSUED, _I.DELIVERED})
"""Together at most the amount of the obligation."""


def after_invoice(state: str, act: InvoiceAct) -> InvoiceState:
    """The state that `act` leads to; raises InvoiceMovedOn where the table has no row."""
    return target(INVOICE, state, act, InvoiceMovedOn())
