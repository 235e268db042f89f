"""Letters that are one letter to a searcher: case, width, accents, traditional and simplified."""

from __future__ import annotations

import unicodedata
from functools import cache

import opencc

_PLANE = 0x10000
_HAN = range(0x3400, 0xA000)


@cache
def table() -> str:
    """What each character of the basic plane becomes: one for one, so that positions survive."""
    letters = [_fold_letter(chr(code)) for code in range(_PLANE)]
    simplified = opencc.OpenCC("t2s").convert("\n".join(map(chr, _HAN))).split("\n")
    for code, letter in zip(_HAN, simplified, strict=True):
        if len(letter) == 1:
            letters[code] = letter
    return "".join(letters)


def _fold_letter(letter: str) -> str:
    if "\ud800" <= letter <= "\udfff":
        return "\ufffd"  # half of a pair is no text, and no index takes it
    plain = unicodedata.normalize("NFKC", letter).casefold()
    base = unicodedata.normalize("NFD", plain)
    if len(base) > 1 and all(unicodedata.combining(mark) for mark in base[1:]):
        plain = base[0]
    return plain if len(plain) == 1 else letter


def fold(text: str) -> str:
    """As long as `text`, character for character, so that a mark in it is a mark in `text`."""
    return text.translate(table())
