"""Pairs of terms in both languages: those that ship with the product, and an operator's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from search.bridge import Bridge
from search.bridge_dictionary import dictionary, key_of
from search.folding import fold

FOLDER = Path(__file__).with_name("terms")
HEADER = ("zh", "en")
NAME = "terms"


class Pair(NamedTuple):
    """One meaning in both languages; `field` is the field of technology, for readers only."""

    zh: str
    en: str
    field: str = ""


class TermList:
    """Looks pairs up from either side; a term may have several equivalents, in their order."""

    single = True

    def __init__(self, name: str, pairs: Iterable[Pair]) -> None:
        self.name = name
        self._chinese: dict[str, list[str]] = {}
        self._english: dict[str, list[str]] = {}
        for pair in pairs:
            self._chinese.setdefault(fold(pair.zh), []).append(pair.en)
            self._english.setdefault(key_of(pair.en), []).append(pair.zh)

    def chinese(self, word: str) -> Sequence[str]:
        return self._chinese.get(word, ())

    def english(self, phrase: str) -> Sequence[str]:
        return self._english.get(key_of(phrase), ())


class GeneralDictionary:
    """CC-CEDICT, opened when it is first asked."""

    name = "dictionary"
    single = False

    def chinese(self, word: str) -> Sequence[str]:
        return dictionary().chinese(word)

    def english(self, phrase: str) -> Sequence[str]:
        return dictionary().english(key_of(phrase))


def shipped() -> Iterator[Pair]:
    """The pairs in `terms/`: one file a domain, `zh<tab>en`, the file's name being the field."""
    for path in sorted(FOLDER.glob("*.tsv")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for line in lines:
            zh, en = line.split("\t")
            yield Pair(zh, en, path.stem)


@cache
def shipped_bridge() -> Bridge:
    """The bridge of a market without terms of its own."""
    return Bridge([TermList(NAME, shipped()), GeneralDictionary()])
