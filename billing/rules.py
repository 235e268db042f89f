"""What may be owed, claimed and given back. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from billing.states import InvoiceKind
from core.errors import Problem
from core.i18n import N_
from core.money import allocate

REMIND_DAYS: Final = "billing.remind_days"
"""The rule of the profile: how many days before the last one both sides are reminded."""
REFUND_HOURS: Final = "deposit.refund_hours"
DEPOSIT_CAP: Final = "bidding.deposit_cap"
APPEAL_DAYS: Final = "platform.appeal_days"
HOLDING_LICENSED: Final = "money.holding_licensed"
PROOF_LIMIT: Final = 10 << 20
"""Octets of an uploaded proof."""
PROOF_TYPES: Final = frozenset({"application/pdf", "image/png", "image/jpeg"})
LONGEST: Final = 2000
LONGEST_ACCOUNT: Final = 200
_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U to misread


def reference_code(obligation: str) -> str:
    """`QY` and ten letters of the obligation's id, the last a check letter: short enough for the
    remittance line of a bank form, and a slip of one letter is no other code."""
    number = int(hashlib.sha256(obligation.encode()).hexdigest()[:12], 16) % 32**9
    letters = "".join(_LETTERS[number >> shift & 31] for shift in range(40, -5, -5))
    return f"QY{letters}{check_letter(letters)}"


def check_letter(letters: str) -> str:
    """Weights are odd, so that any one wrong letter gives another check letter (they are
    invertible modulo 32)."""
    weighed = sum((2 * at + 1) * _LETTERS.index(one) for at, one in enumerate(letters))
    return _LETTERS[weighed % 32]


@dataclass(frozen=True)
class Receipt:
    """How what arrived is divided, in minor units: `taken` pays, `over` is owed back."""

    taken: int
    over: int


def divide(arrived: int, *, amount: int, paid: int, wanted: bool) -> Receipt:
    """`wanted`: False where it was cancelled or its deposit has moved on, so all goes back."""
    taken = min(arrived, amount - paid) if wanted else 0
    return Receipt(taken, arrived - taken)


def back_to(total: int, came: Sequence[int]) -> tuple[int, ...]:
    """How much goes back to each account, in proportion to what came from it; never more than
    came, for `total` is at most their sum."""
    if not 0 <= total <= sum(came):
        raise ValueError("more would go back than came")
    return allocate(total, came) if total else (0,) * len(came)


def is_within_cap(amount: int, base: int, cap: Decimal) -> bool:
    """Is a deposit at most this share of the floor price?"""
    return Fraction(amount) <= Fraction(cap) * base


@dataclass(frozen=True)
class Claim:
    """What a payer says of a transfer; `amount` in minor units."""

    amount: int
    paid_on: date | None
    holder: str
    bank: str
    number: str

    @property
    def from_account(self) -> str:
        return " · ".join((self.holder.strip(), self.bank.strip(), self.number.strip()))


def claim_problems(claim: Claim, today: date) -> dict[str, list[Problem]]:
    """By field; empty for a claim that can be taken."""
    problems: dict[str, list[Problem]] = {}
    if claim.amount <= 0:
        problems["amount"] = [Problem("amount_missing", N_("Enter an amount."))]
    if claim.paid_on is None:
        problems["paid_on"] = [Problem("paid_on", N_("Say on which day you paid."))]
    elif claim.paid_on > today:
        words = N_("This day is still to come. Send the proof once the transfer is made.")
        problems["paid_on"] = [Problem("future", words)]
    for name in ("holder", "bank", "number"):
        typed = getattr(claim, name)
        if not typed.strip():
            words = N_("Money that goes back goes to the account it came from: write it in full.")
            problems[name] = [Problem("account_missing", words)]
        elif len(typed) > LONGEST_ACCOUNT:
            words = N_("Shorten this to %(length)s characters.")
            problems[name] = [Problem("long", words, {"length": LONGEST_ACCOUNT})]
    return problems


def text_problems(field: str, text: str) -> dict[str, list[Problem]]:
    """For a reason that the other side reads."""
    if not text.strip():
        return {field: [Problem("text_missing", N_("Write the facts and the reason first."))]}
    if len(text) > LONGEST:
        words = N_("Shorten this to %(length)s characters.")
        return {field: [Problem("text_long", words, {"length": LONGEST})]}
    return {}


@dataclass(frozen=True)
class InvoiceAsk:
    """Tax details as the payer gives them; `amount` in minor units."""

    kind: str
    amount: int
    title: str
    tax_number: str = ""
    address: str = ""
    mail: str = ""


def invoice_problems(ask: InvoiceAsk) -> dict[str, list[Problem]]:
    """By field. A special VAT invoice needs the buyer's number and its registered details."""
    problems: dict[str, list[Problem]] = {}
    if ask.kind not in set(InvoiceKind):
        problems["kind"] = [Problem("kind", N_("Choose the kind of invoice."))]
    if ask.amount <= 0:
        problems["amount"] = [Problem("amount_missing", N_("Enter an amount."))]
    special = ask.kind == InvoiceKind.VAT_SPECIAL
    needed = ("title", "mail", *(("tax_number", "address") if special else ()))
    for name in ("title", "tax_number", "address", "mail"):
        typed = getattr(ask, name)
        if name in needed and not typed.strip():
            problems[name] = [Problem("missing", N_("Fill this in."))]
        elif len(typed) > LONGEST_ACCOUNT:
            words = N_("Shorten this to %(length)s characters.")
            problems[name] = [Problem("long", words, {"length": LONGEST_ACCOUNT})]
    return problems
