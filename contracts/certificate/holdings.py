"""What trade certificates hold of people."""

from __future__ import annotations

from typing import Final

from contracts.certificate.models import TradeCertificate
from contracts.models import Contract
from core.holdings import Holding, Keeps

HOLDINGS: Final = (
    Holding(TradeCertificate.by, Keeps.ACT, Contract, TradeCertificate.contract),
    Holding(TradeCertificate.withdrawn_by, Keeps.ACT, Contract, TradeCertificate.contract),
)
