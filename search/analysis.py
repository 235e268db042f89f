"""Text into tokens: the same for documents and questions, for every engine and both languages.

Chinese gives words (for ranking) and pairs of neighbouring characters (for recall: words alone
lose more than half of what stands across their borders). English gives stems. The tokens go,
joined by spaces, into fields that an engine splits at spaces.
"""

from __future__ import annotations

import operator
import re
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

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_RUN = re.compile(f"[{HAN}]+")
_LATIN = re.compile(rf"[^\W_{HAN}]+")
_JOINTS = "-/."
_CODE = re.compile(rf"[^\W_{HAN}]+(?:[{_JOINTS}][^\W_{HAN}]+)+")
"""Model numbers and formulae (tc4-dt, li-6/7): findable in parts and as a whole."""
_RUN = re.compile(f"[{HAN}]+")
_LATIN = re.compile(rf"[^\W_{HAN}]+")
_CODE = re.compile(r"[a-z0-9]+(?:[-/.][a-z0-9]+)+")
"""Model numbers and formulae (tc4-dt, li-6/7): findable in parts and as a whole."""
_RUN = re.compile(rf"({_HAN_RUN.pattern})|{_CODE.pattern}|{_LATIN.pattern}")
_BEYOND = re.compile("[\U00010000-\U0010ffff]")


class Tokens(NamedTuple):
    """`words` and `pairs` in the order of the text, repeated as often as they occur."""

    words: list[str]
    pairs: list[str]


def tokens(text: str) -> Tokens:
    """What a document is indexed by."""
    if _BEYOND.search(text):
        return _rare_tokens(text)
    words = _stems(text.translate(_kept(han=False)).split())
    runs = text.translate(_kept(han=True)).split()
    return _with_han(words, runs)


def _with_han(words: list[str], runs: list[str]) -> Tokens:
    if not runs:
        return Tokens(words, [])
    found = _segmenter().cut_for_search(" ".join(runs))
    words.extend([word for word in found if word != " "])
    return Tokens(words, han_pairs(runs))


def _rare_tokens(text: str) -> Tokens:
    """The same for characters outside the basic plane, which no table holds."""
    folded = fold(text)
    pieces = [run for run, chinese in runs_of(folded) if not chinese]
    return _with_han(_stems(pieces), _HAN_RUN.findall(folded))


def han_pairs(runs: Iterable[str]) -> list[str]:
    """Neighbouring characters of each run, and its last one: each is some token's beginning."""
    pairs: list[str] = []
    for run in runs:
        pairs.extend(map(operator.add, run, run[1:]))
        pairs.append(run[-1])
    return pairs


def latin_tokens(folded: str) -> list[str]:
    """Stems, and codes of several parts also in one piece."""
    return _stems([run for run, chinese in runs_of(folded) if not chinese])


def _stems(pieces: list[str]) -> list[str]:
    if "".join(pieces).isalnum():
        return [_STEMS.get(piece) or stem(piece) for piece in pieces]
    found: list[str] = []
    for piece in pieces:
        if piece.isalnum():
            found.append(_STEMS.get(piece) or stem(piece))
            continue
        found += [_STEMS.get(part) or stem(part) for part in piece.translate(_APART).split()]
        for code in _CODE.findall(piece):
            joined = code.translate(_TOGETHER)
            if not joined.isdigit() and not joined.isalpha():
                found.append(joined[:LONGEST_TOKEN])
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


def runs_of(folded: str) -> list[tuple[str, bool]]:
    """The text's runs in order, each with whether it is Chinese."""
    return [(piece[0], piece[1] is not None) for piece in _RUN.finditer(folded)]


def stem(word: str) -> str:
    """The English stem of a folded word; numbers, codes and other scripts stay as they are."""
    known = _STEMS.get(word)
    if known is not None:
        return known
    stemmed = word[:LONGEST_TOKEN]
    if word.isascii() and word.isalpha():
        with _STEMMER_LOCK:  # the stemmer keeps the word it works on in itself
            stemmed = _STEMMER.stemWord(stemmed)
    if len(_STEMS) < 200_000:  # a vocabulary grows for ever, memory does not
        _STEMS[word] = stemmed
    return stemmed


_APART = str.maketrans(_JOINTS, " " * len(_JOINTS))
_TOGETHER = str.maketrans("", "", _JOINTS)
_STEMS: dict[str, str] = {}
_STEMMER = snowballstemmer.stemmer("english")
_STEMMER_LOCK = Lock()


@cache
def _segmenter() -> rjieba.Jieba:
    segmenter = rjieba.Jieba()
    for term in TERMS:
        segmenter.add_word(term, segmenter.suggest_freq(term), "n")
    return segmenter
