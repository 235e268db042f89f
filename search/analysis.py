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

from search.folding import fold
from search.vocabulary import TERMS

VERSION = "1"
"""Raise it when the same text gives other tokens: indexes built before are then rebuilt."""

LONGEST_TOKEN = 64

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_RUN = re.compile(f"[{HAN}]+")
_LATIN = re.compile(rf"[^\W_{HAN}]+")
_CODE = re.compile(rf"[^\W_{HAN}]+(?:[-/.][^\W_{HAN}]+)+")
"""Model numbers and formulae (tc4-dt, li-6/7): findable in parts and as a whole."""


class Tokens(NamedTuple):
    """`words` and `pairs` in the order of the text, repeated as often as they occur."""

    words: list[str]
    pairs: list[str]


def tokens(text: str) -> Tokens:
    """What a document is indexed by."""
    folded = fold(text)
    words = latin_tokens(folded)
    runs = _HAN_RUN.findall(folded)
    if not runs:
        return Tokens(words, [])
    words.extend(word for word in _segmenter().cut_for_search(" ".join(runs)) if word != " ")
    return Tokens(words, han_pairs(runs))


def han_pairs(runs: Iterable[str]) -> list[str]:
    """Neighbouring characters of each run, and its last one: each is some token's beginning."""
    pairs: list[str] = []
    for run in runs:
        pairs.extend(map(operator.add, run, run[1:]))
        pairs.append(run[-1])
    return pairs


def latin_tokens(folded: str) -> list[str]:
    """Stems, and codes of several parts also in one piece."""
    found = [stem(word) for word in _LATIN.findall(folded)]
    for code in _CODE.findall(folded):
        joined = re.sub(r"[-/.]", "", code)
        if not joined.isdigit() and any(letter.isdigit() for letter in joined):
            found.append(joined[:LONGEST_TOKEN])
    return found


def han_words(run: str) -> list[str]:
    """A run of Chinese characters cut into words that do not overlap."""
    return [word for word in _segmenter().cut(run) if word != " "]


def runs_of(folded: str) -> list[tuple[str, bool]]:
    """The text's runs in order, each with whether it is Chinese."""
    pieces = re.finditer(rf"([{HAN}]+)|{_CODE.pattern}|{_LATIN.pattern}", folded)
    return [(piece[0], piece[1] is not None) for piece in pieces]


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


_STEMS: dict[str, str] = {}
_STEMMER = snowballstemmer.stemmer("english")
_STEMMER_LOCK = Lock()


@cache
def _segmenter() -> rjieba.Jieba:
    segmenter = rjieba.Jieba()
    for term in TERMS:
        segmenter.add_word(term, segmenter.suggest_freq(term), "n")
    return segmenter
