"""What electronic signatures hold of people."""

from __future__ import annotations

from typing import Final

from contracts.models import Contract
from contracts.signing.models import ContractSignature
from core.holdings import Holding, Keeps

HOLDINGS: Final = (Holding(ContractSignature.by, Keeps.ACT, Contract, ContractSignature.contract),)
