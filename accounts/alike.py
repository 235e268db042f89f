"""Are two names the name of one organisation? In Chinese and English, and across the two.

Pure: compares spellings only. What is alike is shown to a person, who decides; so a pair is taken
where width, script, legal form, place in brackets, one sound or a translation is all that differs,
and left where a word that tells organisations apart differs (东/西, 工业/师范, a number).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from accounts.name_words import (
    CONCEPTS_EN,
    CONCEPTS_ZH,
    CONFUSABLE,
    FORMS_EN,
    FORMS_ZH,
    LINKS_EN,
    PADDING,
    PADDING_ZH,
    PLACES_ZH,
)
from search.folding import fold
from search.pinyin import has_chinese, spoken, spoken_with_tones


class Why(StrEnum):
    """What two alike names share, from the closest to the loosest."""

    SAME = "same"
    """Letter for letter, but for blanks, width, case and script."""
    FORM = "form"
    """All but the legal form, brackets and padding."""
    TRANSLATION = "translation"
    """One translates or transliterates the other."""
    SOUND = "sound"
    """They are spoken alike."""
    SPELLING = "spelling"
    """A letter or two differ, in a long name."""


_SCORES: Final = {Why.SAME: 100, Why.FORM: 96, Why.TRANSLATION: 92, Why.SOUND: 90, Why.SPELLING: 86}
_TELLING: Final = re.compile(r"[0-9一二三四五六七八九十甲乙丙丁东西南北中上下大小新老]")
"""Characters that alone tell two organisations apart."""
_LONG: Final = 9
"""So long must a Chinese name be before one character more or less is a slip of the pen."""
_BRACKETS: Final = re.compile(r"[(\[【〔]([^)\]】〕]*)[)\]】〕]")
_WORDS_ZH: Final = CONCEPTS_ZH | PLACES_ZH
_WORD_ZH: Final = re.compile("|".join(sorted(_WORDS_ZH, key=len, reverse=True)))
_CONCEPTS: Final = frozenset({*CONCEPTS_EN.values(), *" ".join(CONCEPTS_ZH.values()).split()})


@dataclass(frozen=True)
class Alike:
    """`score`: 0 to 100, only to order by."""

    why: Why

    @property
    def score(self) -> int:
        return _SCORES[self.why]


@dataclass(frozen=True)
class _Plain:
    letters: str
    """Folded, without blanks and signs."""
    core: str
    """Without legal form; the place that stood in brackets comes first."""
    firm: bool
    """It carries a legal form."""
    chinese: bool
    words: tuple[str, ...]
    """What it says in concepts; what is no concept is spelt as it sounds, in one word."""
    tones: str


def alike(one: str, other: str) -> Alike | None:
    """What two names share; None where they may well be two organisations'."""
    a, b = _plain(one), _plain(other)
    if not a.core or not b.core:
        return None
    if a.letters == b.letters:
        return Alike(Why.SAME)
    if a.chinese != b.chinese:
        return Alike(Why.TRANSLATION) if _translates(a, b) else None
    if a.core == b.core:
        return Alike(Why.FORM)
    return _alike_chinese(a, b) if a.chinese else _alike_latin(a, b)


def most_alike(
    names: Iterable[str], others: Mapping[str, Sequence[str]], most: int = 5
) -> list[tuple[str, Alike]]:
    """Which of `others` (id -> names) bear a name like one of `names`, the likest first."""
    asked = list(names)
    found: dict[str, Alike] = {}
    for id, spoken_of in others.items():
        pairs = (alike(name, other) for name in asked for other in spoken_of)
        best = max((pair for pair in pairs if pair), key=lambda pair: pair.score, default=None)
        if best is not None:
            found[id] = best
    return sorted(found.items(), key=lambda one: (-one[1].score, one[0]))[:most]


@lru_cache(maxsize=20_000)
def _plain(name: str) -> _Plain:
    text = fold(name).strip()
    letters = "".join(char for char in text if char.isalnum())
    inside = "".join(_BRACKETS.findall(text))
    if has_chinese(text):
        outside = "".join(char for char in _BRACKETS.sub("", text) if char.isalnum())
        place = "".join(char for char in inside if char.isalnum())
        if place in FORMS_ZH:
            place = ""
        bare = _without_form(outside)
        core = place + bare
        words, tones = _words_zh(core), spoken_with_tones(core)
        return _Plain(letters, core, bare != outside, True, words, tones)
    every = re.findall(r"[^\W_]+", text.replace("'", "").replace(".", ""))
    told = [word for word in every if word not in FORMS_EN and word not in LINKS_EN]
    words = tuple(CONCEPTS_EN.get(word, word) for word in told)
    firm = not FORMS_EN.isdisjoint(every)
    return _Plain(letters, " ".join(sorted(words)), firm, False, words, "")


def _without_form(name: str) -> str:
    while form := next((one for one in FORMS_ZH if name.endswith(one)), ""):
        name = name.removesuffix(form)
    return name


def _words_zh(core: str) -> tuple[str, ...]:
    """Concepts, and each stretch between two of them as it sounds."""
    found: list[str] = []
    upto = 0
    for hit in _WORD_ZH.finditer(core):
        found += [spoken(core[upto : hit.start()]), *_WORDS_ZH[hit.group()].split()]
        upto = hit.end()
    return tuple(word for word in [*found, spoken(core[upto:])] if word)


def _alike_chinese(a: _Plain, b: _Plain) -> Alike | None:
    if a.firm or b.firm:
        bare = [_without_padding(one.core) for one in (a, b)]
        if bare[0] == bare[1] and len(bare[0]) > 1:
            return Alike(Why.FORM)
    if len(a.core) == len(b.core) and a.tones == b.tones:
        return Alike(Why.SOUND)
    if min(len(a.core), len(b.core)) < _LONG:
        return None
    changed = [
        part
        for step in Indel.opcodes(a.core, b.core)
        if step.tag != "equal"
        for part in (a.core[step.src_start : step.src_end], b.core[step.dest_start : step.dest_end])
    ]
    opening = a.core[:2] == b.core[:2] and a.core[-2:] == b.core[-2:]
    little = sum(map(len, changed)) <= 2 and fuzz.ratio(a.core, b.core) >= _SCORES[Why.SPELLING]
    if opening and little and not any(_TELLING.search(part) for part in changed):
        return Alike(Why.SPELLING)
    return None


def _without_padding(core: str) -> str:
    for word in PADDING_ZH:
        core = core.replace(word, "")
    return core


def _alike_latin(a: _Plain, b: _Plain) -> Alike | None:
    left, right = _unshared(a.words, b.words)
    if (a.firm or b.firm) and {*left, *right} <= PADDING:
        return Alike(Why.FORM)
    if "".join(a.words) == "".join(b.words):
        return Alike(Why.FORM)
    if len(left) == len(right) == 1 and len(a.words) > 1 and _slip(left[0], right[0]):
        return Alike(Why.SPELLING)
    return None


def _unshared(a: Iterable[str], b: Iterable[str]) -> tuple[list[str], list[str]]:
    """Words of each that the other lacks."""
    one, other = Counter(a), Counter(b)
    return list((one - other).elements()), list((other - one).elements())


def _slip(word: str, other: str) -> bool:
    """One letter, of a word with at least six, that makes neither a number nor another place."""
    if frozenset({word, other}) in CONFUSABLE or min(len(word), len(other)) < 6:
        return False
    if any(char.isdigit() for char in word + other) or word[0] != other[0]:
        return False
    return fuzz.ratio(word, other) >= _SCORES[Why.SPELLING]


def _translates(a: _Plain, b: _Plain) -> bool:
    """The same concepts, and what is no concept sounds the same however it is cut into words."""
    zh, en = (a, b) if a.chinese else (b, a)
    said = [[word for word in one.words if word in _CONCEPTS] for one in (zh, en)]
    left, right = _unshared(*said)
    if {*left, *right} and not ((zh.firm or en.firm) and {*left, *right} <= PADDING):
        return False
    names = ["".join(word for word in one.words if word not in _CONCEPTS) for one in (zh, en)]
    if not names[0] or not names[1]:
        return False
    if names[0] == names[1]:
        return True
    short = names[1]
    return (zh.firm and len(short) >= 5 and names[0].endswith(short)) or (
        bool(said[0]) and len(short) >= 6 and _slip(names[0], short)
    )
