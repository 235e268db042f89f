"""The life of a registration: one table. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from contracts.registration.errors import ContractRegistrationMovedOn
from core.transitions import target


class RegistrationState(StrEnum):
    DRAFTED = "drafted"
    HANDED_IN = "handed_in"
    RETURNED = "returned"
    REGISTERED = "registered"
    CHANGING = "changing"
    """a change of the registered contract was handed in"""
    RESCINDED = "rescinded"


class RegistrationAct(StrEnum):
    SAVE = "save"
    HAND_IN = "hand_in"
    REGISTER = "register"
    RETURN = "return"
    CHANGE = "change"
    RESCIND = "rescind"


_S, _A = RegistrationState, RegistrationAct

REGISTRATION: Mapping[tuple[RegistrationState, RegistrationAct], RegistrationState] = (
    MappingProxyType(
        {
            (_S.DRAFTED, _A.SAVE): _S.DRAFTED,
            (_S.DRAFTED, _A.HAND_IN): _S.HANDED_IN,
            (_S.HANDED_IN, _A.REGISTER): _S.REGISTERED,
            (_S.HANDED_IN, _A.RETURN): _S.RETURNED,
            (_S.RETURNED, _A.SAVE): _S.RETURNED,
            (_S.RETURNED, _A.HAND_IN): _S.HANDED_IN,
            (_S.REGISTERED, _A.CHANGE): _S.CHANGING,
            (_S.REGISTERED, _A.RESCIND): _S.RESCINDED,
            (_S.CHANGING, _A.REGISTER): _S.REGISTERED,
            (_S.CHANGING, _A.RETURN): _S.REGISTERED,
        }
    )
)
"""A change that goes back leaves the registration as it was. What was rescinded is over."""

WITH_REGISTRY: Final = (_S.HANDED_IN, _S.CHANGING)
"""The registry has it, and an answer is expected."""
TO_HAND_IN: Final = (_S.DRAFTED, _S.RETURNED)
"""The next step is one's own."""


def after(state: str, act: RegistrationAct) -> RegistrationState:
    """The state that `act` leads to. Raises ContractRegistrationMovedOn."""
    return target(REGISTRATION, state, act, ContractRegistrationMovedOn())


def acts_from(state: str) -> frozenset[RegistrationAct]:
    """What may be tried in a state."""
    return frozenset(act for source, act in REGISTRATION if source == state)
