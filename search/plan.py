"""A question as a plan of terms, which each engine puts into its own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.analysis import (
    han_pairs,
    han_phrases,
    is_han,
    latin_tokens,
    runs_of,
    stem,
    tokens,
)
from search.folding import fold
from search.queries import LONGEST
from search.vocabulary import STOP_WORDS

WORDS, PAIRS, TITLE_WORDS, TITLE_PAIRS = "words", "pairs", "title_words", "title_pairs"
TITLE_WEIGHT = 0.5
LETTERS_WEIGHT = 2.0
"""Chinese is counted twice, by words and by pairs. What is written in letters has only words."""
MUST_ALL = 4
"""Texts of up to this many words ask for all of them."""
MOST_TERMS = 256
"""Distinct tokens of one question that are looked up."""


@dataclass(frozen=True, slots=True)
class Term:
    """Documents with this token in this field; their score is BM25 times `weight`."""

    field: str
    token: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Documents with a token that begins so; the score is the same for all."""

    field: str
    token: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Documents that satisfy every part; it adds nothing to the score."""

    parts: tuple[Node, ...]


Node = Term | Prefix | AllOf


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the question as it was written (folded), and what a document needs to have it."""

    text: str
    need: Node


@dataclass(frozen=True, slots=True)
class Plan:
    """`any_of` ranks; `words` are what a document should have all of; `short`: it must."""

    words: tuple[Word, ...]
    any_of: tuple[Term | Prefix, ...]

    @property
    def short(self) -> bool:
        return 0 < len(self.words) <= MUST_ALL

    @property
    def empty(self) -> bool:
        return not self.any_of


def plan(text: str) -> Plan:
    """The plan for what somebody typed."""
    folded = fold(text[:LONGEST])
    found: dict[str, Word] = {}
    ranking: list[Term | Prefix] = []
    for run, chinese in runs_of(folded):
        if chinese and len(run) == 1:
            ranking.append(Prefix(PAIRS, run))
        for word in _han_needs(run) if chinese else _latin_needs(run):
            found.setdefault(word.text, word)
    words = [word for word in found.values() if word.text not in STOP_WORDS]
    ranking.extend(ranked(folded))
    return Plan(tuple(words or found.values()), tuple(dict.fromkeys(ranking)))


def ranked(text: str, limit: int = MOST_TERMS) -> list[Term]:
    """The text's tokens as ranking terms: whole text 1, title a half, times how often it says so,
    and twice that for what is written in letters.

    Words that say nothing are left out, unless there are no others.
    """
    found = tokens(text)
    words = [word for word in found.words if word not in STOP_WORDS]
    pairs = [pair for pair in found.pairs if len(pair) > 1 and pair not in STOP_WORDS]
    if not words and not pairs:
        words = found.words
    return [
        *_weighed(WORDS, TITLE_WORDS, words, limit),
        *_weighed(PAIRS, TITLE_PAIRS, pairs, limit),
    ]


def _weighed(whole: str, title: str, found: Sequence[str], limit: int) -> Iterator[Term]:
    for token, times in list(Counter(found).items())[:limit]:
        weight = times if is_han(token[0]) else LETTERS_WEIGHT * times
        yield Term(whole, token, weight)
        yield Term(title, token, TITLE_WEIGHT * weight)


def _han_needs(run: str) -> list[Word]:
    if len(run) == 1:
        return [Word(run, Prefix(PAIRS, run))]
    found = [word for word in han_phrases(run) if len(word) > 1]
    return [Word(word, _have(PAIRS, han_pairs([word])[:-1])) for word in found or [run]]


def _latin_needs(run: str) -> list[Word]:
    parts = latin_tokens(run)
    if not parts or len(parts) == 1:
        return [Word(run, Term(WORDS, stem(run)))]
    return [Word(run, _have(WORDS, parts))]


def _have(field: str, found: Sequence[str]) -> Node:
    needs = tuple(Term(field, token) for token in dict.fromkeys(found))
    return needs[0] if len(needs) == 1 else AllOf(needs)
