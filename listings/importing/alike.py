"""Alike titles, found without comparing all with all.

Six minimum hashes over letter triples make three keys; titles that share nine triples in ten meet
under one of them with a probability above 0.99, and only titles that meet are compared.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from typing import Final

from rapidfuzz import fuzz

ALIKE: Final = 92
_SEEDS: Final = (0x0, 0x9E3779B9, 0x7F4A7C15, 0xF39CC060, 0x5CEDC834, 0x1082276B)
_SHORT: Final = 8


def plain(title: str) -> str:
    """Letters and figures only, small, width folded."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "".join(char for char in folded if char.isalnum())


def bands(title: str) -> tuple[int, int, int]:
    """The three keys of a title. Equal plain titles have equal keys."""
    text = plain(title)
    triples = {text[i : i + 3].encode() for i in range(max(1, len(text) - 2))}
    hashes = [zlib.crc32(triple) for triple in triples]
    least = [min(_mix(value ^ seed) for value in hashes) for seed in _SEEDS]
    pairs = zip(least[::2], least[1::2], strict=True)
    a, b, c = ((first << 31) ^ second for first, second in pairs)
    return a, b, c


def _mix(value: int) -> int:
    """Scatters a 32-bit value, so that each seed orders the triples in its own way."""
    value = (value * 0x85EBCA6B) & 0xFFFFFFFF
    value ^= value >> 13
    return ((value * 0xC2B2AE35) & 0xFFFFFFFF) >> 1


def likeness(title: str, other: str) -> int:
    """0 to 100. Titles whose figures differ (type 1, type 2) are not alike at all."""
    a, b = plain(title), plain(other)
    if a == b:
        return 100
    if min(len(a), len(b)) < _SHORT or re.findall(r"\d+", a) != re.findall(r"\d+", b):
        return 0
    return int(fuzz.ratio(a, b, score_cutoff=ALIKE))
