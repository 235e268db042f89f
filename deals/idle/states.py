"""The life of a maker's declaration to act on an unused result: one table. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from core.transitions import target
from deals.idle.errors import UseMovedOn


class Basis(StrEnum):
    """From which event a result counts as unused."""

    GRANT = "grant"
    """of its patents: the last of them"""
    REGISTRATION = "registration"
    """of the result, on the day that the certificate says"""


class UseState(StrEnum):
    DECLARED = "declared"
    AGREED = "agreed"
    SILENT = "silent"
    """The unit let its time to answer pass."""
    REFUSED = "refused"
    ENDED = "ended"


class UseAct(StrEnum):
    AGREE = "agree"
    REFUSE = "refuse"
    LAPSE = "lapse"
    END = "end"


_S, _A = UseState, UseAct

USE: Final[Mapping[tuple[UseState, UseAct], UseState]] = MappingProxyType(
    {
        (_S.DECLARED, _A.AGREE): _S.AGREED,
        (_S.DECLARED, _A.REFUSE): _S.REFUSED,
        (_S.DECLARED, _A.LAPSE): _S.SILENT,
        (_S.DECLARED, _A.END): _S.ENDED,
        (_S.SILENT, _A.AGREE): _S.AGREED,
        (_S.SILENT, _A.END): _S.ENDED,
        (_S.AGREED, _A.END): _S.ENDED,
    }
)
ACTING: Final = frozenset({_S.AGREED, _S.SILENT})
"""In which the maker answers inquiries and opens talks for the unit."""
STANDING: Final = ACTING | {_S.DECLARED}
"""Of which a result has one at most."""


def after(state: str, act: UseAct) -> UseState:
    """The state that `act` leads to; raises UseMovedOn where the table has no row."""
    return target(USE, state, act, UseMovedOn())
