"""From one language to the other: what a question's words are called there.

The bridge expands the question and never the index, so that what a dictionary says today reaches
documents of yesterday. Phrases go before words: the longest entry that fits is taken. Sources, in
this order: the operator's own terms, the terms shipped in `search/terms/`, CC-CEDICT.

`candidates` needs no index; `weighed` leaves to the collection how much a gloss counts: one that no
document uses is dropped, and all glosses of a word get the rarity of the whole group, so that an
odd translation does not win merely because it is odd.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Protocol

from search.analysis import runs_of, tokens
from search.counts import Counts, rarity
from search.folding import fold
from search.queries import LONGEST, Bridged, Gloss
from search.vocabulary import STOP_WORDS

LONGEST_CHINESE, LONGEST_ENGLISH = 12, 5
"""Characters, and words, of the longest entry that is looked for."""
MOST_CANDIDATES, MOST_GLOSSES = 12, 4
"""Glosses of one word that are counted in the collection, and that are looked for."""
MOST_WORDS = 24
"""Words of one question that are taken across; a long text is about its first ones."""
SYNONYM = "synonym"
OWN = frozenset({"operator", SYNONYM})
"""Sources of the market itself: what they say is looked for, however rare it is."""
PLACE_COSTS = 0.5
"""A gloss further down in its entry is the less likely one."""
RARE = 0.02
"""Glosses used less than this share of the word's most usual gloss are left out."""


class Source(Protocol):
    """Where glosses come from. Chinese is folded; English is a `bridge_dictionary.key_of`."""

    name: str
    single: bool
    """Whether its entries for single characters can be trusted."""

    def chinese(self, word: str) -> Sequence[str]: ...

    def english(self, phrase: str) -> Sequence[str]: ...


Synonyms = Callable[[str], Sequence[str]]
"""A folded word or phrase -> other words for it, as the operator has them."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of the folded question, and all that it may be called."""

    start: int
    end: int
    bridged: Bridged


@dataclass(frozen=True, slots=True)
class Way:
    """One gloss as an engine looks for it: tokens of one field, and how much each counts."""

    gloss: Gloss
    field: str
    tokens: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Crossing:
    """A stretch of the question and what a document may say instead, most usual first."""

    start: int
    end: int
    word: str
    ways: tuple[Way, ...]

    @property
    def bridged(self) -> Bridged:
        return Bridged(self.word, tuple(way.gloss for way in self.ways))


class Bridge:
    """The sources of one market, asked in their order: the first that has an entry answers."""

    def __init__(self, sources: Sequence[Source], synonyms: Synonyms | None = None) -> None:
        self._sources, self._synonyms = tuple(sources), synonyms or (lambda _: ())

    def candidates(self, text: str) -> list[Candidate]:
        """The stretches of a question that have glosses, in their order, each word once."""
        found: dict[str, Candidate] = {}
        for chinese, stretch in stretches(fold(text[:LONGEST])):
            for candidate in self._chinese(*stretch[0]) if chinese else self._english(stretch):
                found.setdefault(candidate.bridged.word, candidate)
        return list(found.values())[:MOST_WORDS]

    def _chinese(self, start: int, run: str) -> Iterator[Candidate]:
        """Cut so that the fewest entries cover the most of the run; found from its end."""
        best: list[tuple[float, int, Bridged | None]] = [(0.0, 0, None)] * (len(run) + 1)
        for at in range(len(run) - 1, -1, -1):
            best[at] = (best[at + 1][0] + 1.5, at + 1, None)
            for end in range(min(len(run), at + LONGEST_CHINESE), at, -1):
                if best[end][0] + 1 < best[at][0]:
                    glosses = self._glosses(run[at:end])
                    if glosses:
                        best[at] = (best[end][0] + 1, end, Bridged(run[at:end], glosses))
        at = 0
        while at < len(run):
            _, end, bridged = best[at]
            if bridged and bridged.word not in STOP_WORDS:
                yield Candidate(start + at, start + end, bridged)
            at = end

    def _glosses(self, word: str) -> tuple[Gloss, ...]:
        same = self._same(word)
        for source in self._sources:
            if len(word) > 1 or source.single:
                found = source.chinese(word)
                if found:
                    return same + _named(found, source)
        return same

    def _english(self, words: Sequence[tuple[int, str]]) -> Iterator[Candidate]:
        at = 0
        while at < len(words):
            taken = 1
            for end in range(min(len(words), at + LONGEST_ENGLISH), at, -1):
                phrase = " ".join(word for _, word in words[at:end])
                glosses = self._translations(phrase)
                if glosses:
                    last, word = words[end - 1]
                    yield Candidate(words[at][0], last + len(word), Bridged(phrase, glosses))
                    taken = end - at
                    break
            at += taken

    def _translations(self, phrase: str) -> tuple[Gloss, ...]:
        same = self._same(phrase)
        for source in self._sources:
            found = source.english(phrase)
            if found:
                return same + _named(found, source)
        return same

    def _same(self, word: str) -> tuple[Gloss, ...]:
        return tuple(Gloss(text, SYNONYM) for text in self._synonyms(word)[:MOST_CANDIDATES])


def _named(found: Sequence[str], source: Source) -> tuple[Gloss, ...]:
    return tuple(Gloss(text, source.name) for text in found[:MOST_CANDIDATES])


_BREAK = re.compile(r"[^\w\s\-/.']|\.\s")


def stretches(folded: str) -> Iterator[tuple[bool, list[tuple[int, str]]]]:
    """Chinese runs one by one, and other words by clause, each with where it stands.

    Words that say nothing are left out, so that a phrase is found across them.
    """
    clause: list[tuple[int, str]] = []
    at = 0
    for run, chinese in runs_of(folded):
        start = folded.index(run, at)
        if clause and (chinese or _BREAK.search(folded, at, start)):
            yield False, clause
            clause = []
        if chinese:
            yield True, [(start, run)]
        elif run not in STOP_WORDS:
            clause.append((start, run))
        at = start + len(run)
    if clause:
        yield False, clause


def weighed(found: Sequence[Candidate], counts: Counts, total: int) -> list[Crossing]:
    """The glosses that the collection uses, with weights; words without any are left out."""
    ways = [[_way(gloss) for gloss in candidate.bridged.glosses] for candidate in found]
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for way in chain.from_iterable(ways):
        wanted[way.field].update(way.tokens)
    known = counts(wanted) if wanted else {}
    crossings = [
        Crossing(one.start, one.end, one.bridged.word, tuple(_usual(group, known, total)))
        for one, group in zip(found, ways, strict=True)
    ]
    return [crossing for crossing in crossings if crossing.ways]


def _way(gloss: Gloss) -> Way:
    found = tokens(gloss.text)
    if found.pairs:
        pairs = [pair for pair in found.pairs if len(pair) > 1]
        return Way(gloss, "pairs", tuple(dict.fromkeys(pairs)))
    words = [word for word in found.words if word not in STOP_WORDS]
    return Way(gloss, "words", tuple(dict.fromkeys(words)))


def _usual(ways: Sequence[Way], known: Mapping[tuple[str, str], int], total: int) -> Iterator[Way]:
    """Of several glosses with the same tokens the first is kept."""
    used: dict[tuple[str, ...], tuple[float, int, Way]] = {}
    for place, way in enumerate(ways):
        number = min((known.get((way.field, token), 0) for token in way.tokens), default=0)
        if number and way.tokens not in used:
            used[way.tokens] = (number / (1 + PLACE_COSTS * place), number, way)
    best = sorted(used.values(), key=lambda one: (one[2].gloss.source not in OWN, -one[0]))
    best = best[:MOST_GLOSSES]
    most = max((one[0] for one in best), default=0)
    best = [one for one in best if one[0] >= RARE * most or one[2].gloss.source in OWN]
    together = rarity(sum(number for _, number, _ in best), total)
    for _, number, way in best:
        share = min(1.0, together / rarity(number, total))
        yield replace(way, weight=share / math.sqrt(len(way.tokens)))
