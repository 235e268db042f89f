"""What both matrices do: everything is pressed as every actor, in every relation, and undone; what
was answered is compared with the rules that are written down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol, TypeVar

from bootstrap import Runtime
from core.actor import Actor
from tests.sampled import demo_person
from tests.trust import world
from tests.trust.audiences import ACTORS, RELATIONS, ROLE, Cell, expected, suggest
from tests.trust.probing import Probe
from tests.trust.world import Side
from webapp.api.errors import ProofNeeded
from webapp.api.problems import MEDIA_TYPE

Seen = dict[Cell, str]
Sent = tuple[str, dict[str, Any] | None]


class Case(Protocol):
    """Something to press; `sided` where it names a thing of a side."""

    @property
    def named(self) -> str: ...
    @property
    def method(self) -> str: ...
    @property
    def sided(self) -> bool: ...
    def sent(self, side: Side) -> Sent:
        """Address and content with the things of one side."""


C = TypeVar("C", bound=Case)
Ask = Callable[[C, str, Sent], AbstractContextManager[Any]]
"""Sends what it is given as an actor, and gives the answer."""


def people_and_things(market: Runtime, former: Actor) -> tuple[dict[str, str], dict[str, Side]]:
    """The person of every actor but the visitor, and the things in every relation to them.

    `former` leaves, and an institute is suspended, once everything is made.
    """
    people = {actor: demo_person(market, ROLE.get(actor, actor)) for actor in ACTORS[1:-2]}
    sides = world.sides(market, former)
    world.leaves(market, former)
    gone = world.suspended(market)
    return people | {"suspended": gone.person or "", "former": former.person or ""}, sides


def answers(
    market: Runtime, cases: Iterable[C], sides: Mapping[str, Side], ask: Ask[C]
) -> dict[str, Seen]:
    """What every cell of every case answered, by the case's name."""
    real, probe = market.executor, Probe(market.executor)
    market.executor = probe
    try:
        return {case.named: _row(case, sides, ask, probe) for case in cases}
    finally:
        market.executor = real


def _row(case: C, sides: Mapping[str, Side], ask: Ask[C], probe: Probe) -> Seen:
    """Sides may share a thing; what is undone answers the same again, and is asked once."""
    found: Seen = {}
    known: dict[tuple[str, str], str] = {}
    for relation in RELATIONS if case.sided else RELATIONS[-1:]:
        sent = case.sent(sides[relation])
        for actor in ACTORS:
            place = actor, repr(sent)
            if place not in known:
                known[place] = _press(case, actor, sent, ask, probe)
            found[actor, relation] = known[place]
    return found


def _press(case: C, actor: str, sent: Sent, ask: Ask[C], probe: Probe) -> str:
    before = probe.allowed
    with ask(case, actor, sent) as answer:
        said = sign(answer)
    idle = case.method != "GET" and said == "+" and probe.allowed == before
    return "o" if idle else said


def sign(answer: Any) -> str:
    """One character for an answer; `#` is a fault, and nowhere expected."""
    status, to = answer.status_code, answer.headers.get("Location", "")
    if status >= 500 and status != 503:
        return "#"
    if status in (301, 302, 303, 308):
        return "s" if "/sign-in?next=" in to else "+"
    if status == 401 and "WWW-Authenticate" in answer.headers:
        return "s"
    if answer.mimetype == MEDIA_TYPE and answer.get_json()["code"] == ProofNeeded.code:
        return "!"
    known = {200: "+", 204: "+", 299: "+", 404: "-", 403: "x"}
    return known.get(status, "!")


def rules(file: Path) -> dict[str, str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    split = (line.rsplit(" : ", 1) for line in lines if line and line[0] != "#")
    return {name.strip(): rule for name, rule in split}


def differing(
    written: Mapping[str, str], seen: Mapping[str, Seen], gates: Mapping[str, str]
) -> list[str]:
    """A line to be read for each case whose cells are not what its rule and its gate promise."""
    wrong = []
    for named, cells in seen.items():
        rule, gate = written.get(named, ""), gates[named]
        promised = {cell: expected(rule, gate, cell) for cell in cells} if rule else {}
        if promised != cells:
            differ = [(cell, said, promised.get(cell)) for cell, said in cells.items()
                      if promised.get(cell) != said][:6]  # fmt: skip
            wrong.append(f"{named} : {suggest(gate, cells)}\n  written: {rule} {differ}")
    return wrong


def count(seen: Mapping[str, Seen]) -> int:
    return sum(len(cells) for cells in seen.values())
