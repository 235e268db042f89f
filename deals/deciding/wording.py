"""The words of an institution's decision."""

from __future__ import annotations

from typing import Final

from core.i18n import N_
from deals.deciding.states import StepKind, StepState

KIND_NAMES: Final = {
    StepKind.PERSON: N_("A person decides"),
    StepKind.MEETING: N_("A meeting decides, by its minutes"),
    StepKind.CONTRIBUTORS: N_("Every contributor consents"),
    StepKind.CO_OWNERS: N_("Every co-owner consents"),
}
STATE_NAMES: Final = {
    StepState.WAITING: N_("Step open"),
    StepState.PASSED: N_("Step passed"),
    StepState.REFUSED: N_("Step refused"),
}
ASSET_NAMES: Final = {
    "result": N_("Result"),
    "patent": N_("Patent"),
    "know_how": N_("Know-how"),
    "package": N_("Package"),
}
