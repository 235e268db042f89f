"""How Chinese sounds, for those who type it without choosing characters."""

from __future__ import annotations

import re
from functools import lru_cache

import pypinyin

from search.analysis import HAN, han_words

_CHINESE = re.compile(f"[{HAN}]")
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


def has_chinese(text: str) -> bool:
    return _CHINESE.search(text) is not None


@lru_cache(maxsize=100_000)
def _syllables(word: str) -> tuple[str, ...]:
    return tuple(pypinyin.lazy_pinyin(word))
