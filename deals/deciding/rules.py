"""Which steps an agreed price must pass, whose turn it is, and what a step must say. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol, TypeVar

from core.errors import Problem
from core.i18n import N_
from core.money import Money
from deals.deciding.states import StepKind, StepState
from deals.offers import Terms

LONGEST_NAME: Final = 120
LONGEST_NOTE: Final = 1000
MOST_RULES: Final = 40
MOST_DAYS: Final = 365
HIGHEST_POSITION: Final = 99
Problems = dict[str, list[Problem]]


@dataclass(frozen=True)
class Gate:
    """A step as an organisation sets it. Empty codes mean all; `least`: from this price on."""

    position: int
    kind: str
    name: str
    person: str | None = None
    days: int | None = None
    modes: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    least: Money | None = None
    related_only: bool = False


@dataclass(frozen=True)
class Agreed:
    """What was agreed, as far as a gate looks at it."""

    mode: str
    terms: Terms
    assets: frozenset[str]
    """Kinds of what passes."""
    related: bool


def price_of(terms: Terms) -> int | None:
    """The whole fixed price in minor units; None with a royalty or shares: their worth is open."""
    if terms.royalty is not None or terms.equity is not None:
        return None
    return (terms.lump_sum or 0) + (terms.entry_fee or 0)


def gates(gate: Gate, agreed: Agreed) -> bool:
    """Whether the step must be passed. A price that cannot be compared, because it is open or in
    another currency, counts as reaching the limit: the step is asked rather than missed."""
    return (
        _among(gate.modes, {agreed.mode})
        and _among(gate.ways, {agreed.terms.way})
        and _among(gate.assets, agreed.assets)
        and (agreed.related or not gate.related_only)
        and (gate.least is None or _reaches(gate.least, agreed.terms))
    )


def _among(wanted: Collection[str], found: Collection[str]) -> bool:
    return not wanted or bool(set(wanted) & set(found))


def _reaches(least: Money, terms: Terms) -> bool:
    price = price_of(terms)
    return price is None or terms.currency != least.currency or price >= least.minor


class Standing(Protocol):
    """A step as the order looks at it."""

    @property
    def n(self) -> int: ...
    @property
    def turn(self) -> int: ...
    @property
    def position(self) -> int: ...
    @property
    def state(self) -> str: ...


S = TypeVar("S", bound=Standing)


def last_turns(steps: Iterable[S]) -> list[S]:
    """Of every step the turn that counts, in the order in which they are asked."""
    found: dict[int, S] = {}
    for step in steps:
        if step.n not in found or found[step.n].turn < step.turn:
            found[step.n] = step
    return sorted(found.values(), key=lambda one: (one.position, one.n))


def asked_now(steps: Sequence[S]) -> list[S]:
    """The steps whose turn it is: those that wait while all of a lower number have passed."""
    counted = last_turns(steps)
    open_ones = [one for one in counted if one.state != StepState.PASSED]
    first = min((one.position for one in open_ones), default=0)
    return [one for one in open_ones if one.position == first and one.state == StepState.WAITING]


def standing_of(steps: Sequence[S], step: S | None) -> str:
    """How a step stands for whoever decides it: `asked`, `later`, or what was decided; "" where it
    is none of these steps, or an earlier turn."""
    counted = last_turns(steps)
    if step is None or step not in counted:
        return ""
    if step.state != StepState.WAITING:
        return step.state
    return "asked" if step in asked_now(steps) else "later"


def gate_problems(gate: Gate, modes: Collection[str], ways: Collection[str], kinds: Collection[str],
                  members: Collection[str], count: int) -> Problems:  # fmt: skip
    """What must be corrected before a step can be set, by field. `members`: people who may be
    named; `count`: the steps that are set already."""
    found: Problems = {}
    if gate.kind not in set(StepKind):
        found["kind"] = [Problem("kind", N_("Choose who decides."))]
    if not gate.name.strip() or len(gate.name) > LONGEST_NAME:
        said = N_("Name the office or the meeting, in at most %(limit)s characters.")
        found["name"] = [Problem("name", said, {"limit": LONGEST_NAME})]
    elif count >= MOST_RULES:
        said = N_("There are %(most)s steps. End one that is no longer needed.")
        found["name"] = [Problem("full", said, {"most": MOST_RULES})]
    if not 0 < gate.position <= HIGHEST_POSITION:
        said = N_("Number the step from 1 to %(most)s.")
        found["position"] = [Problem("position", said, {"most": HIGHEST_POSITION})]
    if gate.days is not None and not 0 < gate.days <= MOST_DAYS:
        said = N_("Give working days from 1 to %(most)s, or leave it empty.")
        found["days"] = [Problem("days", said, {"most": MOST_DAYS})]
    if gate.kind == StepKind.PERSON and gate.person not in members:
        said = N_("Choose a person of your organisation.")
        found["person"] = [Problem("person", said)]
    if gate.least is not None and gate.least.minor <= 0:
        said = N_("Enter an amount above zero, or leave it empty.")
        found["least"] = [Problem("amount_not_positive", said)]
    for name, chosen, known in (
        ("modes", gate.modes, modes), ("ways", gate.ways, ways), ("assets", gate.assets, kinds)
    ):  # fmt: skip
        if set(chosen) - set(known):
            found[name] = [Problem("unknown", N_("Choose from the list."))]
    return found


@dataclass(frozen=True)
class Decided:
    """What is decided about a step, and the paper that shows it. `size` in octets."""

    outcome: str
    note: str = ""
    held_on: date | None = None
    number: str = ""
    sha256: str = ""
    file: str = ""
    size: int = 0


def decided_problems(decided: Decided, kind: str, *, own: bool, today: date) -> Problems:
    """What must be corrected before the decision counts. `own`: the one whose decision or consent
    it is decides, signed in; everybody else puts a paper on file."""
    found: Problems = {}
    if decided.outcome not in {StepState.PASSED, StepState.REFUSED}:
        found["outcome"] = [Problem("outcome_missing", N_("Say how it was decided."))]
    if decided.outcome == StepState.REFUSED and not decided.note.strip():
        found["note"] = [Problem("reason_missing", N_("Give the reason, so that it can be met."))]
    if len(decided.note) > LONGEST_NOTE:
        limit = {"limit": LONGEST_NOTE}
        found["note"] = [Problem("too_long", N_("Use at most %(limit)s characters."), limit)]
    if own:
        return found
    if not decided.sha256 and decided.outcome == StepState.PASSED:
        found["paper"] = [Problem("paper_missing", N_("Send the signed paper as a PDF."))]
    if decided.held_on is None:
        found["held_on"] = [Problem("day_missing", N_("Enter the day on the paper."))]
    elif decided.held_on > today:
        found["held_on"] = [Problem("future", N_("That day is still to come."))]
    number = decided.number.strip()
    if kind == StepKind.MEETING and not number:
        found["number"] = [Problem("number_missing", N_("Enter the number of the minutes."))]
    if len(number) > LONGEST_NAME:
        limit = {"limit": LONGEST_NAME}
        found["number"] = [Problem("too_long", N_("Use at most %(limit)s characters."), limit)]
    return found
