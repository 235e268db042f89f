"""A market of any size, written past the use cases: rows of the product's tables, many at a time.

Only a benchmark may do so: nothing is audited and no rule is asked. What reads the rows (loaders,
indexer, pages) is the product's own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import islice
from typing import Any

from sqlalchemy import insert

from accounts.models import Organisation, OrganisationName
from core.database import Database
from core.models import Base, IndexState
from listings.kinds import AssetKind, LegalStatus
from listings.models import (
    Asset,
    IndustryCode,
    IpcCode,
    Listing,
    ListingText,
    OfferedWay,
    PatentFacts,
)
from listings.states import ListingState
from search.documents import Document

BATCH = 2_000
KINDS = {"patent": AssetKind.PATENT, "software": AssetKind.KNOW_HOW}
STATUSES = {"granted": LegalStatus.IN_FORCE, "pending": LegalStatus.PENDING}
APPROVER = "0" * 32

Rows = dict[type[Base], list[dict[str, Any]]]


def fill(database: Database, documents: Iterable[Document]) -> int:
    """Publishes a listing for each document, its index row due; gives their number."""
    number, known = 0, set[str]()
    waiting = iter(documents)
    while batch := list(islice(waiting, BATCH)):
        rows: Rows = defaultdict(list)
        for document in batch:
            for model, values in rows_of(document, known):
                rows[model].append(values)
        with database.write() as session:
            for model in ORDER:
                if rows[model]:
                    session.execute(insert(model), rows[model])
            session.commit()
        number += len(batch)
    return number


ORDER: tuple[type[Base], ...] = (
    Organisation, OrganisationName, Asset, IpcCode, IndustryCode, PatentFacts, Listing, ListingText,
    OfferedWay, IndexState,
)  # fmt: skip


def rows_of(document: Document, known: set[str]) -> Iterator[tuple[type[Base], dict[str, Any]]]:
    """Rows of the listing that this document would be made of; owners in `known` are there."""
    name = document.organisation["zh"]
    owner = blake2b(name.encode(), digest_size=16).hexdigest()
    at = document.published or datetime(2020, 1, 1, tzinfo=UTC)
    if owner not in known:
        known.add(owner)
        yield from _organisation(owner, name, at)
    yield from _asset(document, owner, at)
    yield (
        Listing,
        {
            "id": document.id,
            "asset": document.id,
            "owner_org": owner,
            "language": document.original,
            "jurisdiction": "cn-zhejiang",
            "state": ListingState.PUBLISHED,
            "created_at": at,
            "edited_at": at,
            "approved_by": APPROVER,
            "approved_at": at,
            "published_at": at,
        },
    )
    for language, text in document.texts.items():
        yield (
            ListingText,
            {
                "listing": document.id,
                "language": language,
                "original": language == document.original,
                "title": text.title,
                "value_line": text.lead,
                "abstract": text.body,
                "keywords": list(text.keywords),
            },
        )
    price = document.numbers.get("price_minor")
    for position, way in enumerate(document.facets["way"]):
        yield (
            OfferedWay,
            {
                "listing": document.id,
                "position": position,
                "way": way,
                "price_minor": price,
                "currency": None if price is None else "CNY",
            },
        )
    yield IndexState, {"kind": "listing", "id": document.id, "not_before": at}


def _organisation(id: str, name: str, at: datetime) -> Iterator[tuple[type[Base], dict[str, Any]]]:
    yield (
        Organisation,
        {
            "id": id,
            "kind": "institute",
            "state": "vetted",
            "number": id,
            "registered_at": at,
        },
    )
    yield OrganisationName, {"organisation": id, "language": "zh", "name": name, "original": True}


def _asset(
    document: Document, owner: str, at: datetime
) -> Iterator[tuple[type[Base], dict[str, Any]]]:
    kind = KINDS.get(document.facets["kind"][0], AssetKind.RESULT)
    yield (
        Asset,
        {
            "id": document.id,
            "kind": kind,
            "owner_org": owner,
            "trl": document.numbers["trl"],
            "region": document.facets["region"][0],
            "created_at": at,
        },
    )
    for position, code in enumerate(document.facets["ipc_class"]):
        yield IpcCode, {"asset": document.id, "code": code, "position": position}
    for scheme, facet in (("gbt4754", "industry"), ("emerging", "emerging_industry")):
        code = document.facets[facet][0]
        yield IndustryCode, {"asset": document.id, "scheme": scheme, "code": code}
    if kind == AssetKind.PATENT:
        status = STATUSES.get(document.facets["legal_status"][0], LegalStatus.EXPIRED)
        yield (
            PatentFacts,
            {
                "asset": document.id,
                "office": "CN",
                "publication_number": next(iter(document.identifiers), None),
                "legal_status": status,
            },
        )
