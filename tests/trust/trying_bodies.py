"""Puts a string into every text of a body at once, and says of each whether it was refused or kept.

A refusal that names a text of the body is that text's outcome; the rest is sent again without it.
One that names none is traced by halving what was sent, down to a single text. What is kept must
stand in the column in which the body's own text was seen before, and in what the API then reads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Final, NamedTuple

from core.texts import kept
from tests.trust.bodies import Whole, filled
from tests.trust.naughty import HUNDRED, turns
from tests.trust.operations import Case
from tests.trust.programs import CALLERS, Programs, faults_of_problem
from tests.trust.properties import Property, Way, value_at, with_values
from tests.trust.undoing import undone
from tests.trust.watching import Place, Written, texts_in, watched

LANGUAGES: Final = ("zh", "en")


class Shown(NamedTuple):
    """A question, the language it is asked in, and the keys to a text in its answer."""

    operation: str
    language: str
    inside: tuple[str, ...]


@dataclass
class Known:
    """What the market does with a whole body: who may send it, and where each text goes."""

    case: Case
    properties: list[Property]
    body: dict[str, Any]
    caller: str = ""
    places: dict[Way, set[Place]] = field(default_factory=dict)
    shown: dict[Way, Shown] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.case.operation.name

    @property
    def taken(self) -> bool:
        return bool(self.caller)


def learn(programs: Programs, case: Case, whole: Whole, properties: list[Property]) -> Known:
    """Sends the whole body as one caller after the other, until it is taken."""
    _, body = case.sent(programs.side)
    body = filled(whole, body or {}, properties, "p")
    properties = [one for one in properties if whole.tries(one.name)]
    for caller in CALLERS:
        with undone(programs.market.database) as connection:
            with watched(connection) as written:
                answer = programs.send(case, caller, body, "en")
            if answer.status_code < 300:
                known = Known(case, properties, body, caller)
                _note(known, programs, written, answer)
                return known
    return Known(case, properties, body)


def _note(known: Known, programs: Programs, written: Written, answer: Any) -> None:
    own = {one.way: value_at(known.body, one.way) for one in known.properties}
    for way, text in own.items():
        if places := {place for place, said in written if said == text}:
            known.places[way] = places
    for language, (operation, path) in product(LANGUAGES, programs.readings(known.case, answer)):
        if not known.places.keys() - known.shown.keys():
            return
        said = list(texts_in(programs.read(known.caller, path, language)))
        for way in known.places:
            ways = [inside for inside, text in said if text == own[way]]
            if ways and way not in known.shown:
                known.shown[way] = Shown(operation.name, language, ways[0])


@dataclass
class Trial:
    """What became of every pair of a text's place and a string."""

    programs: Programs
    otherwise: Collection[str] = ()
    """Texts that are not kept as they were sent; `differing` are those that were seen to be."""
    differing: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def everywhere(self, known: Known) -> None:
        """The nth time, each text is given another string."""
        caller = known.caller or CALLERS[0]
        for turn, n in enumerate(turns(known.name)):
            sent = {one.way: HUNDRED[(n + k) % len(HUNDRED)]
                    for k, one in enumerate(known.properties)}  # fmt: skip
            self._try(known, caller, sent, LANGUAGES[turn % 2])

    def _try(self, known: Known, caller: str, sent: dict[Way, str], language: str) -> None:
        while sent:
            body = with_values(known.body, sent)
            with undone(self.programs.market.database) as connection:
                with watched(connection) as written:
                    answer = self.programs.send(known.case, caller, body, language)
                if answer.status_code < 300:
                    self._kept(known, sent, written, answer)
                    return
            self._say(known, sent, faults_of_problem(answer, language))
            if answer.status_code >= 500:
                return
            named = _named(answer.get_json(), sent)
            if not named and len(sent) > 1 and known.taken:
                for half in _halves(sent):
                    self._try(known, caller, half, language)
                return
            named = named or set(sent)
            self.counts["refused"] += len(named)
            sent = {way: text for way, text in sent.items() if way not in named}

    def _kept(self, known: Known, sent: dict[Way, str], written: Written, answer: Any) -> None:
        self.counts["kept"] += len(sent)
        for way, text in sent.items():
            if way in known.places:
                found = {said for place, said in written if place in known.places[way]}
                if kept(text) not in found and _changed(known, way, text):
                    self._say_unless(known, way, text, f"not kept: {ascii(found)[:90]}")
        wanted = {known.shown[way][:2] for way in sent if way in known.shown}
        for language, (operation, path) in product(
            LANGUAGES, self.programs.readings(known.case, answer)
        ):
            if (operation.name, language) in wanted:
                told = list(texts_in(self.programs.read(known.caller, path, language)))
                self._read(known, (operation.name, language), sent, told)

    def _read(
        self, known: Known, asked: tuple[str, str], sent: dict[Way, str],
        told: Container[tuple[tuple[str, ...], str]],
    ) -> None:  # fmt: skip
        for way, text in sent.items():
            shown = known.shown.get(way)
            if shown and shown[:2] == asked:
                self.counts["read"] += 1
                if (shown.inside, kept(text)) not in told:
                    self._say_unless(known, way, text, f"not read in {asked}")

    def _say_unless(self, known: Known, way: Way, text: str, fault: str) -> None:
        named = f"{known.name} {'.'.join(map(str, way))}"
        if named in self.otherwise:
            self.differing.add(named)
        else:
            self._say(known, {way: text}, [fault])

    def _say(self, known: Known, sent: dict[Way, str], faults: list[str]) -> None:
        pairs = [f"{'.'.join(map(str, way))}={ascii(text)[:40]}" for way, text in sent.items()]
        self.wrong += [f"{known.name} {' '.join(pairs)[:160]}: {fault}" for fault in faults]


def _changed(known: Known, way: Way, text: str) -> bool:
    """Whether it is another text than the one that stands there: the same is not written again."""
    return kept(text) != value_at(known.body, way)


def _named(problem: dict[str, Any], sent: dict[Way, str]) -> set[Way]:
    """The texts that a refusal names, by their whole way or as no other text sent is named."""
    found = set()
    for one in problem.get("errors", ()):
        whole = {way for way in sent if ".".join(map(str, way)) == one["field"]}
        within = {way for way in sent if one["field"] in way}
        found |= whole or (within if len(within) == 1 else set())
    return found


def _halves(sent: dict[Way, str]) -> tuple[dict[Way, str], dict[Way, str]]:
    ways = list(sent)
    first = set(ways[: len(ways) // 2])
    return (
        {way: text for way, text in sent.items() if way in first},
        {way: text for way, text in sent.items() if way not in first},
    )
