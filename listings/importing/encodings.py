"""Which encoding a text file is written in.

That bytes decode proves nothing: Big5 decodes as GB18030 into nonsense, and anything decodes as
Latin-1. So the candidates are scored by how much of the text falls into the part of the code that
everyday writing uses (the first level of GB 2312 and of Big5, lone accented letters for Windows).
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from listings.importing.limits import SAMPLE

LABELS: Final = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 (BOM)",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "gb18030": "GB18030",
    "cp950": "Big5",
    "cp1252": "Windows-1252",
    "latin-1": "ISO 8859-1",
}
"""Codec name to the name people know; the keys are all the encodings that are read."""

_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_EVERYDAY: Final = frozenset("的一是在和有不中为為人了与與及或种種用其法置方发發明于於系统統装裝")
_SURE: Final = 0.75


@dataclass(frozen=True)
class Encoding:
    """The chosen codec; `others` are further candidates with their scores, best first."""

    name: str
    certain: bool
    score: float = 1.0
    others: tuple[tuple[str, float], ...] = ()

    @property
    def label(self) -> str:
        return LABELS[self.name]


def detect(path: Path) -> Encoding:
    """Looks at the byte order mark, then at the whole file as UTF-8, then scores a sample."""
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    for bom, name in _BOMS:
        if head.startswith(bom):
            return Encoding(name, certain=True)
    wide = _without_bom(head)
    if wide:
        return Encoding(wide, certain=True, score=0.95)
    if _is_utf8(path):
        return Encoding("utf-8", certain=True)
    return choose(_high_bytes_sample(path))


def choose(sample: bytes) -> Encoding:
    """The best of the encodings without a mark for bytes that are not UTF-8."""
    scores = {
        "gb18030": _double_byte_score(sample, "gb18030", (0xB0, 0xD7), low=0xA1),
        "cp950": _double_byte_score(sample, "cp950", (0xA4, 0xC6), low=0x40),
        "cp1252": _western_score(sample, "cp1252"),
        "latin-1": _western_score(sample, "latin-1") * 0.9,
        "utf-8": _decoded_share(sample, "utf-8") * 0.9,
    }
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    (name, best), (_, second) = ranked[0], ranked[1]
    certain = best >= _SURE and (best - second >= 0.1 or {name, ranked[1][0]} <= _WESTERN)
    return Encoding(name, certain, round(best, 3), tuple(ranked[1:]))


_WESTERN: Final = {"cp1252", "latin-1"}


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for block in _blocks(path):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _blocks(path: Path, size: int = 1 << 20) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(size):
            yield block


def _high_bytes_sample(path: Path) -> bytes:
    """The first blocks that hold bytes beyond ASCII: a long English head says nothing."""
    sample = b""
    for block in _blocks(path, SAMPLE):
        if not block.isascii():
            sample += block
        if len(sample) >= SAMPLE:
            break
    return sample[:SAMPLE]


def _without_bom(head: bytes) -> str | None:
    """UTF-16 without a mark: in one of the two halves most bytes are small."""
    if len(head) < 4 or b"\0" not in head:
        return None
    zeros = (head[0::2].count(0), head[1::2].count(0))
    half = len(head) // 2
    if zeros[1] > half * 0.2 and zeros[1] > zeros[0] * 4:
        return "utf-16-le"
    if zeros[0] > half * 0.2 and zeros[0] > zeros[1] * 4:
        return "utf-16-be"
    return None


def _decoded_share(sample: bytes, name: str) -> float:
    text = sample.decode(name, "replace")
    high = sum(1 for char in text if char > "\x7f")
    return 1 - text.count("\ufffd") / high if high else 1.0


def _double_byte_score(sample: bytes, name: str, leads: tuple[int, int], low: int) -> float:
    """Share of the characters beyond ASCII that everyday writing would use, 0 to 1."""
    text = sample.decode(name, "replace")
    high = [char for char in text if char > "\x7f"]
    if not high:
        return 0.0
    everyday = 0.0
    for char in high:
        if char in _EVERYDAY:
            everyday += 1.15
            continue
        try:
            code = char.encode(name)
        except UnicodeEncodeError:
            continue
        first_level = len(code) == 2 and leads[0] <= code[0] <= leads[1] and code[1] >= low
        if first_level or "\u3000" <= char <= "\u301f" or "\uff00" <= char <= "\uff5e":
            everyday += 1
    return min(1.0, everyday / len(high)) * _decoded_share(sample, name)


def _western_score(sample: bytes, name: str) -> float:
    """Accented letters stand alone between ASCII letters; bytes of Chinese come in runs."""
    try:
        text = sample.decode(name)
    except UnicodeDecodeError:
        return 0.0
    high, good = 0, 0.0
    before = " "
    for index, char in enumerate(text):
        if char > "\x7f":
            high += 1
            after = text[index + 1] if index + 1 < len(text) else " "
            if "\x80" <= char < "\xa0":
                good += 0.0
            elif before <= "\x7f" and after <= "\x7f":
                good += 1.0 if char.isalpha() or char in "«»“”‘’–—…°€£§®™ \xa0" else 0.6
            elif before <= "\x7f" or after <= "\x7f":
                good += 0.4
        before = char
    return good / high if high else 0.0
