"""What the market already holds of the records of a batch; constant statements a batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from listings.importing.alike import ALIKE, bands, likeness
from listings.importing.models import TitleKey
from listings.importing.numbers import number_key
from listings.importing.record import ImportedRecord
from listings.importing.scratch import Match, distinct
from listings.models import Listing, ListingText, PatentFacts

_KIND_CODES = ("", "A", "A1", "B", "B1", "B2", "C", "E1", "P2", "P3", "S", "S1", "U", "Y")
_TITLES_AT_MOST = 2_000


def known_content(session: Session, owner_org: str, keys: Iterable[str]) -> set[str]:
    """Which of these content keys the owner has registered already."""
    mine = (Listing.owner_org == owner_org, Listing.content_key.in_(list(keys)))
    return {key for key in session.scalars(select(Listing.content_key).where(*mine)) if key}


def matches(
    session: Session, owner_org: str, records: Sequence[ImportedRecord]
) -> list[Match | None]:
    """For each record the listing it looks like: by number anywhere, by title of the same owner."""
    numbers = by_number(session, records)
    titles = _by_title(session, owner_org, records)
    found: list[Match | None] = []
    for record in records:
        hits = (numbers.get(number_key(number)) for number in record.patent_numbers)
        found.append(next((hit for hit in hits if hit), None) or _alike(record, titles))
    return found


def by_number(session: Session, records: Sequence[ImportedRecord]) -> dict[str, Match]:
    """Listings that hold one of the records' patents, by `number_key`."""
    wanted = {n + code for r in records for key in map(number_key, r.patent_numbers)
              for n in (key,) for code in _KIND_CODES} | {
        number for record in records for number in record.patent_numbers
    }  # fmt: skip
    if not wanted:
        return {}
    columns = (PatentFacts.grant_number, PatentFacts.publication_number,
               PatentFacts.application_number)  # fmt: skip
    query = (
        select(Listing.id, ListingText.title, *columns)
        .join(Listing, Listing.asset == PatentFacts.asset)
        .join(ListingText, ListingText.listing == Listing.id)
        .where(ListingText.original.is_(True), or_(*(c.in_(wanted) for c in columns)))
    )
    found: dict[str, Match] = {}
    for listing, title, *held in session.execute(query):
        for number in filter(None, held):
            match = Match("number", title, 100, listing=listing, number=number)
            found.setdefault(number_key(number), match)
    return found


def _by_title(
    session: Session, owner_org: str, records: Sequence[ImportedRecord]
) -> dict[int, list[tuple[str, str, list[str]]]]:
    """Titles of the owner's listings that meet one of the records under a key."""
    keys = {band for record in records for band in bands(record.title)}
    held = (TitleKey.band_a, TitleKey.band_b, TitleKey.band_c)
    query = (
        select(TitleKey.listing, TitleKey.title, *held, PatentFacts.application_number,
               PatentFacts.publication_number, PatentFacts.grant_number)
        .join(Listing, Listing.id == TitleKey.listing)
        .outerjoin(PatentFacts, PatentFacts.asset == Listing.asset)
        .where(Listing.owner_org == owner_org, or_(*(column.in_(keys) for column in held)))
        .limit(_TITLES_AT_MOST)
    )  # fmt: skip
    found: dict[int, list[tuple[str, str, list[str]]]] = defaultdict(list)
    for listing, title, a, b, c, *numbers in session.execute(query):
        for band in {a, b, c}:
            found[band].append((listing, title, [number for number in numbers if number]))
    return found


def _alike(
    record: ImportedRecord, titles: dict[int, list[tuple[str, str, list[str]]]]
) -> Match | None:
    best: Match | None = None
    for band in bands(record.title):
        for listing, title, numbers in titles.get(band, ())[:20]:
            if distinct(record, numbers):
                continue
            score = likeness(record.title, title)
            if score >= ALIKE and (best is None or score > best.score):
                best = Match("title", title, score, listing=listing)
    return best
