"""What one may ask of the index, and what comes back. No engine's own syntax passes here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from search.documents import FILTERS, NUMBERS, Document

if TYPE_CHECKING:
    from search.plan import Plan

Sort = Literal["relevance", "newest", "oldest", "price_asc", "price_desc", "trl_desc", "trl_asc"]
Match = Literal["auto", "all", "any"]

SORTS: tuple[Sort, ...] = (
    "relevance",
    "newest",
    "oldest",
    "price_asc",
    "price_desc",
    "trl_desc",
    "trl_asc",
)
DEEPEST = 10_000
"""No page begins beyond this hit: an engine pays for every one it skips."""
LONGEST = 2_000
"""Characters of a question that are read; the rest is ignored."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A question. Values of one filter are alternatives; different filters must all hold.

    `match`: "all" words, "any" word, or "auto": short texts all, and any if nothing has all.
    Ranges are inclusive pairs, None being open.
    """

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ranges: Mapping[str, tuple[int | None, int | None]] = field(default_factory=dict)
    sort: Sort = "relevance"
    page: int = 1
    size: int = 20
    language: str = "zh"
    facets: tuple[str, ...] | None = None
    """Facets to count: None is all of `documents.FACETS`, () none."""
    match: Match = "auto"
    kinds: tuple[str, ...] = ()
    """Document kinds (loaders' names) to look among; () is all."""
    snippets: bool = True
    bridge: bool = True
    """Whether words are looked for in the other language too."""
    cursor: str | None = None
    """Walks through all hits, whatever their number: "" begins, at `page`, and SearchPage.cursor
    goes on. The hits are those of the moment it began (embedded: of now, down to DEEPEST)."""

    def __post_init__(self) -> None:
        unknown = (set(self.filters) - set(FILTERS)) | (set(self.ranges) - set(NUMBERS))
        if unknown:
            raise ValueError(f"not a filter of the index: {sorted(unknown)}")
        if not 1 <= self.size <= 1_000 or self.page < 1:
            raise ValueError("a page has 1 to 1,000 hits and pages count from 1")
        if self.cursor and self.page != 1:
            raise ValueError("a walk goes on at its cursor, not at a page")

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size


def with_houses(
    filters: Mapping[str, tuple[str, ...]], houses: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """The filters, each institute that was merged replaced by the one that it is by now."""
    chosen = tuple(dict.fromkeys(houses.get(id, id) for id in filters.get("institute", ())))
    return {**filters, "institute": chosen} if chosen else dict(filters)


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of plain text, to be escaped by whoever draws it; `marked` if it was asked for."""

    text: str
    marked: bool = False


Segments = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Gloss:
    """What a word is called in the other language, and who says so.

    `source` is "operator" (the market's own terms), "synonym" (its own, in the same language),
    "terms" (the list that ships) or "dictionary" (CC-CEDICT).
    """

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Bridged:
    """A word or phrase of the question (folded) and the glosses looked for too, most usual first.

    A page shows it as "散热 → heat dissipation, cooling"; a request with `bridge=False` undoes it.
    """

    word: str
    glosses: tuple[Gloss, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """`snippet` is empty where the question had no words. `meaning` is how near the document is to
    the question, at most 1, where a market has an embedder and the document a vector."""

    document: Document
    version: int
    score: float
    title: Segments
    lead: Segments = ()
    snippet: Segments = ()
    meaning: float | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """One value of a facet, and how many documents choosing it would show."""

    value: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`facets` hold counts that ignore the facet's own selection, most frequent first.

    `relaxed` says that no document has all words and those with some are shown; `identifiers`
    are the numbers recognised in the text (with one hit, a page may go straight to it);
    `tried` are the words looked for, `missing` those that occur nowhere; `did_you_mean` is a
    better spelling, offered only where little was found. `incomplete` says that the index is
    still being rebuilt. `bridged` are the words taken into the other language, as they were
    looked for; `plan` is the whole question as the engine put it, for explanations (`search.why`),
    None where nothing was typed or a number was found.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, tuple[Count, ...]] = field(default_factory=dict)
    relaxed: bool = False
    identifiers: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    did_you_mean: str | None = None
    incomplete: bool = False
    bridged: tuple[Bridged, ...] = ()
    plan: Plan | None = None
    cursor: str | None = None
    """Where the walk goes on; None at its end, and where nobody walks."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion of what was typed and the number of documents that hold it."""

    text: str
    count: int
