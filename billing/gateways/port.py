"""The port: what the market needs to know of a way in which money arrives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from billing.rules import Claim
from core.errors import Problem


@dataclass(frozen=True)
class Instruction:
    """What the payer must do; empty account fields where the parties agree on them directly."""

    reference: str
    holder: str
    bank: str
    number: str


class Gateway(Protocol):
    """Bank transfer today; a card provider fits in behind the same four answers."""

    code: str
    """Stored with each payment."""
    witnesses: int
    """How many people must have seen the money: none where the provider's signed event says it."""

    def instruct(
        self, reference: str, holder: str = "", bank: str = "", number: str = ""
    ) -> Instruction: ...

    def problems(self, claim: Claim, today: date) -> dict[str, list[Problem]]: ...
