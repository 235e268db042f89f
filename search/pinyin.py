"""How Chinese sounds, for those who type it without choosing characters."""

from __future__ import annotations

import re
from functools import lru_cache

import pypinyin
from pypinyin.contrib import mmseg

from search.analysis import HAN, han_words

_CHINESE = re.compile(f"[{HAN}]")
_ONLY_CHINESE = re.compile(f"[{HAN}]+")
_NEITHER = re.compile(rf"[^a-z0-9{HAN}]+")


@lru_cache(maxsize=50_000)
def sounds(text: str) -> tuple[str, str]:
    """Syllables without tones or spaces, and their initials: 石墨烯 → ("shimoxi", "smx").

    Letters and digits stay. Words say how their characters are read (重庆 is not 重要).
    """
    found = [s for word in han_words(_NEITHER.sub("", text)) for s in _syllables(word)]
    return "".join(found), "".join([syllable[0] for syllable in found])


def spoken(word: str) -> str:
    """How one word sounds."""
    return "".join(_syllables(word))


@lru_cache(maxsize=20_000)
def spoken_with_tones(text: str) -> str:
    """How a text sounds, with the numbers of its tones: 山西 is not 陕西."""
    return "".join(
        pypinyin.lazy_pinyin(text, style=pypinyin.Style.TONE3, neutral_tone_with_five=True)
    )


def has_chinese(text: str) -> bool:
    return _CHINESE.search(text) is not None


@lru_cache(maxsize=100_000)
def _syllables(word: str) -> tuple[str, ...]:
    """As `lazy_pinyin` reads the word, whose readings of single characters and of its own phrases
    are kept: it takes 50 microseconds a word, and there are few of them."""
    if _ONLY_CHINESE.fullmatch(word) is None:
        return tuple(pypinyin.lazy_pinyin(word))
    return tuple(syllable for piece in mmseg.seg.cut(word) for syllable in _read(piece))


@lru_cache(maxsize=100_000)
def _read(piece: str) -> tuple[str, ...]:
    return tuple(pypinyin.lazy_pinyin(piece))
