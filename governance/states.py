"""The life of a complaint: states and one transition table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from core.transitions import target
from governance.errors import AppealMovedOn, ComplaintMovedOn


class Kind(StrEnum):
    INFRINGEMENT = "infringement"
    UNTRUTH = "untruth"
    CONTACT_ABUSE = "contact_abuse"
    PERSONAL_DATA = "personal_data"
    OTHER = "other"


class ComplaintState(StrEnum):
    RECEIVED = "received"
    MEASURED = "measured"
    COUNTERED = "countered"
    KEPT = "kept"
    LIFTED = "lifted"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"


class ComplaintAct(StrEnum):
    MEASURE = "measure"
    UPHOLD = "uphold"
    DISMISS = "dismiss"
    COUNTER = "counter"
    SUE = "sue"
    LAPSE = "lapse"
    LIFT = "lift"
    TAKE_BACK = "take_back"


_S, _A = ComplaintState, ComplaintAct

COMPLAINT: Mapping[tuple[ComplaintState, ComplaintAct], ComplaintState] = MappingProxyType(
    {
        (_S.RECEIVED, _A.MEASURE): _S.MEASURED,
        (_S.RECEIVED, _A.UPHOLD): _S.UPHELD,
        (_S.RECEIVED, _A.DISMISS): _S.DISMISSED,
        (_S.RECEIVED, _A.TAKE_BACK): _S.WITHDRAWN,
        (_S.MEASURED, _A.COUNTER): _S.COUNTERED,
        (_S.MEASURED, _A.LIFT): _S.LIFTED,
        (_S.MEASURED, _A.TAKE_BACK): _S.WITHDRAWN,
        (_S.COUNTERED, _A.SUE): _S.KEPT,
        (_S.COUNTERED, _A.LAPSE): _S.LIFTED,
        (_S.COUNTERED, _A.TAKE_BACK): _S.WITHDRAWN,
        (_S.KEPT, _A.LIFT): _S.LIFTED,
        (_S.KEPT, _A.TAKE_BACK): _S.WITHDRAWN,
    }
)

HOLDING: Final = frozenset({_S.MEASURED, _S.COUNTERED, _S.KEPT})
"""While a complaint is in one of these, what it is about stays off the market."""


def after(state: str, act: ComplaintAct) -> ComplaintState:
    """The state that `act` leads to; raises ComplaintMovedOn where the table has no row."""
    return target(COMPLAINT, state, act, ComplaintMovedOn())


class AppealState(StrEnum):
    RECEIVED = "received"
    GRANTED = "granted"
    DISMISSED = "dismissed"


class AppealAct(StrEnum):
    GRANT = "grant"
    REJECT = "reject"


APPEAL: Mapping[tuple[AppealState, AppealAct], AppealState] = MappingProxyType(
    {
        (AppealState.RECEIVED, AppealAct.GRANT): AppealState.GRANTED,
        (AppealState.RECEIVED, AppealAct.REJECT): AppealState.DISMISSED,
    }
)


def after_appeal(state: str, act: AppealAct) -> AppealState:
    """The state that `act` leads to; raises AppealMovedOn where the table has no row."""
    return target(APPEAL, state, act, AppealMovedOn())


class Audience(StrEnum):
    """Whom an announcement is for."""

    EVERYBODY = "everybody"
    MEMBERS = "members"
    INSTITUTES = "institutes"
    FIRMS = "firms"
    BROKERS = "brokers"
