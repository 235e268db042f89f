"""What a trade certificate shows, and the text that the market signs for it. Pure."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from core.money import Money
from core.verify import canonical, signed

FORMAT: Final = "qiaoyi-certificate-1"


@dataclass(frozen=True)
class Shown:
    """What everybody who has the number may read: frozen with the certificate, in no other place.

    `how`: by language, one sentence on how the price was found. `amount`: the fixed price, where
    both parties want it shown.
    """

    issuer: str
    seller: str
    buyer: str
    title: str
    result_number: str | None
    contract_number: str
    mode: str
    way: str
    how: Mapping[str, str]
    opened_on: date
    signed_on: date
    notice: tuple[date, date] | None = None
    """First and last day on which the price was on public notice."""
    amount: Money | None = None

    def dump(self) -> dict[str, Any]:
        """Plain JSON values; `load` reads them back."""
        plain = asdict(self)
        plain["how"] = dict(self.how)
        plain["opened_on"] = self.opened_on.isoformat()
        plain["signed_on"] = self.signed_on.isoformat()
        plain["notice"] = [day.isoformat() for day in self.notice] if self.notice else None
        plain["amount"] = [self.amount.minor, self.amount.currency] if self.amount else None
        return plain

    @staticmethod
    def load(plain: Mapping[str, Any]) -> Shown:
        """What `dump` gave."""
        known = dict(plain)
        known["opened_on"] = date.fromisoformat(known["opened_on"])
        known["signed_on"] = date.fromisoformat(known["signed_on"])
        if days := known["notice"]:
            known["notice"] = (date.fromisoformat(days[0]), date.fromisoformat(days[1]))
        if amount := known["amount"]:
            known["amount"] = Money(amount[0], amount[1])
        return Shown(**known)


@dataclass(frozen=True)
class Anchors:
    """What ties a certificate to its contract and to the course of the deal.

    `contract`: SHA-256 of the signed text. `course`: the hash at entry `entry` of the deal's own
    chain, which the diligence file holds.
    """

    contract: str
    entry: int
    course: str


def signed_text(number: str, issued_on: date, anchors: Anchors, shown: Mapping[str, Any]) -> bytes:
    """What the market signs: canonical JSON (`core.verify.canonical`) of all that it shows."""
    return canonical(
        {
            "format": FORMAT,
            "number": number,
            "issued_on": issued_on.isoformat(),
            "contract_sha256": anchors.contract,
            "course": {"entry": anchors.entry, "hash": anchors.course},
            "shown": dict(shown),
        }
    )


def fits(text: bytes, signature: str, key: str) -> bool:
    """Whether `signature` (Ed25519, base64) is that of `key` (base64) over the text."""
    try:
        octets = base64.b64decode(signature, validate=True)
    except ValueError:
        return False
    return signed(base64.b64decode(key), octets, text)
