"""What a mode is: states, transitions, clocks, and what is asked of whom. The engine runs it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Side(StrEnum):
    """Who acts in a deal. ENGINE is time and rule; PUBLIC is anybody at all,
    HOLDER whoever comes first on equal terms."""

    SELLER = "seller"
    BUYER = "buyer"
    OPERATOR = "operator"
    PUBLIC = "public"
    HOLDER = "holder"
    ENGINE = "engine"


SIDES: Final = frozenset({Side.SELLER, Side.BUYER})
ENGINE: Final = frozenset({Side.ENGINE})
AUTOMATIC: Final = "settle"
"""The act of every transition that the engine takes by itself."""


@dataclass(frozen=True)
class State:
    """One state. `label` and `why` are English msgids; `why` says what the state waits for."""

    code: str
    label: str
    why: str
    tone: str = "waits"
    """done, waits, due or stopped: how a page marks it"""
    final: bool = False
    done: bool = False
    """Nothing is asked of anybody any more, though a later record can still move it."""

    @property
    def ended(self) -> bool:
        """Whether the deal has run its course."""
        return self.final or self.done

    @property
    def stopped(self) -> bool:
        """Whether it ended without a contract or a licence."""
        return self.final and self.tone == "stopped"

    @property
    def signed(self) -> bool:
        """Whether it has ended well, with a contract."""
        return self.ended and self.tone == "done"


@dataclass(frozen=True)
class Transition:
    """`act` by one of `by` moves `source` to `target` if every guard lets it pass.

    `rules` are ids of law values that are stored with the step; `effects` are done with it.
    """

    act: str
    source: str
    target: str
    by: frozenset[Side]
    guards: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    fact: str = ""
    """topic of the fact, `deal.` in front; empty: the state's code where the state changes"""


@dataclass(frozen=True)
class Clock:
    """In `state` the deal is due at the instant that the case calls `instant`."""

    state: str
    instant: str


@dataclass(frozen=True)
class Ask:
    """What `side` is asked to do in `state`, and what happens without it: English msgids."""

    state: str
    side: Side
    act: str
    text: str
    otherwise: str


@dataclass(frozen=True)
class Mode:
    """A way of finding the price, declared."""

    code: str
    label: str
    start: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    clocks: tuple[Clock, ...] = ()
    asks: tuple[Ask, ...] = ()
    path: tuple[str, ...] = ()
    """the states of the plain way through, as a timeline shows what comes next"""
    found: str = ""
    """One sentence on how the price was found, for a certificate of the contract: an English
    msgid."""
    posts: str = ""
    """What publishing terms in this mode means for the owner: an English msgid; "": none are."""
    rounds: bool = False
    """Published terms are put out in a round, whose winner's deal it opens: nobody takes them."""
    statement: bool = False
    """Published terms are a statement to the patent office, with fields of its own."""

    def state(self, code: str) -> State:
        """Raises KeyError for a state that the mode does not have."""
        return {state.code: state for state in self.states}[code]

    @property
    def acts(self) -> frozenset[str]:
        return frozenset(one.act for one in self.transitions) - {AUTOMATIC}

    def guards_from(self, state: str) -> frozenset[str]:
        """What may keep a deal in this state."""
        return frozenset(name for t in self.transitions if t.source == state for name in t.guards)

    def acts_from(self, state: str, side: Side) -> frozenset[str]:
        """What the side may try in this state; guards may still refuse."""
        found = (t.act for t in self.transitions if t.source == state and side in t.by)
        return frozenset(found) - {AUTOMATIC}
