"""What an accepted way keeps others from having until its contract is signed. Pure.

Exclusive, sole and ordinary as the Supreme People's Court reads them (interpretation of 2020 on
technology contracts, art. 25): exclusive shuts out all, the owner too; sole shuts out all others.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from listings.kinds import Way

_WHOLE: Final = frozenset({Way.ASSIGNMENT, Way.EXCLUSIVE, Way.EQUITY_CONTRIBUTION, Way.SOLE})


def excludes(first: str, second: str) -> bool:
    """Whether two deals cannot both have these ways in the same asset; symmetric."""
    if Way.JOINT_DEVELOPMENT in (first, second):
        return False
    return first in _WHOLE or second in _WHOLE


def taken(wanted: str, claimed: Iterable[str]) -> bool:
    """Whether the wanted way is shut out by what other deals have claimed."""
    return any(excludes(wanted, way) for way in claimed)
