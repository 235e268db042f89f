"""The port of electronic signatures: whoever signs for the parties stands behind it.

The market hands a text's printed form over by its digest and its octets, gets a reference, and asks
how it ended. What a signature is worth in law is the provider's to show: its evidence is kept as it
came.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

WAITING: Final = "waiting"
SIGNED: Final = "signed"
DECLINED: Final = "declined"


@dataclass(frozen=True)
class Asked:
    """Who is to sign what, for whom. Digests are SHA-256 in hex."""

    id: str
    number: str
    """Of the contract."""
    digest: str
    """Of the frozen text."""
    document: str
    """Of the PDF that is signed."""
    pdf: bytes
    side: str
    party: str
    person: str
    """The market's id of the signatory."""
    name: str
    authority: str
    consent: str
    """The version of the words that the signatory agreed to."""
    factor: str
    asked_at: datetime
    back: str
    """The page to which the provider leads the signatory back."""


@dataclass(frozen=True)
class Begun:
    """The provider's name for the signature, and where the person signs; no address: here."""

    reference: str
    address: str = ""


@dataclass(frozen=True)
class Outcome:
    """How it stands. `evidence`: what shows the signature, in the provider's form."""

    state: str
    document: str = ""
    signed_at: datetime | None = None
    evidence: bytes = b""


class Signing(Protocol):
    """A provider of signatures. Called outside any unit of work; both calls may be repeated."""

    @property
    def code(self) -> str:
        """By which rows remember who was asked."""

    def begin(self, asked: Asked) -> Begun:
        """Asks for the signature; the same `asked.id` gives the same reference. Raises
        SigningSilent, SigningRefused."""

    def outcome(self, asked: Asked, reference: str) -> Outcome:
        """How the signature stands now. Raises SigningSilent, SigningRefused."""
