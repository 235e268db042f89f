"""How Chinese sounds, for those who type it without choosing characters."""

from __future__ import annotations

import re
from functools import lru_cache

import pypinyin

from search.analysis import HAN

_CHINESE = re.compile(f"[{HAN}]")
_NEITHER = re.compile(rf"[^a-z0-9{HAN}]+")


@lru_cache(maxsize=50_000)
def spoken(text: str) -> str:
    """Syllables without tones or spaces; letters and digits stay ("led散热" → "ledsanre")."""
    return "".join(_syllables(text))


@lru_cache(maxsize=50_000)
def initials(text: str) -> str:
    """The first letter of every syllable ("石墨烯" → "smx")."""
    return "".join(syllable[:1] for syllable in _syllables(text))


def has_chinese(text: str) -> bool:
    return _CHINESE.search(text) is not None


def _syllables(text: str) -> list[str]:
    return list(pypinyin.lazy_pinyin(_NEITHER.sub("", text), v_to_u=False))
