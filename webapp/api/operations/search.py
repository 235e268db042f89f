"""Search: the question of the search page, its facets and hits, and completions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Final, Literal

from pydantic import Field, StringConstraints

from core.i18n import N_
from core.ids import parse, show
from search.cursor import LONGEST as LONGEST_CURSOR
from search.cursor import CursorRefused
from search.documents import FACETS
from search.queries import DEEPEST, LONGEST, Hit, SearchPage, SearchRequest
from webapp.api.calling import Call, Reply
from webapp.api.declaring import Link, operation
from webapp.api.errors import BadCursor
from webapp.api.operations.sharing import page_of
from webapp.api.paging import pack, unpack
from webapp.api.schemas.common import In, Keepable, Out, Page
from webapp.finding import of_today
from webapp.presenters.searching import CHOICES
from webapp.presenters.showing import market
from webapp.runtime import the_engine

TAG: Final = "search"
_LIST: Final = "search"
_WALK: Final = "walk."
"""Begins a cursor of the engine's own: from the third page on, hits are those of the moment when
the second was asked for."""
_LONGEST: Final = LONGEST_CURSOR + len(_WALK)
Level = Annotated[int, Field(ge=1, le=9)]
Words = Annotated[str, StringConstraints(max_length=LONGEST), Keepable]
Chosen = Annotated[
    tuple[Annotated[str, StringConstraints(min_length=1, max_length=80), Keepable], ...],
    Field(max_length=CHOICES),
]


class FacetsQuery(In):
    """Values of one facet are alternatives, different facets must all hold."""

    q: Words = ""
    match: Literal["auto", "all", "any"] = "auto"
    trl_from: Level | None = None
    trl_to: Level | None = None
    kind: Chosen = ()
    ipc_section: Chosen = ()
    ipc_class: Chosen = ()
    industry: Chosen = ()
    emerging_industry: Chosen = ()
    institute: Chosen = ()
    region: Chosen = ()
    trl: Chosen = ()
    way: Chosen = ()
    price_band: Chosen = ()
    year: Chosen = ()
    legal_status: Chosen = ()


class SearchQuery(FacetsQuery, Page):
    cursor: Annotated[str, StringConstraints(max_length=_LONGEST)] | None = None
    kinds: Annotated[tuple[Literal["listing", "need"], ...], Field(max_length=2)] = ()
    sort: Literal[
        "relevance", "newest", "oldest", "price_asc", "price_desc", "trl_desc", "trl_asc"
    ] = "relevance"


class HitOut(Out):
    id: str
    url: str
    kind: str
    title: str
    lead: str
    snippet: str
    owner_name: str | None


class CountOut(Out):
    value: str
    count: int
    selected: bool


class SearchOut(Out):
    """`relaxed`: nothing holds all words, so what holds some is shown."""

    total: int
    items: list[HitOut]
    next: str | None
    facets: dict[str, list[CountOut]]
    relaxed: bool
    tried: list[str]
    missing: list[str]
    did_you_mean: str | None


class SuggestQuery(In):
    q: Annotated[str, StringConstraints(max_length=60)]


class SuggestionsOut(Out):
    items: list[str]


@operation(
    "GET", "/search", "search", N_("Search what is published"), TAG,
    query=SearchQuery, answer=SearchOut, links=(Link("readListing", "listing", "/items/0/id"),),
)  # fmt: skip
def search(call: Call) -> Reply:
    asked = call.query
    page, walk = _place(asked)
    question = replace(_question(asked, page, call.actor.language), cursor=walk)
    try:
        found = the_engine().search(question)
    except CursorRefused:
        raise BadCursor from None
    return Reply(
        SearchOut(
            total=found.total,
            items=[_hit(hit, call.actor.language) for hit in found.hits],
            next=_next(asked, walk, found),
            facets={
                name: [
                    CountOut(value=_shown(name, one.value), count=one.count, selected=one.selected)
                    for one in counts
                ]
                for name, counts in found.facets.items()
            },
            relaxed=found.relaxed,
            tried=list(found.tried),
            missing=list(found.missing),
            did_you_mean=found.did_you_mean,
        )
    )


@operation(
    "GET", "/search/suggestions", "suggest", N_("Completions of what was typed"), TAG,
    query=SuggestQuery, answer=SuggestionsOut,
)  # fmt: skip
def suggest(call: Call) -> Reply:
    text = call.query.q.strip()
    found = the_engine().suggest(text) if text else []
    return Reply(SuggestionsOut(items=[one.text for one in found]))


def _question(asked: SearchQuery, page: int, language: str) -> SearchRequest:
    filters: dict[str, tuple[str, ...]] = {
        name: tuple(plain_facet(name, value) for value in getattr(asked, name))
        for name in FACETS
        if getattr(asked, name)
    }
    if asked.sort.startswith("price"):
        filters["currency"] = (market().currency,)  # prices compare within one currency only
    if "institute" in filters:
        filters = of_today(filters)
    bounds = (asked.trl_from, asked.trl_to)
    ranges: Mapping[str, Any] = {"trl": bounds} if bounds != (None, None) else {}
    sort = "newest" if asked.sort == "relevance" and not asked.q.strip() else asked.sort
    return SearchRequest(
        text=" ".join(asked.q.split()),
        filters=filters,
        ranges=ranges,
        sort=sort,
        page=page,
        size=asked.limit,
        language=language,
        match=asked.match,
        kinds=asked.kinds,
    )


def _mark(asked: SearchQuery) -> str:
    """What a cursor belongs to: the same question, and no other."""
    said = asked.model_dump_json(exclude={"cursor"})
    return hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _place(asked: SearchQuery) -> tuple[int, str | None]:
    """The page, and where a walk is: who asks for a second page begins one. Raises BadCursor."""
    if asked.cursor is None:
        return 1, None
    if asked.cursor.startswith(_WALK):
        return 1, asked.cursor.removeprefix(_WALK)
    mark, page = unpack(_LIST, asked.cursor, str, int)
    if mark != _mark(asked) or not 1 <= page <= DEEPEST:
        raise BadCursor
    return int(page), ""


def _next(asked: SearchQuery, walk: str | None, found: SearchPage) -> str | None:
    if walk is not None:
        return None if found.cursor is None else _WALK + found.cursor
    return pack(_LIST, _mark(asked), 2) if found.total > asked.limit else None


def plain_facet(facet: str, value: str) -> str:
    """A value of a facet as it was sent: the index knows institutes by their bare id."""
    found = parse(value) if facet == "institute" else None
    return found[1] if found else value


def _shown(facet: str, value: str) -> str:
    return show("organisation", value) if facet == "institute" else value


def _hit(hit: Hit, language: str) -> HitOut:
    document = hit.document
    text = document.text(language)
    named = document.organisation
    return HitOut(
        id=show(document.kind, document.id),
        url=page_of(document.kind, document.id),
        kind=next(iter(document.facets.get("kind", ())), document.kind),
        title=text.title,
        lead=text.lead,
        snippet="".join(segment.text for segment in hit.snippet),
        owner_name=named.get(language) or next(iter(named.values()), None),
    )
