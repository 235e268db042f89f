"""Why a hit was found: the pieces of its text that the question asked for.

Only the few hits of a page are marked, by looking for the question's words as they are written;
their text is not analysed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from search.analysis import folded, han_phrases, is_han, runs_of, stem
from search.folding import fold
from search.queries import LONGEST, Bridged, Segment, Segments
from search.vocabulary import STOP_WORDS

SNIPPET = 120
"""Characters of a snippet in Chinese; twice as many where letters are narrow."""
READ = 20_000
"""Characters of a long text that are looked through."""
_STRETCH, _OVERLAP = 2_000, 200
"""Characters that are looked through at once, and those looked through twice, so that no word
and little of a sentence is lost between two stretches."""
_ENDING = 6
"""Letters that may follow the root of a word: "heating" is marked for "heat"."""
_SHORT_RUN = 8
"""A Chinese run that is no longer is marked by its pairs of characters, a longer one by its words:
else a sentence would mark every text."""
_MOST = 200

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question's words look like in folded text, which is what its methods take.

    Plain finding, since a question comes once: an expression of so many alternatives takes longer
    to compile than all texts of a page take to be looked through.
    """

    anywhere: tuple[str, ...]
    """Chinese pieces."""
    apart: tuple[tuple[str, int], ...]
    """Words of letters or roots of them, each with how many letters may follow; they may touch
    Chinese characters, not other letters."""

    def spans(self, text: str) -> list[Span]:
        """Where it is; pieces that touch are one."""
        joined: list[Span] = []
        for start, end in sorted(self._found(text)):
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return joined

    def stands_in(self, text: str) -> bool:
        return next(self._found(text), None) is not None

    def _found(self, text: str) -> Iterator[Span]:
        for piece in self.anywhere:
            at = text.find(piece)
            while at >= 0:
                yield at, at + len(piece)
                at = text.find(piece, at + 1)
        for root, ending in self.apart:
            at = text.find(root)
            while at >= 0:
                end = _end_of_word(text, at + len(root), ending)
                if end and not (at and _is_letter(text[at - 1])):
                    yield at, end
                at = text.find(root, at + 1)


def _end_of_word(text: str, at: int, ending: int) -> int:
    """Where a word ends of which at most `ending` letters are left, or 0."""
    last = min(len(text), at + ending)
    while at < last and "a" <= text[at] <= "z":
        at += 1
    return 0 if at < len(text) and _is_letter(text[at]) else at


def _is_letter(character: str) -> bool:
    return (character.isalnum() or character == "_") and not is_han(character)


def also_said(text: str, bridged: Iterable[Bridged]) -> str:
    """The question with the glosses that were looked for too, to be marked as its own words are."""
    return "\n".join([text[:LONGEST], *(g.text for one in bridged for g in one.glosses)])


def looked_for(text: str) -> Wanted | None:
    """None where the question has no words."""
    anywhere: dict[str, None] = {}
    apart: dict[tuple[str, int], None] = {}
    for run, chinese in runs_of(fold(text[: 2 * LONGEST])):
        if chinese:
            anywhere |= dict.fromkeys(_pieces(run))
        elif run not in STOP_WORDS:
            apart[_root(run)] = None
    if not anywhere and not apart:
        return None
    return Wanted(tuple(anywhere)[:_MOST], tuple(apart)[:_MOST])


def _pieces(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    elif len(run) <= _SHORT_RUN:
        yield from (first + second for first, second in pairwise(run))
    else:
        yield run
        yield from (w for w in han_phrases(run) if len(w) > 1 and w not in STOP_WORDS)


def mark(text: str, wanted: Wanted | None) -> Segments:
    """The whole text with what was asked for marked."""
    return _segments(text, _spans(text, wanted), 0, len(text))


def snippet(text: str, wanted: Wanted | None) -> Segments:
    """The stretch of the text with most of what was asked for; its beginning if there is none."""
    from_, to = _stretch(text, wanted)
    part = text[from_:to]
    size = SNIPPET if _wide(part) else 2 * SNIPPET
    spans = _spans(part, wanted)
    start = _densest(spans, size) if len(part) > size else 0
    if start > 0:
        start = _sentence(part, start)
    end = min(len(part), start + size)
    inside = [(max(a, start), min(b, end)) for a, b in spans if a < end and b > start]
    before = (Segment("…"),) if from_ + start else ()
    after = (Segment("…"),) if from_ + end < len(text) else ()
    return before + _segments(part, inside, start, end) + after


def says(text: str, wanted: Wanted | None) -> bool:
    """Whether the text has any of what was asked for, as far as it is looked through."""
    from_, to = _stretch(text, wanted)
    return wanted is not None and wanted.stands_in(folded(text[from_:to]))


def _stretch(text: str, wanted: Wanted | None) -> tuple[int, int]:
    """Where a long text first has what was asked for, else its beginning. Most texts are one
    stretch; the rest of a book need not be folded."""
    if wanted is not None and len(text) > _STRETCH:
        for start in range(0, min(len(text), READ), _STRETCH):
            part = text[max(0, start - _OVERLAP) : start + _STRETCH]
            if wanted.stands_in(folded(part)):
                return max(0, start - _OVERLAP), start + _STRETCH + _OVERLAP
    return 0, _STRETCH


def _root(run: str) -> tuple[str, int]:
    """A word as it is looked for, and how many letters may follow."""
    root = stem(run)
    common = 0
    while common < min(len(root), len(run)) and root[common] == run[common]:
        common += 1
    if not run.isalpha() or common < 3:
        return run, 0
    start = run[:common].removesuffix("i") if common > 4 else run[:common]
    return start, _ENDING


def _spans(text: str, wanted: Wanted | None) -> list[Span]:
    return wanted.spans(folded(text)) if wanted else []


def _densest(spans: list[Span], size: int) -> int:
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


def _segments(text: str, spans: list[Span], start: int, end: int) -> Segments:
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
