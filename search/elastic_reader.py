"""Answering from Elasticsearch."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zlib import crc32

from elastic_transport import ObjectApiResponse
from elasticsearch import ApiError, NotFoundError
from elasticsearch.exceptions import HTTP_EXCEPTIONS

from search import elastic_query as eq
from search import elastic_spelling as spelling
from search import related, showing
from search.bridge import Bridge, weighed
from search.cursor import CursorRefused, opened, sealed
from search.documents import FACETS, Document
from search.elastic_client import Connection
from search.elastic_frequencies import Frequencies
from search.elastic_mapping import key
from search.marking import Wanted, also_said, looked_for
from search.numbers import keys, recognise
from search.plan import PAIRS, TITLE_WEIGHT, WORDS, Plan, Term, plan, ranked
from search.queries import DEEPEST, Hit, SearchPage, SearchRequest
from search.telling import telling

LIKENESS = 30
"""Tokens of a document that say what it is about."""
SMALL = 20
"""In an index of fewer documents no token is too frequent to tell them apart."""
KEPT = "5m"
"""How long a view is kept for whoever may turn the page."""
Spelt = dict[str, int] | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a walk is: in which view, after which hit, whether its question was relaxed, and which
    related words it was asked with, so that all of its pages are ranked alike."""

    view: str
    after: list[Any] | None = None
    relaxed: bool = False
    also: Sequence[tuple[str, str, float]] | None = None


class Reader:
    def __init__(self, connection: Connection, index: str, bridge: Bridge) -> None:
        self._connection, self._index, self._bridge = connection, index, bridge
        self._frequencies = Frequencies(connection, index)

    def count(self) -> int:
        asked = eq.silent([eq.LIVE])
        found = self._connection.ask(lambda es: es.count(index=self._index, query=asked))
        return int(found.body["count"])

    def search(self, request: SearchRequest) -> tuple[SearchPage, Spelt]:
        """The page; where nothing fits the question whole also how many documents have each of its
        spellings, which the same round trip has counted."""
        numbers = self._carried(recognise(request.text))
        place = self._place(request)
        if numbers:
            forms = eq.any_of(eq.one_of("identifier", [form]) for form in numbers.values())
            page = self._page(request, forms, place=place)
            return replace(page, identifiers=tuple(numbers)), None
        asked = self._plan(request)
        every = asked.short if request.match == "auto" else request.match == "all"
        if request.match == "auto" and not every:
            asked = self._telling(asked)
        if related.wanted(asked) and request.sort == "relevance":
            asked, place = self._enriched(request, asked, place, every_word=every)
        relaxable = every and request.match == "auto" and len(asked.any_of) > 1
        relaxed = place.relaxed if place else False
        if relaxed:
            asked = self._telling(asked)
        page = self._page(
            request, eq.question(asked, every_word=every and not relaxed), asked, place
        )
        if asked.empty or (page.total and not relaxed):
            return replace(page, tried=_tried(asked)), None
        if relaxable and not relaxed:
            place = replace(place, relaxed=True) if place else None
            asked = self._telling(asked)
            page, lacking, spelt = self._relaxed(request, asked, place)
            relaxed = page.total > 0
        else:
            lacking, spelt = _lacking(self.raw(**_lacking_body(asked, request)))
        return replace(page, relaxed=relaxed, tried=_tried(asked), missing=lacking), spelt

    def find(self, identifier: str) -> list[Hit]:
        carried = self._carried([identifier])
        if not carried:
            return []
        request = SearchRequest(size=20, facets=(), snippets=False)
        return list(self._page(request, eq.one_of("identifier", carried.values())).hits)

    def similar(self, kind: str, id: str, limit: int, language: str) -> list[Hit]:
        own = {"term": {"key": key(kind, id)}}
        request = SearchRequest(size=1, facets=(), snippets=False, language=language)
        found = self._page(request, eq.silent([own, eq.LIVE])).hits
        terms = self._characteristic(found[0].document) if found else []
        if not terms:
            return []
        asked = {"bool": {"must": [eq.any_of(map(eq.node, terms))], "must_not": [own]}}
        return list(self._page(replace(request, size=limit, kinds=(kind,)), asked).hits)

    def raw(self, **body: Any) -> Any:
        """One question as it stands; what a single shard cannot answer is no answer."""
        where = self._where(body)
        return self._connection.ask(lambda es: es.search(body=body, **where)).body

    def together(self, bodies: Sequence[Mapping[str, Any]]) -> list[Any]:
        """Several questions in one round trip, answered side by side."""
        if not bodies:
            return []
        lines = [part for body in bodies for part in (self._where(body), body)]
        return self._connection.ask(lambda es: _each(es.msearch(searches=lines)))

    def _where(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """The same question goes to the same copies of the shards, whose caches know it."""
        whole = {"allow_partial_search_results": False}
        if "pit" in body:
            return whole
        same = f"q{crc32(repr(body.get('query')).encode())}"
        return whole | {"index": self._index, "preference": same}

    # -- pages --------------------------------------------------------------------------------

    def _page(
        self,
        request: SearchRequest,
        asked: eq.Query,
        plan: Plan | None = None,
        place: Place | None = None,
    ) -> SearchPage:
        [found] = self._asked([_body(request, asked, place)], place)
        return self._read(request, found, plan, place)

    def _relaxed(
        self, request: SearchRequest, asked: Plan, place: Place | None
    ) -> tuple[SearchPage, tuple[str, ...], Spelt]:
        """The page of what has any of the words, and what `_lacking` says."""
        body = _body(request, eq.question(asked, every_word=False), place)
        found, counted = self._asked([body, _lacking_body(asked, request)], place)
        return self._read(request, found, asked, place), *_lacking(counted)

    def _asked(self, bodies: Sequence[dict[str, Any]], place: Place | None) -> list[Any]:
        """Raises CursorRefused where the view of a walk is gone."""
        try:
            return [self.raw(**bodies[0])] if len(bodies) == 1 else self.together(bodies)
        except NotFoundError:
            if place is None:
                raise
            raise CursorRefused from None

    def _place(self, request: SearchRequest) -> Place | None:
        """Raises CursorRefused."""
        if request.cursor is None:
            return None
        if request.cursor:
            return Place(*opened(self._connection.cluster.secret, request))
        view = self._connection.ask(
            lambda es: es.open_point_in_time(index=self._index, keep_alive=KEPT)
        )
        return Place(view.body["id"])

    def _read(
        self, request: SearchRequest, found: Any, plan: Plan | None, place: Place | None
    ) -> SearchPage:
        """A view is let go at its end, or by itself if nobody goes on."""
        page, hits = page_of(request, found, plan), found["hits"]["hits"]
        if place is None or len(hits) < request.size:
            return page
        further = [found["pit_id"], hits[-1]["sort"], place.relaxed, place.also]
        return replace(page, cursor=sealed(self._connection.cluster.secret, request, further))

    def _enriched(
        self, request: SearchRequest, asked: Plan, place: Place | None, *, every_word: bool
    ) -> tuple[Plan, Place | None]:
        """With the words of its best results, in which signals have no say: they would keep the
        server from passing over what cannot be among the best. A walk keeps what it began with."""
        if place and place.also is not None:
            also = related.parts(place.also)
        else:
            first = replace(request, page=1, size=related.BEST, facets=(), snippets=False)
            bare = replace(asked, signals=())
            body = eq.body(first, eq.question(bare, every_word=every_word))
            body["track_total_hits"] = False
            if place:
                body["pit"] = {"id": place.view, "keep_alive": KEPT}
            best = [
                (Document.from_json(raw["_source"]["source"]), float(raw["_score"] or 0.0))
                for raw in self.raw(**body)["hits"]["hits"]
            ]
            total = self._frequencies.total
            also = related.related(asked, best, self._frequencies.of, total)
            place = replace(place, also=related.kept(also)) if place else None
        return replace(asked, signals=asked.signals + also), place

    def _telling(self, asked: Plan) -> Plan:
        return telling(asked, self._frequencies.among, self._frequencies.total)

    def _plan(self, request: SearchRequest) -> Plan:
        """Words that stand in no entry of a dictionary cost nothing more than before."""
        found = self._bridge.candidates(request.text) if request.bridge else []
        crossings = weighed(found, self._frequencies.of, self._frequencies.total) if found else []
        return plan(request.text, crossings, time.time())

    # -- what there is ------------------------------------------------------------------------

    def holding(self, needs: Mapping[str, eq.Query]) -> dict[str, int]:
        """How many live documents satisfy each need, in one question."""
        return held(self.raw(**holding_body(each=needs)), "each") if needs else {}

    def _carried(self, numbers: Iterable[str]) -> dict[str, str]:
        """Of each number that any document carries, its most telling form that one does."""
        forms = {number: keys(number) for number in numbers}
        every = {form for known in forms.values() for form in known}
        held = self.holding({form: eq.one_of("identifier", [form]) for form in every})
        found = {
            number: next((form for form in known if held[form]), "")
            for number, known in forms.items()
        }
        return {number: form for number, form in found.items() if form}

    # -- likeness -----------------------------------------------------------------------------

    def _characteristic(self, document: Document) -> list[Term]:
        """The tokens that are frequent here and rare elsewhere."""
        everything = "\n".join(
            "\n".join((text.title, text.lead, *text.keywords, text.body[:1_000]))
            for text in document.texts.values()
        )
        terms = [term for term in ranked(everything, 400) if term.field in {WORDS, PAIRS}]
        wanted = {field: {t.token for t in terms if t.field == field} for field in (WORDS, PAIRS)}
        known = {field: self._frequencies.of(field, tokens) for field, tokens in wanted.items()}
        total = self._frequencies.total
        worth: dict[Term, float] = {}
        for term in terms:
            rare = known[term.field].get(term.token, 0)
            if 1 < rare <= total / 2 or total < SMALL:
                worth[term] = (1 + math.log(term.weight)) * math.log(1 + total / max(1, rare))
        best = sorted(worth, key=lambda term: -worth[term])[:LIKENESS]
        whole = [Term(term.field, term.token) for term in best]
        titles = [Term(f"title_{term.field}", term.token, TITLE_WEIGHT) for term in best]
        return whole + titles


def holding_body(**needs: Mapping[str, eq.Query]) -> dict[str, Any]:
    """Asks how many live documents satisfy each need of each group; see `held`."""
    aggs = {name: {"filters": {"filters": dict(group)}} for name, group in needs.items() if group}
    return {"size": 0, "query": eq.silent([eq.LIVE]), "aggs": aggs}


def held(found: Any, group: str) -> dict[str, int]:
    """The answer to `holding_body`."""
    counted = found["aggregations"].get(group, {"buckets": {}})
    return {name: int(bucket["doc_count"]) for name, bucket in counted["buckets"].items()}


def _lacking_body(asked: Plan, request: SearchRequest) -> dict[str, Any]:
    spelt = spelling.needs(spelling.spellings(request.text))
    words = {word.text: eq.node(word.need) for word in asked.words}
    return holding_body(words=words, spellings=spelt)


def _lacking(found: Any) -> tuple[tuple[str, ...], Spelt]:
    """The words that no document has, and how many have each spelling."""
    words = held(found, "words")
    return tuple(word for word, number in words.items() if not number), held(found, "spellings")


def _tried(asked: Plan) -> tuple[str, ...]:
    return tuple(word.text for word in asked.words)


def _body(request: SearchRequest, asked: eq.Query, place: Place | None) -> dict[str, Any]:
    """A page of the index as it is now, or of the view that a walk began with."""
    body = eq.body(request, asked)
    if place:
        body["pit"] = {"id": place.view, "keep_alive": KEPT}
    if place and place.after:
        return body | {"search_after": place.after}
    return body | ({"from": request.offset} if request.offset <= DEEPEST else {"size": 0})


def _each(answer: ObjectApiResponse[Any]) -> list[Any]:
    """The answers of several questions. Raises ApiError for the first that has none."""
    for one in answer.body["responses"]:
        if "error" in one:
            meta = replace(answer.meta, status=one["status"])
            raise HTTP_EXCEPTIONS.get(one["status"], ApiError)("search", meta, one)
    return list(answer.body["responses"])


def page_of(
    request: SearchRequest, found: Mapping[str, Any], plan: Plan | None = None
) -> SearchPage:
    """The answer to `elastic_query.body`."""
    bridged = plan.bridged if plan else ()
    wanted = looked_for(also_said(request.text, bridged)) if request.snippets else None
    names = FACETS if request.facets is None else request.facets
    counted = found.get("aggregations", {})
    return SearchPage(
        hits=tuple(_hit(raw, request, wanted) for raw in found["hits"]["hits"]),
        total=int(found["hits"]["total"]["value"]),
        facets={
            name: showing.counts(eq.counted(name, counted), request.filters.get(name, ()))
            for name in names
        },
        bridged=bridged,
        plan=plan if plan and not plan.empty else None,
    )


def _hit(raw: Mapping[str, Any], request: SearchRequest, wanted: Wanted | None) -> Hit:
    document = Document.from_json(raw["_source"]["source"])
    version = int(raw["fields"]["version"][0])
    return showing.hit(document, version, float(raw.get("_score") or 0.0), request, wanted)
