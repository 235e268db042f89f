"""The life of one step of an institution's decision: one table. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class StepKind(StrEnum):
    """Who decides, and by what it is shown."""

    PERSON = "person"
    """A named member of the institution, signed in."""
    MEETING = "meeting"
    """A meeting, by its minutes."""
    CONTRIBUTORS = "contributors"
    """Every contributor of the result, each by a signed consent."""
    CO_OWNERS = "co_owners"
    """Every other owner of the result, each by a signed consent."""


CONSENTS: Final = frozenset({StepKind.CONTRIBUTORS, StepKind.CO_OWNERS})
"""Steps that become one for each of the people or organisations concerned."""


class StepState(StrEnum):
    WAITING = "waiting"
    PASSED = "passed"
    REFUSED = "refused"


class StepAct(StrEnum):
    PASS = "pass"  # noqa: S105  no password
    REFUSE = "refuse"


STEP: Final[Mapping[tuple[StepState, StepAct], StepState]] = MappingProxyType(
    {
        (StepState.WAITING, StepAct.PASS): StepState.PASSED,
        (StepState.WAITING, StepAct.REFUSE): StepState.REFUSED,
    }
)
"""A step is decided once; a refused one is asked again as another row of the next turn."""
