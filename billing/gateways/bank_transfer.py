"""Bank transfer: a reference code on the remittance line, a proof, two people at the statement."""

from __future__ import annotations

from datetime import date
from typing import Final

from billing.gateways.port import Gateway, Instruction
from billing.rules import Claim, claim_problems
from core.errors import Problem


class BankTransfer:
    """No network: people look at the bank's statement."""

    code = "bank_transfer"
    witnesses = 2

    def instruct(
        self, reference: str, holder: str = "", bank: str = "", number: str = ""
    ) -> Instruction:
        return Instruction(reference, holder, bank, number)

    def problems(self, claim: Claim, today: date) -> dict[str, list[Problem]]:
        return claim_problems(claim, today)


GATEWAYS: Final[dict[str, Gateway]] = {BankTransfer.code: BankTransfer()}
