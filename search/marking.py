"""Why a hit was found: the pieces of its text that the question asked for.

Only the few hits of a page are marked, by looking for the question's words as they are written;
their text is not analysed again.
"""

from __future__ import annotations

import re
from itertools import pairwise

from search.analysis import han_phrases, runs_of, stem
from search.folding import fold
from search.queries import LONGEST, Segment, Segments
from search.vocabulary import STOP_WORDS

SNIPPET = 120
"""Characters of a snippet in Chinese; twice as many where letters are narrow."""
READ = 20_000
"""Characters of a long text that are looked through."""

_EDGE_BEFORE, _EDGE_AFTER = r"(?<![^\W\u3400-\u9fff])", r"(?![^\W\u3400-\u9fff])"
"""A word of letters may touch Chinese characters, not other letters."""

Pattern = re.Pattern[str] | None


def pattern(text: str) -> Pattern:
    """Matches, in folded text, what the question's words look like; None if it has none."""
    whole: dict[str, None] = {}
    for run, chinese in runs_of(fold(text[:LONGEST])):
        if not chinese:
            if run not in STOP_WORDS:
                whole[_latin(run)] = None
            continue
        parts = [word for word in han_phrases(run) if word not in STOP_WORDS]
        pairs = (first + second for first, second in pairwise(run))
        for part in (run, *parts, *(pairs if len(run) <= 8 else ())):
            if len(part) > 1 or len(run) == 1:
                whole[re.escape(part)] = None
    if not whole:
        return None
    return re.compile("|".join(sorted(whole, key=len, reverse=True)[:200]))


def mark(text: str, wanted: Pattern) -> Segments:
    """The whole text with what was asked for marked."""
    return _segments(text, _spans(text, wanted), 0, len(text))


def snippet(text: str, wanted: Pattern) -> Segments:
    """The stretch of the text with most of what was asked for; its beginning if there is none."""
    text = text[:READ]
    size = SNIPPET if _wide(text) else 2 * SNIPPET
    spans = _spans(text, wanted)
    start = _densest(spans, size) if len(text) > size else 0
    if start > 0:
        start = _sentence(text, start)
    end = min(len(text), start + size)
    inside = [(max(a, start), min(b, end)) for a, b in spans if a < end and b > start]
    pieces = _segments(text, inside, start, end)
    before = (Segment("…"),) if start else ()
    after = (Segment("…"),) if end < len(text) else ()
    return before + pieces + after


def _latin(run: str) -> str:
    root = stem(run)
    common = 0
    while common < min(len(root), len(run)) and root[common] == run[common]:
        common += 1
    if not run.isalpha() or common < 3:
        return f"{_EDGE_BEFORE}{re.escape(run)}{_EDGE_AFTER}"
    start = run[:common].removesuffix("i") if common > 4 else run[:common]
    return f"{_EDGE_BEFORE}{re.escape(start)}[a-z]{{0,6}}{_EDGE_AFTER}"


def _spans(text: str, wanted: Pattern) -> list[tuple[int, int]]:
    """Matches; those that touch are one."""
    spans: list[tuple[int, int]] = []
    if wanted is None:
        return spans
    for match in wanted.finditer(fold(text)):
        if spans and match.start() <= spans[-1][1]:
            spans[-1] = (spans[-1][0], match.end())
        else:
            spans.append(match.span())
    return spans


def _densest(spans: list[tuple[int, int]], size: int) -> int:
    """Where a window of `size` begins that holds most of what was asked for."""
    best = most = first = covered = 0
    for start, end in spans:
        covered += end - start
        while end - spans[first][0] > size and spans[first][0] < start:
            covered -= spans[first][1] - spans[first][0]
            first += 1
        if covered > most:
            best, most = spans[first][0], covered
    return best


def _sentence(text: str, start: int) -> int:
    """A little before `start`, after a mark of punctuation or a space if one is near."""
    for position in range(start - 1, max(-1, start - 25), -1):
        if text[position] in "。；，！？.;\n":
            return position + 1
    near = text.rfind(" ", max(0, start - 25), start)
    return near + 1 if near >= 0 else max(0, start - 8)


def _wide(text: str) -> bool:
    """Chinese takes three bytes a character."""
    sample = text[:200]
    return 2 * len(sample.encode("utf-8", "replace")) > 3 * len(sample)


def _segments(text: str, spans: list[tuple[int, int]], start: int, end: int) -> Segments:
    pieces: list[Segment] = []
    at = start
    for first, last in spans:
        if first > at:
            pieces.append(Segment(text[at:first]))
        pieces.append(Segment(text[first:last], marked=True))
        at = last
    if at < end:
        pieces.append(Segment(text[at:end]))
    return tuple(pieces)
