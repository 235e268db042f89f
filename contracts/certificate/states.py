"""The life of a trade certificate: one table. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from contracts.certificate.errors import CertificateMovedOn
from core.transitions import target


class CertificateState(StrEnum):
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"


class CertificateAct(StrEnum):
    WITHDRAW = "withdraw"


_S, _A = CertificateState, CertificateAct

CERTIFICATE: Final[Mapping[tuple[CertificateState, CertificateAct], CertificateState]] = (
    MappingProxyType({(_S.ISSUED, _A.WITHDRAW): _S.WITHDRAWN})
)
"""What was withdrawn stays so: the contract may get another certificate, under another number."""


def after(state: str, act: CertificateAct) -> CertificateState:
    """The state that `act` leads to. Raises CertificateMovedOn."""
    return target(CERTIFICATE, state, act, CertificateMovedOn())
