"""The life of a round and of a registration in it: two tables."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from core.transitions import target
from deals.rounds.errors import RegistrationMovedOn, RoundMovedOn


class RoundState(StrEnum):
    DISCLOSED = "disclosed"
    """The disclosure period runs; whoever is interested registers."""
    DECIDING = "deciding"
    """The period is over; registrations wait for the office's decision."""
    KEYS = "keys"
    """Two or more are qualified; the round waits for both keepers' keys."""
    QUOTING = "quoting"
    OPENING = "opening"
    """Past the deadline for quotes; both keepers open together."""
    AWARDED = "awarded"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


class RoundAct(StrEnum):
    EXTEND = "extend"
    DECIDE = "decide"
    ASK_KEYS = "ask_keys"
    ASK_QUOTES = "ask_quotes"
    CLOSE_QUOTES = "close_quotes"
    AWARD = "award"
    FAIL = "fail"
    WITHDRAW = "withdraw"


_S, _A = RoundState, RoundAct

ROUND: Mapping[tuple[RoundState, RoundAct], RoundState] = MappingProxyType(
    {
        (_S.DISCLOSED, _A.EXTEND): _S.DISCLOSED,
        (_S.DISCLOSED, _A.DECIDE): _S.DECIDING,
        (_S.DISCLOSED, _A.WITHDRAW): _S.WITHDRAWN,
        (_S.DECIDING, _A.EXTEND): _S.DISCLOSED,
        (_S.DECIDING, _A.FAIL): _S.FAILED,
        (_S.DECIDING, _A.AWARD): _S.AWARDED,
        (_S.DECIDING, _A.ASK_KEYS): _S.KEYS,
        (_S.DECIDING, _A.ASK_QUOTES): _S.QUOTING,
        (_S.DECIDING, _A.CLOSE_QUOTES): _S.OPENING,
        (_S.KEYS, _A.ASK_QUOTES): _S.QUOTING,
        (_S.KEYS, _A.FAIL): _S.FAILED,
        (_S.QUOTING, _A.CLOSE_QUOTES): _S.OPENING,
        (_S.QUOTING, _A.FAIL): _S.FAILED,
        (_S.OPENING, _A.AWARD): _S.AWARDED,
        (_S.OPENING, _A.FAIL): _S.FAILED,
    }
)

RUNNING: Final = frozenset({_S.DISCLOSED, _S.DECIDING, _S.KEYS, _S.QUOTING, _S.OPENING})
"""While a round is in one of these, no other deal may take its way."""


def round_after(state: str, act: RoundAct) -> RoundState:
    """The state that `act` leads to; raises RoundMovedOn where the table has no row."""
    return target(ROUND, state, act, RoundMovedOn())


class RegistrationState(StrEnum):
    APPLIED = "applied"
    ACTIVE = "active"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class RegistrationAct(StrEnum):
    QUALIFY = "qualify"
    REJECT = "reject"
    WITHDRAW = "withdraw"


_R, _D = RegistrationState, RegistrationAct

REGISTRATION: Mapping[tuple[RegistrationState, RegistrationAct], RegistrationState] = (
    MappingProxyType(
        {
            (_R.APPLIED, _D.QUALIFY): _R.ACTIVE,
            (_R.APPLIED, _D.REJECT): _R.REJECTED,
            (_R.APPLIED, _D.WITHDRAW): _R.WITHDRAWN,
            (_R.ACTIVE, _D.WITHDRAW): _R.WITHDRAWN,
        }
    )
)


def registration_after(state: str, act: RegistrationAct) -> RegistrationState:
    """The state that `act` leads to; raises RegistrationMovedOn where the table has no row."""
    return target(REGISTRATION, state, act, RegistrationMovedOn())
