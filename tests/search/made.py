"""Documents for tests, in our own words."""

from __future__ import annotations

from datetime import UTC, datetime

from search.documents import Document, Text
from search.port import Entry

START = datetime(2026, 1, 1, tzinfo=UTC)


def document(
    id_,
    title,
    body="",
    *,
    lang="zh",
    lead="",
    keywords=(),
    identifiers=(),
    numbers=None,
    published=START,
    confirmed=None,
    owner="云江大学",
    kind="listing",
    texts=None,
    **facets,
):
    return Document(
        kind=kind,
        id=id_,
        texts=texts or {lang: Text(title, lead, body, tuple(keywords))},
        original=lang,
        identifiers=tuple(identifiers),
        facets={k: (v,) if isinstance(v, str) else tuple(v) for k, v in facets.items()},
        numbers=numbers or {},
        published=published,
        confirmed=confirmed,
        organisation={"zh": owner},
        stored={"owner": owner},
    )


def entry(made, version=1):
    return Entry(made.kind, made.id, version, made)


def gone(id_, version, kind="listing"):
    return Entry(kind, id_, version, None)


def market():
    """A few offers of an invented university."""
    return [
        document(
            "film",
            "一种石墨烯散热膜的制备方法",
            "本发明公开了一种石墨烯散热膜，先涂布再压延，导热率高于一千瓦每米开，适用于手机。",
            keywords=("石墨烯", "散热膜"),
            identifiers=("ZL202310482617.0",),
            numbers={"trl": 6, "price_minor": 50_000_000, "year": 2025},
            published=datetime(2025, 6, 1, tzinfo=UTC),
            region="330000",
            way=("exclusive", "ordinary"),
            year="2025",
        ),
        document(
            "anode",
            "Graphene coated anodes for fast charging batteries",
            "Lithium ion cells with these electrodes take a full charge within ten minutes.",
            lang="en",
            keywords=("graphene", "battery"),
            identifiers=("US 7,472,616 B2",),
            numbers={"trl": 4, "price_minor": 20_000_000, "year": 2024},
            published=datetime(2024, 3, 1, tzinfo=UTC),
            region="310000",
            way=("ordinary",),
            year="2024",
        ),
        document(
            "silicon",
            "硅碳负极材料及锂离子电池",
            "负极材料由硅颗粒和碳骨架组成，循环五百次后容量保持八成以上。",
            keywords=("锂离子电池",),
            identifiers=("CN 116 456 789 A",),
            numbers={"trl": 3, "year": 2025},
            published=datetime(2025, 9, 1, tzinfo=UTC),
            region="330000",
            way=("assignment",),
            year="2025",
        ),
        document(
            "pump",
            "A pump for hot brine",
            "It has no shaft seal and runs for two years.",
            lang="en",
            keywords=("pump",),
            numbers={"trl": 8, "year": 2023},
            published=datetime(2023, 9, 1, tzinfo=UTC),
            region="320000",
            year="2023",
        ),
    ]
