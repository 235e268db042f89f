"""Text into tokens: the same for documents and questions, for every engine and both languages.

Chinese gives words (for ranking) and pairs of neighbouring characters (for recall: words alone
lose more than half of what stands across their borders). English gives stems. The tokens go,
joined by spaces, into fields that an engine splits at spaces.
"""

from __future__ import annotations

import operator
import re
import sys
from array import array
from collections.abc import Iterable
from functools import cache
from threading import Lock
from typing import NamedTuple

import rjieba
import snowballstemmer

from search.folding import fold, table
from search.vocabulary import STOP_WORDS, TERMS

VERSION = "1"
"""Raise it when the same text gives other tokens: indexes built before are then rebuilt."""

LONGEST_TOKEN = 64
MOST_REMEMBERED = 200_000
_UTF32 = f"utf-32-{sys.byteorder[0]}e"

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_RUN = re.compile(f"[{HAN}]+")
_LATIN = re.compile(rf"[^\W_{HAN}]+")
_JOINTS = "-/."
_CODE = re.compile(r"[a-z0-9]+(?:[-/.][a-z0-9]+)+")
"""Model numbers and formulae (tc4-dt, li-6/7): findable in parts and as a whole."""
_RUN = re.compile(rf"({_HAN_RUN.pattern})|{_CODE.pattern}|{_LATIN.pattern}")
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_MANY = 50
_ASCII_PIECE = re.compile(rf"[A-Za-z0-9{_JOINTS}]+")
_HALF_FROM, _HALF_TO = "\ud800", "\udfff"


class Tokens(NamedTuple):
    """`words` and `pairs` as often as they occur."""

    words: list[str]
    pairs: list[str]


class Spaced(NamedTuple):
    """The same as an engine takes them: one text each, split at its spaces."""

    words: str
    pairs: str


def tokens(text: str) -> Tokens:
    """What a text is found by."""
    found = spaced(text)
    return Tokens(found.words.split(), found.pairs.split())


def spaced(text: str) -> Spaced:
    """What a document is indexed by.

    A rebuild spends most of its time here, so whole texts pass through few calls and no token is
    handled by itself.
    """
    if not _unusual().search(text):
        return _spaced(_ASCII_PIECE.findall(text), _HAN_RUN.findall(text))
    if _BEYOND.search(text):
        return _rare(text)
    latin = text.translate(_kept(han=False)).split()
    return _spaced(latin, text.translate(_kept(han=True)).split())


def folded(text: str) -> str:
    """`fold` as far as tokens can tell, several times as fast where few letters are unusual."""
    unusual = set(_unusual().findall(text))
    changed = {letter: fold(letter) for letter in unusual}
    if len(unusual) > _MANY or any(letter != letter.lower() for letter in changed.values()):
        return fold(text)
    for letter, plain in changed.items():
        text = text.replace(letter, plain)
    return text.lower()


@cache
def _unusual() -> re.Pattern[str]:
    """Finds a character that folding changes into a part of a token, or that is part of one
    without being a plain letter, digit or simplified character. Most texts have none, and need
    no folding but of case, which each piece gets."""
    latin, han = _kept(han=False), _kept(han=True)
    plain = [
        letter
        for letter in map(chr, range(0x80, len(latin)))
        if latin[ord(letter)] == " " and han[ord(letter)] in {" ", letter}
        if not _HALF_FROM <= letter <= _HALF_TO
    ]
    return re.compile(rf"[^\x00-\x7f{re.escape(''.join(plain))}]")


def _spaced(latin: list[str], runs: list[str]) -> Spaced:
    words = " ".join(map(_LATIN_TOKENS.__getitem__, latin))
    if not runs:
        return Spaced(words, "")
    found = _segmenter().cut_for_search(" ".join(runs))
    return Spaced(f"{words} {' '.join(found)}", _pairs(runs))


def _rare(text: str) -> Spaced:
    """The same for characters outside the basic plane, which no table holds."""
    folded = fold(text)
    latin = [run for run, chinese in runs_of(folded) if not chinese]
    return _spaced(latin, _HAN_RUN.findall(folded))


def han_pairs(runs: Iterable[str]) -> list[str]:
    """Neighbouring characters of each run, and its last one: each is some token's beginning."""
    pairs: list[str] = []
    for run in runs:
        pairs.extend(map(operator.add, run, run[1:]))
        pairs.append(run[-1])
    return pairs


_SEAM = "\x01"
_ACROSS = re.compile(f"{_SEAM} {_SEAM}.", re.DOTALL)
_BLANK = array("I", [ord(" ")])


def _pairs(runs: list[str]) -> str:
    """`han_pairs` of all runs at once: their text and the same shifted by one are interleaved.

    What then spans two runs is cut out at their seams.
    """
    letters = array("I", f"{_SEAM.join(runs)}{_SEAM} ".encode(_UTF32))
    woven = _BLANK * (3 * len(letters) - 3)
    woven[0::3], woven[1::3] = letters[:-1], letters[1:]
    return _ACROSS.sub("", woven.tobytes().decode(_UTF32))


def latin_tokens(folded: str) -> list[str]:
    """Stems, and codes of several parts also in one piece."""
    pieces = [run for run, chinese in runs_of(folded) if not chinese]
    return " ".join(map(_LATIN_TOKENS.__getitem__, pieces)).split()


def _latin(piece: str) -> str:
    """The tokens of what stands between two spaces, itself spaced."""
    if piece.isalnum():
        return stem(piece)
    found = [stem(part) for part in piece.translate(_APART).split()]
    for code in _CODE.findall(piece):
        joined = code.translate(_TOGETHER)
        if not joined.isdigit() and not joined.isalpha():
            found.append(joined[:LONGEST_TOKEN])
    return " ".join(found)


class _Remembered(dict[str, str]):
    """Tokens by piece. Words come again and again; a vocabulary grows for ever, memory does not."""

    def __missing__(self, piece: str) -> str:
        plain = piece.isascii() and piece.isalnum()
        found = stem(piece.lower()) if plain else _latin(fold(piece))
        if len(self) < MOST_REMEMBERED and len(piece) <= LONGEST_TOKEN:
            self[piece] = found
        return found


@cache
def _kept(*, han: bool) -> str:
    """A table that folds and makes spaces of all other characters: far faster than a pattern."""
    wanted = _HAN_RUN if han else re.compile(rf"[^\W_{HAN}]|[{_JOINTS}]")
    return "".join(letter if wanted.fullmatch(letter) else " " for letter in table())


def han_words(run: str) -> list[str]:
    """A run of Chinese characters cut into words that do not overlap."""
    found: list[str] = _segmenter().cut(run)
    return found


def han_phrases(run: str) -> list[str]:
    """Words, each with the single character behind it (散热 + 膜), unless that says nothing."""
    joined: list[str] = []
    for word in han_words(run):
        if len(word) == 1 and word not in STOP_WORDS and joined and joined[-1] not in STOP_WORDS:
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def is_han(letter: str) -> bool:
    """Whether this is a Chinese character."""
    return _HAN_RUN.match(letter) is not None


def runs_of(folded: str) -> list[tuple[str, bool]]:
    """The text's runs in order, each with whether it is Chinese."""
    return [(piece[0], piece[1] is not None) for piece in _RUN.finditer(folded)]


def stem(word: str) -> str:
    """The English stem of a folded word; numbers, codes and other scripts stay as they are."""
    stemmed = word[:LONGEST_TOKEN]
    if word.isascii() and word.isalpha():
        with _STEMMER_LOCK:  # the stemmer keeps the word it works on in itself
            stemmed = _STEMMER.stemWord(stemmed)
    return stemmed


_APART = str.maketrans(_JOINTS, " " * len(_JOINTS))
_TOGETHER = str.maketrans("", "", _JOINTS)
_LATIN_TOKENS = _Remembered()
_STEMMER = snowballstemmer.stemmer("english")
_STEMMER_LOCK = Lock()


@cache
def _segmenter() -> rjieba.Jieba:
    segmenter = rjieba.Jieba()
    for term in TERMS:
        segmenter.add_word(term, segmenter.suggest_freq(term), "n")
    return segmenter
