"""States of a recovery and its one table of transitions (pure)."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Final

WAIT: Final = timedelta(hours=24)
"""Between the second operator's word and the reset: time for the account's owner to stop it."""
LONGEST_NOTE: Final = 1000


class RecoveryState(StrEnum):
    ASKED = "asked"
    VOUCHED = "vouched"
    """One operator has noted what shows that it is the person."""
    WAITING = "waiting"
    """Another one agreed; every contact was told, and the day runs."""
    DONE = "done"
    STOPPED = "stopped"
    REFUSED = "refused"


OPEN: Final = (RecoveryState.ASKED, RecoveryState.VOUCHED, RecoveryState.WAITING)

TRANSITIONS: Final[dict[tuple[RecoveryState, str], RecoveryState]] = {
    (RecoveryState.ASKED, "vouch"): RecoveryState.VOUCHED,
    (RecoveryState.VOUCHED, "approve"): RecoveryState.WAITING,
    (RecoveryState.WAITING, "carry_out"): RecoveryState.DONE,
    **{(state, "stop"): RecoveryState.STOPPED for state in OPEN},
    **{(state, "refuse"): RecoveryState.REFUSED for state in OPEN},
}
"""(state, what is done) -> next state; what is not here is refused."""


def after(state: str, step: str) -> RecoveryState | None:
    return TRANSITIONS.get((RecoveryState(state), step))
