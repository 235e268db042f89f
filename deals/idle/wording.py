"""The words of unused results."""

from __future__ import annotations

from typing import Final

from core.i18n import N_
from deals.idle.rules import WITHDRAWN, Standing
from deals.idle.states import Basis

STANDING_NAMES: Final = {
    Standing.UNSET: N_("The rules for this place set no period."),
    Standing.UNKNOWN: N_("The record holds no day from which to count."),
    Standing.RUNNING: N_("The unit's period runs."),
    Standing.OVER: N_("The unit's period is over: its makers may act."),
    Standing.USED: N_("The unit acts: talks run, or a right was granted."),
}
BASIS_NAMES: Final = {
    Basis.GRANT: N_("grant of its patents"),
    Basis.REGISTRATION: N_("registration of the result"),
}
REASON_NAMES: Final = {
    "own_use": N_("The unit uses the result itself"),
    "in_talks": N_("The unit talks with somebody about it"),
    "wrong_day": N_("The day from which it was counted is wrong"),
    "others_rights": N_("Rights of others stand against it"),
}
"""Reasons of the unit, by code."""
ENDED_NAMES: Final = REASON_NAMES | {WITHDRAWN: N_("The maker gave it up")}
