"""A mode that could strand a deal is refused when the process starts."""

from __future__ import annotations

from collections.abc import Collection

from deals.engine.declaration import AUTOMATIC, ENGINE, Mode
from deals.engine.guards import GUARDS


def faults(mode: Mode, effects: Collection[str]) -> list[str]:
    """What is wrong with the declaration, in sentences; empty where it can run."""
    return [*_names(mode, effects), *_shape(mode)]


def _names(mode: Mode, effects: Collection[str]) -> list[str]:
    states = {state.code for state in mode.states}
    found = [f"{mode.code} starts in an unknown state"] * (mode.start not in states)
    for t in mode.transitions:
        unknown = ({t.source, t.target} - states) | (set(t.guards) - GUARDS.keys())
        unknown |= set(t.effects) - set(effects)
        found += [f"{t.act} from {t.source} names {name}, which nobody knows" for name in unknown]
    named = {clock.state for clock in mode.clocks} | {ask.state for ask in mode.asks}
    return found + [f"{mode.code} names {name}, which is no state" for name in named - states]


def _shape(mode: Mode) -> list[str]:
    found, final = [], {state.code for state in mode.states if state.final}
    for t in mode.transitions:
        if t.source in final:
            found.append(f"{t.source} is final and yet left by {t.act}")
        if (t.act == AUTOMATIC) != (t.by == ENGINE):
            found.append(
                f"{t.act} from {t.source}: the engine alone settles, and does nothing else"
            )
    sources = {t.source for t in mode.transitions}
    found += [
        f"{s.code} is neither final nor left" for s in mode.states if s.code not in final | sources
    ]
    reached = {mode.start}
    for _ in mode.states:
        reached |= {t.target for t in mode.transitions if t.source in reached}
    return found + [f"{s.code} is never reached" for s in mode.states if s.code not in reached]
