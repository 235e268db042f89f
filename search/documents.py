"""What an area hands to the index: public content only, complete enough to draw a result."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson

FACETS = (
    "kind",
    "ipc_section",
    "ipc_class",
    "industry",
    "emerging_industry",
    "institute",
    "region",
    "trl",
    "way",
    "price_band",
    "year",
    "legal_status",
)
"""Shown with counts. Values are codes or ids; the pages give them their names."""

FILTERS = (*FACETS, "currency", "owner", "language", "state")
"""Facets, and what one may filter by without seeing counts."""

NUMBERS = ("trl", "price_minor", "year")
"""Integers one may give a range for and sort by. A price range needs a `currency` filter."""

_FILTERS, _NUMBERS = frozenset(FILTERS), frozenset(NUMBERS)


@dataclass(frozen=True, slots=True)
class Text:
    """A document's words in one language: plain text, no markup."""

    title: str
    lead: str = ""
    """The value line: one sentence, shown below the title."""
    body: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One thing to find. `kind` and `id` are those of its `index_state` row.

    `kind` is the loader's ("listing"); what a person calls the kind (result, patent, need) is
    `facets["kind"]`. `stored` holds plain JSON that a page needs to draw the hit without asking
    the database; it is not searched.
    """

    kind: str
    id: str
    texts: Mapping[str, Text]
    original: str = "zh"
    """The language the content was written in; shown where the reader's own is missing."""
    identifiers: tuple[str, ...] = ()
    """Patent, application, registration numbers, in any usual form."""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    published: datetime | None = None
    confirmed: datetime | None = None
    """When its owner last said that it still holds; None where nobody does any more."""
    organisation: Mapping[str, str] = field(default_factory=dict)
    """The owner's name by language."""
    stored: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not (_FILTERS.issuperset(self.facets) and _NUMBERS.issuperset(self.numbers)):
            unknown = (self.facets.keys() - _FILTERS) | (self.numbers.keys() - _NUMBERS)
            raise ValueError(f"not a facet or number of the index: {sorted(unknown)}")
        if not self.texts:
            raise ValueError(f"{self.kind}:{self.id} has no text")

    def text(self, language: str) -> Text:
        """The text in `language`, else the original, else any."""
        found = self.texts.get(language) or self.texts.get(self.original)
        return found or next(iter(self.texts.values()))

    def to_json(self) -> str:
        """Canonical, on one line: equal documents give equal strings."""
        return orjson.dumps(
            {
                "kind": self.kind,
                "id": self.id,
                "texts": {
                    language: [text.title, text.lead, text.body, list(text.keywords)]
                    for language, text in self.texts.items()
                },
                "original": self.original,
                "identifiers": list(self.identifiers),
                "facets": {name: list(values) for name, values in self.facets.items()},
                "numbers": dict(self.numbers),
                "published": None if self.published is None else _stamp(self.published),
                "confirmed": None if self.confirmed is None else _stamp(self.confirmed),
                "organisation": dict(self.organisation),
                "stored": dict(self.stored),
            },
            option=orjson.OPT_SORT_KEYS,
        ).decode()

    @classmethod
    def from_json(cls, source: str | bytes) -> Document:
        """The inverse of `to_json`."""
        raw = orjson.loads(source)
        return cls(
            kind=raw["kind"],
            id=raw["id"],
            texts={
                language: Text(title, lead, body, tuple(keywords))
                for language, (title, lead, body, keywords) in raw["texts"].items()
            },
            original=raw["original"],
            identifiers=tuple(raw["identifiers"]),
            facets={name: tuple(values) for name, values in raw["facets"].items()},
            numbers=raw["numbers"],
            published=_moment(raw["published"]),
            confirmed=_moment(raw["confirmed"]),
            organisation=raw["organisation"],
            stored=raw["stored"],
        )


def fingerprint(source: str) -> str:
    """A hash of a document's canonical JSON, to compare the index with the database."""
    return hashlib.blake2b(source.encode(), digest_size=16).hexdigest()


def second(moment: datetime | None) -> int:
    """Since 1970, as engines compare them; 0 where there is none."""
    return 0 if moment is None else int(moment.timestamp())


def _moment(stamp: str | None) -> datetime | None:
    return None if stamp is None else datetime.fromisoformat(stamp)


def _stamp(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("a document's date needs its zone")
    return moment.astimezone(UTC).isoformat()
