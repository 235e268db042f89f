"""Answering from Elasticsearch."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from elasticsearch import NotFoundError

from search import elastic_query as eq
from search import elastic_spelling as spelling
from search import related, showing
from search.bridge import Bridge, weighed
from search.cursor import CursorRefused, opened, sealed
from search.documents import FACETS, Document
from search.elastic_asking import Asking, held, holding_body
from search.elastic_client import Connection
from search.elastic_frequencies import Frequencies
from search.elastic_mapping import key
from search.elastic_words import did_you_mean
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
BESIDE = 8
"""Threads in which a question's words are looked after while its page is being found."""


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
        self.asking = Asking(connection, index)
        self._frequencies = Frequencies(connection, index)
        self._beside = ThreadPoolExecutor(BESIDE, "elastic-beside")

    def close(self) -> None:
        self._beside.shutdown(wait=False, cancel_futures=True)

    def count(self) -> int:
        asked = eq.silent([eq.LIVE])
        found = self._connection.ask(lambda es: es.count(index=self._index, query=asked))
        return int(found.body["count"])

    def search(self, request: SearchRequest) -> SearchPage:
        numbers = self._carried(recognise(request.text))
        place = self._place(request)
        if numbers:
            forms = eq.any_of(eq.one_of("identifier", [form]) for form in numbers.values())
            page = self._page(request, forms, place=place)
            return replace(page, identifiers=tuple(numbers))
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
            return replace(page, tried=_tried(asked))
        lacking = self._beside.submit(self._lacking, asked, request)
        if relaxable and not relaxed:
            place = replace(place, relaxed=True) if place else None
            asked = self._telling(asked)
            page = self._page(request, eq.question(asked, every_word=False), asked, place)
            relaxed = page.total > 0
        missing, better = lacking.result()
        poor = relaxed or not page.total
        return replace(
            page,
            relaxed=relaxed,
            tried=_tried(asked),
            missing=missing,
            did_you_mean=better if poor else None,
        )

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

    # -- pages --------------------------------------------------------------------------------

    def _page(
        self,
        request: SearchRequest,
        asked: eq.Query,
        plan: Plan | None = None,
        place: Place | None = None,
    ) -> SearchPage:
        """Raises CursorRefused where the view of a walk is gone."""
        try:
            found = self.asking.raw(**_body(request, asked, place))
        except NotFoundError:
            if place is None:
                raise
            raise CursorRefused from None
        return self._read(request, found, plan, place)

    def _lacking(self, asked: Plan, request: SearchRequest) -> tuple[tuple[str, ...], str | None]:
        """The words that no document has, and what was meant by them."""
        spelt = spelling.needs(spelling.spellings(request.text))
        words = {word.text: eq.node(word.need) for word in asked.words}
        counted = self.asking.raw(**holding_body(words=words, spellings=spelt))
        missing = tuple(word for word, number in held(counted, "words").items() if not number)
        return missing, did_you_mean(self.asking, request.text, held(counted, "spellings"))

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
                for raw in self.asking.raw(**body)["hits"]["hits"]
            ]
            total = self._frequencies.total
            also = related.related(asked, best, self._frequencies.among, total)
            place = replace(place, also=related.kept(also)) if place else None
        return replace(asked, signals=asked.signals + also), place

    def _telling(self, asked: Plan) -> Plan:
        return telling(asked, self._frequencies.among, self._frequencies.total)

    def _plan(self, request: SearchRequest) -> Plan:
        """Words that stand in no entry of a dictionary cost nothing more than before."""
        found = self._bridge.candidates(request.text) if request.bridge else []
        among = self._frequencies.among
        crossings = weighed(found, among, self._frequencies.total) if found else []
        return plan(request.text, crossings, time.time())

    # -- what there is ------------------------------------------------------------------------

    def _carried(self, numbers: Iterable[str]) -> dict[str, str]:
        """Of each number that any document carries, its most telling form that one does."""
        forms = {number: keys(number) for number in numbers}
        every = {form for known in forms.values() for form in known}
        held = self.asking.holding({form: eq.one_of("identifier", [form]) for form in every})
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
        known = self._frequencies.among(wanted)
        total = self._frequencies.total
        worth: dict[Term, float] = {}
        for term in terms:
            rare = known.get((term.field, term.token), 0)
            if 1 < rare <= total / 2 or total < SMALL:
                worth[term] = (1 + math.log(term.weight)) * math.log(1 + total / max(1, rare))
        best = sorted(worth, key=lambda term: -worth[term])[:LIKENESS]
        whole = [Term(term.field, term.token) for term in best]
        titles = [Term(f"title_{term.field}", term.token, TITLE_WEIGHT) for term in best]
        return whole + titles


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
