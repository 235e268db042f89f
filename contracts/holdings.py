"""What contracts hold of people and organisations."""

from __future__ import annotations

from typing import Final

from contracts.models import Contract, ContractVersion, SealRequest, SignedCopy
from core.holdings import Holding, Keeps

HOLDINGS: Final = (
    Holding(Contract.opened_by, Keeps.ACT, Contract, Contract.id),
    Holding(Contract.frozen_by, Keeps.ACT, Contract, Contract.id),
    Holding(ContractVersion.by, Keeps.ACT, Contract, ContractVersion.contract),
    Holding(SealRequest.by, Keeps.ACT, Contract, SealRequest.contract),
    Holding(SignedCopy.by, Keeps.ACT, Contract, SignedCopy.contract),
    Holding(SignedCopy.checked_by, Keeps.ACT, Contract, SignedCopy.contract),
)
