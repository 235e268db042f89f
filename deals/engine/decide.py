"""Which transition a command takes, if any. Pure: the same case gives the same answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from deals.engine.case import Case
from deals.engine.declaration import AUTOMATIC, Mode, Side, Transition
from deals.engine.guards import GUARDS


@dataclass(frozen=True)
class Stop:
    """The command is refused; `code` names a refusal of `deals.errors`."""

    code: str


def decide(mode: Mode, act: str, side: Side, case: Case) -> Transition | Stop:
    """The first transition of the act, from this state, by this side, whose guards all pass."""
    here = [t for t in mode.transitions if t.act == act and t.source == case.state]
    if not here:
        return Stop("wrong_state")
    mine = [t for t in here if side in t.by]
    if not mine:
        return Stop("other_side_acts")
    stops = []
    for transition in mine:
        stop = _first_stop(transition, side, case)
        if stop is None:
            return transition
        stops.append(stop)
    return Stop(stops[0])


def automatic(mode: Mode, case: Case) -> Transition | None:
    """The transition that time and rule take by themselves, or None where nothing is due."""
    found = decide(mode, AUTOMATIC, Side.ENGINE, case)
    return None if isinstance(found, Stop) else found


def next_due(mode: Mode, case: Case) -> datetime | None:
    """When the engine must look again; None where only a person can move the deal."""
    found = [case.instant(clock.instant) for clock in mode.clocks if clock.state == case.state]
    return min((instant for instant in found if instant is not None), default=None)


def _first_stop(transition: Transition, side: Side, case: Case) -> str | None:
    for name in transition.guards:
        stop = GUARDS[name](case, side)
        if stop is not None:
            return stop
    return None
