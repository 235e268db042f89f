"""The life of a contract and of a signed copy: one table each. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from contracts.errors import ContractMovedOn
from core.transitions import target


class ContractState(StrEnum):
    DRAFTING = "drafting"
    READY = "ready"
    SIGNED = "signed"
    ABANDONED = "abandoned"


class ContractAct(StrEnum):
    SAVE = "save"
    FREEZE = "freeze"
    REOPEN = "reopen"
    HAND_IN = "hand_in"
    """a side's signed and sealed copy"""
    CHECK = "check"
    """a second person looks at a copy"""
    ASK_SIGNATURE = "ask_signature"
    """a side begins to sign electronically"""
    TAKE_SIGNATURE = "take_signature"
    """its electronic signature is there"""
    SIGN = "sign"
    """both sides have signed, each on its path"""
    ABANDON = "abandon"


_S, _A = ContractState, ContractAct

CONTRACT: Mapping[tuple[ContractState, ContractAct], ContractState] = MappingProxyType(
    {
        (_S.DRAFTING, _A.SAVE): _S.DRAFTING,
        (_S.DRAFTING, _A.FREEZE): _S.READY,
        (_S.DRAFTING, _A.ABANDON): _S.ABANDONED,
        (_S.READY, _A.REOPEN): _S.DRAFTING,
        (_S.READY, _A.HAND_IN): _S.READY,
        (_S.READY, _A.CHECK): _S.READY,
        (_S.READY, _A.ASK_SIGNATURE): _S.READY,
        (_S.READY, _A.TAKE_SIGNATURE): _S.READY,
        (_S.READY, _A.SIGN): _S.SIGNED,
        (_S.READY, _A.ABANDON): _S.ABANDONED,
    }
)
"""A signed contract is left by nobody here: what ends it is another contract."""


class CopyState(StrEnum):
    HANDED_IN = "handed_in"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    SET_ASIDE = "set_aside"
    """the text was opened again, so a copy of the old text counts for nothing"""


RUNNING: Final = (_S.DRAFTING, _S.READY)
"""States in which a deal's contract can still become another text, or none."""


def after(state: str, act: ContractAct) -> ContractState:
    """The state that `act` leads to; raises ContractMovedOn where the table has no row."""
    return target(CONTRACT, state, act, ContractMovedOn())


def acts_from(state: str) -> frozenset[ContractAct]:
    """What may be tried in a state."""
    return frozenset(act for source, act in CONTRACT if source == state)
