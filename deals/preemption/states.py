"""The life of one claim to come first: one table. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class HolderKind(StrEnum):
    """By what right somebody comes first when a right passes to another."""

    CONTRIBUTOR = "contributor"
    """Who made a service result (Civil Code art. 847)."""
    CO_OWNER = "co_owner"
    """Who developed it together with the owner (Civil Code art. 860)."""
    COMMISSIONER = "commissioner"
    """Who commissioned the development (Civil Code art. 859)."""


class ClaimState(StrEnum):
    ASKED = "asked"
    """Not told yet: no time runs, and nothing is signed."""
    SERVED = "served"
    EXERCISED = "exercised"
    WAIVED = "waived"
    LAPSED = "lapsed"


class ClaimAct(StrEnum):
    SERVE = "serve"
    EXERCISE = "exercise"
    WAIVE = "waive"
    LAPSE = "lapse"


_S, _A = ClaimState, ClaimAct

CLAIM: Final[Mapping[tuple[ClaimState, ClaimAct], ClaimState]] = MappingProxyType(
    {
        (_S.ASKED, _A.SERVE): _S.SERVED,
        (_S.ASKED, _A.EXERCISE): _S.EXERCISED,
        (_S.ASKED, _A.WAIVE): _S.WAIVED,
        (_S.SERVED, _A.EXERCISE): _S.EXERCISED,
        (_S.SERVED, _A.WAIVE): _S.WAIVED,
        (_S.SERVED, _A.LAPSE): _S.LAPSED,
        (_S.EXERCISED, _A.WAIVE): _S.WAIVED,
    }
)
OPEN: Final = frozenset({_S.ASKED, _S.SERVED})
"""What keeps others from signing until it is answered or its time is over."""
