"""The ledger's entries, pure: every business event is one journal whose lines sum to zero.

A line above zero is a debit, one below a credit. What the market, a bank or a seller has in hand is
debited; whose it is, is credited. Nothing is edited: what was wrong is reversed by its mirror.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final


class Account(StrEnum):
    """`of` names the part of it, said behind each."""

    PROVIDER_CLEARING = "provider_clearing"
    """Money in an account in custody; of the receiving account."""
    SELLER_RECEIVED = "seller_received"
    """Money that reached the seller directly: the market only records it; of the payee."""
    DEPOSITS_HELD = "deposits_held"
    """Of the deposit's obligation."""
    BUYER_FUNDS = "buyer_funds"
    """Received for a price; of its obligation."""
    REFUNDS_PAYABLE = "refunds_payable"
    """Has to go back to whoever paid; of the obligation by which it came."""
    SELLER_PAYABLE = "seller_payable"
    """Of the payee."""
    BROKER_PAYABLE = "broker_payable"
    """Of the broker's organisation."""
    FEE_INCOME = "fee_income"
    FEE_EXPENSE = "fee_expense"
    FORFEITS_HELD = "forfeits_held"
    """Of the forfeited deposit's obligation."""


LIABILITIES: Final = frozenset(
    {
        Account.DEPOSITS_HELD,
        Account.BUYER_FUNDS,
        Account.REFUNDS_PAYABLE,
        Account.SELLER_PAYABLE,
        Account.BROKER_PAYABLE,
        Account.FORFEITS_HELD,
    }
)
"""Never on the debit side: nobody is given back more than came."""


class Event(StrEnum):
    """What was booked; with its cause the journal's name, so that nothing is booked twice."""

    RECEIVED = "received"
    RECEIPT_REVERSED = "receipt_reversed"
    DEPOSIT_RELEASED = "deposit_released"
    DEPOSIT_APPLIED = "deposit_applied"
    DEPOSIT_FORFEITED = "deposit_forfeited"
    CALLED_OFF = "called_off"
    SETTLED = "settled"
    PAID_OUT = "paid_out"


@dataclass(frozen=True)
class Line:
    """`minor`: units of the entry's currency."""

    account: Account
    of: str
    minor: int


@dataclass(frozen=True)
class Entry:
    """A journal before it is written."""

    event: Event
    cause: str
    currency: str
    lines: tuple[Line, ...] = field(default_factory=tuple)

    @property
    def digest(self) -> str:
        """SHA-256 of everything it says, in hex: the audit chain keeps it."""
        said = [self.event, self.cause, self.currency]
        said += [f"{line.account} {line.of} {line.minor}" for line in self.lines]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()


class UnbalancedError(ValueError):
    """Lines that do not sum to zero, or none: a programming error, never a user's."""


def entry(event: Event, cause: str, currency: str, lines: Iterable[Line]) -> Entry:
    """Lines of nothing are left out. Raises UnbalancedError."""
    kept = tuple(line for line in lines if line.minor)
    if not kept or sum(line.minor for line in kept) != 0:
        raise UnbalancedError(f"{event} {cause}: {[line.minor for line in kept]}")
    return Entry(event, cause, currency, kept)


def moved(event: Event, cause: str, currency: str, debit: Line, to: Sequence[Line]) -> Entry:
    """One debit against its credits; the credits, `to`, are given as positive amounts."""
    turned = [replace(line, minor=-line.minor) for line in to]
    return entry(event, cause, currency, [debit, *turned])


def reversal(event: Event, cause: str, original: Entry) -> Entry:
    """The mirror of an entry: both together move nothing."""
    lines = [replace(line, minor=-line.minor) for line in original.lines]
    return entry(event, cause, original.currency, lines)


def balances(entries: Iterable[Entry]) -> dict[tuple[Account, str, str], int]:
    """(account, of, currency) -> minor units, without those at zero."""
    found: Counter[tuple[Account, str, str]] = Counter()
    for one in entries:
        for line in one.lines:
            found[line.account, line.of, one.currency] += line.minor
    return {key: minor for key, minor in found.items() if minor}
