"""The life of an electronic signature: one table. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from contracts.signing.errors import SignatureMovedOn
from core.transitions import target


class SignatureState(StrEnum):
    ASKED = "asked"
    """its person has begun; the provider has not said how it ended"""
    SIGNED = "signed"
    DECLINED = "declined"
    """the person refused at the provider, or the provider did"""
    TAKEN_BACK = "taken_back"
    SET_ASIDE = "set_aside"
    """the text was opened again, or the side went on with paper"""


class SignatureAct(StrEnum):
    SIGN = "sign"
    DECLINE = "decline"
    TAKE_BACK = "take_back"


_S, _A = SignatureState, SignatureAct
SIGNATURE: Mapping[tuple[SignatureState, SignatureAct], SignatureState] = MappingProxyType(
    {
        (_S.ASKED, _A.SIGN): _S.SIGNED,
        (_S.ASKED, _A.DECLINE): _S.DECLINED,
        (_S.ASKED, _A.TAKE_BACK): _S.TAKEN_BACK,
    }
)
"""A signature is never taken back; opening the text again sets it aside."""
LIVE: Final = (_S.ASKED, _S.SIGNED)


def after(state: str, act: SignatureAct) -> SignatureState:
    """The state that `act` leads to; raises SignatureMovedOn where the table has no row."""
    return target(SIGNATURE, state, act, SignatureMovedOn())
