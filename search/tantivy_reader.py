"""Answering from one view of a tantivy index."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import replace
from typing import Any

import tantivy
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from tantivy import Query

from search import related, showing
from search import tantivy_schema as ts
from search.analysis import han_words, runs_of
from search.bridge import Bridge, weighed
from search.documents import FACETS, Document
from search.fields import LONGEST_SPELLING, SPLIT, form
from search.folding import fold
from search.marking import Wanted, also_said, looked_for
from search.numbers import keys, recognise
from search.pinyin import sounds, spoken
from search.plan import PAIRS, TITLE_WEIGHT, WORDS, Plan, Term, plan, ranked
from search.queries import DEEPEST, Bridged, Count, Hit, SearchPage, SearchRequest, Suggestion
from search.telling import telling

Facets = dict[str, tuple[Count, ...]]

MOST_VALUES = 100
"""Values of one facet that are counted."""
LIKENESS = 30
"""Tokens of a document that say what it is about."""
OVERVIEWS = 200
"""Questions without words whose counts are kept until the index changes."""
SMALL = 20
"""In an index of fewer documents no token is too frequent to tell them apart."""


class Counting:
    """The passes of one question's facets, under way."""

    def __init__(self, names: Sequence[str], question: str, kept: dict[str, Any] | None) -> None:
        """`kept`: counts of this view by question, where they are worth keeping."""
        self.passes: list[Future[Facets]] = []
        self._names, self._question, self._kept = names, question, kept

    def known(self) -> bool:
        return self._kept is not None and self._question in self._kept

    def facets(self) -> Facets:
        """Waits for the passes, and raises what one of them raised."""
        if self._kept is not None and self._question in self._kept:
            return dict(self._kept[self._question])
        counted: Facets = {}
        for one in self.passes:
            counted |= one.result()
        found = {name: counted[name] for name in self._names}
        if self._kept is not None and len(self._kept) < OVERVIEWS:
            self._kept[self._question] = found
        return found


class Reader:
    """One view: everything it answers is of the same moment."""

    def __init__(
        self,
        searcher: tantivy.Searcher,
        remembered: dict[str, Any],
        bridge: Bridge,
        beside: Executor,
    ) -> None:
        """`remembered` belongs to this view: what one reader counted there, the next need not.
        `beside` counts facets while hits are drawn: tantivy works without Python's lock."""
        self._searcher, self._remembered, self._bridge = searcher, remembered, bridge
        self._beside = beside

    def count(self) -> int:
        return _total(self._searcher.search(ts.term(ts.LIVE, "1"), limit=1))

    # -- search -------------------------------------------------------------------------------

    def search(self, request: SearchRequest) -> SearchPage:
        numbers = tuple(n for n in recognise(request.text) if self._carrying(n) is not None)
        conditions = conditions_of(request)
        if numbers:
            query = self._any_number(numbers)
            counting = self._counting(request, query, conditions)
            found = self._found(request, ts.both(query, conditions.values()))
            page = self._page(request, found, counting)
            return replace(page, identifiers=numbers)
        asked = self._plan(request)
        every = asked.short if request.match == "auto" else request.match == "all"
        if request.match == "auto" and not every:
            asked = self._telling(asked)
        if related.wanted(asked) and request.sort == "relevance":
            asked = self._enriched(asked, conditions, every_word=every)
        counting, found = self._asked(request, asked, conditions, every_word=every)
        relaxed = every and request.match == "auto" and not _total(found) and len(asked.parts) > 1
        if relaxed:  # what counts nothing costs nothing: its passes are left to end by themselves
            asked = self._telling(asked)
            counting, found = self._asked(request, asked, conditions, every_word=False)
        page = self._page(request, found, counting, asked.bridged)
        if asked.empty:
            return page
        relaxed = relaxed and page.total > 0
        poor = page.total == 0 or relaxed
        return replace(
            page,
            relaxed=relaxed,
            bridged=asked.bridged,
            plan=asked,
            tried=tuple(word.text for word in asked.words),
            missing=tuple(w.text for w in asked.words if poor and not self._any(ts.node(w.need))),
            did_you_mean=self.did_you_mean(request.text) if poor else None,
        )

    def _page(
        self,
        request: SearchRequest,
        found: tantivy.SearchResult,
        counting: Counting,
        bridged: tuple[Bridged, ...] = (),
    ) -> SearchPage:
        hits = self._hits(request, found, bridged)
        return SearchPage(hits=hits, total=_total(found), facets=counting.facets())

    def _asked(
        self,
        request: SearchRequest,
        asked: Plan,
        conditions: Mapping[str, Query],
        *,
        every_word: bool,
    ) -> tuple[Counting, tantivy.SearchResult]:
        """What is found; its facets are being counted meanwhile."""
        counted = ts.matching(asked, every_word=every_word)
        counting = self._counting(request, counted, conditions)
        query = ts.question(asked, every_word=every_word)
        return counting, self._found(request, ts.both(query, conditions.values()))

    def _plan(self, request: SearchRequest) -> Plan:
        """Words that stand in no entry of a dictionary cost nothing more than before."""
        found = self._bridge.candidates(request.text) if request.bridge else []
        crossings = weighed(found, self._among, self._searcher.num_docs)
        return plan(request.text, crossings, time.time())

    def _enriched(self, asked: Plan, conditions: Mapping[str, Query], *, every_word: bool) -> Plan:
        """With the words of its best results."""
        bare = ts.question(replace(asked, signals=()), every_word=every_word)
        query = ts.both(bare, conditions.values())
        hits = self._searcher.search(query, limit=related.BEST, count=False).hits
        best = [(self._document(at), score) for score, at in hits]
        also = related.related(asked, best, self._among, max(2, self._searcher.num_docs))
        return replace(asked, signals=asked.signals + also)

    def _telling(self, asked: Plan) -> Plan:
        return telling(asked, self._among, self._searcher.num_docs)

    def _among(self, wanted: Mapping[str, Collection[str]]) -> dict[tuple[str, str], int]:
        """See counts.Counts."""
        count = self._searcher.doc_freq
        return {(f, token): count(f, token) for f, tokens in wanted.items() for token in tokens}

    def _any(self, query: Query) -> bool:
        return bool(self._searcher.search(query, limit=1, count=False).hits)

    def _found(self, request: SearchRequest, whole: Query) -> tantivy.SearchResult:
        skip = min(request.offset, DEEPEST)
        if request.sort == "relevance":
            return self._searcher.search(whole, limit=request.size, offset=skip)
        field, order = ts.SORTING[request.sort]
        return self._searcher.search(
            whole, limit=request.size, offset=skip, order_by_field=field, order=order
        )

    def _hits(
        self,
        request: SearchRequest,
        found: tantivy.SearchResult,
        bridged: tuple[Bridged, ...] = (),
    ) -> tuple[Hit, ...]:
        if request.offset > DEEPEST:
            return ()
        wanted = looked_for(also_said(request.text, bridged)) if request.snippets else None
        scored = request.sort == "relevance"
        versions = self._searcher.fast_field_values("version", [at for _, at in found.hits])
        return tuple(
            self._hit(at, int(version or 0), score if scored else 0.0, request, wanted)
            for (score, at), version in zip(found.hits, versions, strict=True)
        )

    def _hit(
        self,
        at: tantivy.DocAddress,
        version: int,
        score: float,
        request: SearchRequest,
        wanted: Wanted | None,
    ) -> Hit:
        return showing.hit(self._document(at), version, score, request, wanted)

    def _document(self, at: tantivy.DocAddress) -> Document:
        source: Any = self._searcher.doc(at).get_first("source")
        return Document.from_json(source)

    def _counting(
        self, request: SearchRequest, asked: Query, conditions: Mapping[str, Query]
    ) -> Counting:
        """Begins one pass for the facets without a selection, one more for each that has one.

        Where nothing is typed, counts are kept: counting the whole market is slow, often wanted.
        """
        names = FACETS if request.facets is None else request.facets
        kept = None if request.text.strip() else self._remembered
        narrowed = sorted(request.filters.items()), sorted(request.ranges.items()), request.kinds
        counting = Counting(names, repr((request.facets, narrowed)), kept)
        if counting.known():
            return counting
        free = [name for name in names if name not in conditions]
        if free:
            self._begin(counting, ts.both(asked, conditions.values()), free, request)
        for name in names:
            if name in conditions:
                others = [query for other, query in conditions.items() if other != name]
                self._begin(counting, ts.both(asked, others), [name], request)
        return counting

    def _begin(
        self, counting: Counting, query: Query, names: list[str], request: SearchRequest
    ) -> None:
        counting.passes.append(self._beside.submit(self._counted, query, names, request))

    def _counted(self, query: Query, names: list[str], request: SearchRequest) -> Facets:
        found = self._searcher.aggregate(query, ts.counting(names, MOST_VALUES))
        return {
            name: showing.counts(
                ((bucket["key"], bucket["doc_count"]) for bucket in found[name]["buckets"]),
                request.filters.get(name, ()),
            )
            for name in names
        }

    # -- numbers ------------------------------------------------------------------------------

    def find(self, identifier: str) -> list[Hit]:
        query = self._carrying(identifier)
        if query is None:
            return []
        request = SearchRequest(size=20, facets=(), snippets=False)
        return list(self._hits(request, self._found(request, query)))

    def _carrying(self, identifier: str) -> Query | None:
        """Documents with the number in its most telling form that any has."""
        for known in keys(identifier):
            if self._searcher.doc_freq("identifier", known):
                query = ts.term("identifier", known)
                if self._any(query):
                    return query
        return None

    def _any_number(self, numbers: Iterable[str]) -> Query:
        queries = [query for query in map(self._carrying, numbers) if query is not None]
        return Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])

    # -- words --------------------------------------------------------------------------------

    def suggest(self, text: str, limit: int) -> list[Suggestion]:
        """Counts only documents that can still be found: a withdrawn title is not completed."""
        start = form(text)[:40]
        if not start.strip():
            return []
        found: Counter[str] = Counter()
        for prefix in dict.fromkeys((start, start.replace(" ", ""))):
            for known, count in self._terms("completion", prefix, 5 * limit):
                shown = known.partition(SPLIT)[2]
                found[shown] = max(found[shown], count)
        ordered = sorted(found.items(), key=lambda pair: (-pair[1], len(pair[0]), pair[0]))
        return [Suggestion(shown, count) for shown, count in ordered[:limit]]

    def did_you_mean(self, text: str) -> str | None:
        better, changed = fold(text), False
        for run, chinese in runs_of(fold(text)[:200]):
            near = self._near_chinese(run) if chinese else self._near_latin(run)
            if near and near != run:
                better, changed = better.replace(run, near, 1), True
        return better if changed else None

    def _near_latin(self, run: str) -> str | None:
        if len(run) < 4 or not run.isalpha() or self._terms("spelling", run, 1, exact=True):
            return None
        every = self._searcher.terms_with_prefix("spelling", run[:2], limit=3_000)
        known = {word: count for word, count in every if SPLIT not in word}
        most = 1 if len(run) < 6 else 2
        near = process.extract(
            run, list(known), scorer=DamerauLevenshtein.distance, score_cutoff=most, limit=20
        )
        for word, *_ in sorted(near, key=lambda found: (found[1], -known[found[0]])):
            if self._terms("spelling", word, 1, exact=True):
                return str(word)
        return None

    def _near_chinese(self, run: str) -> str | None:
        """The same sounds in characters that occur, first for the whole run, then word by word."""
        if len(run) < 2:
            return None
        whole = self._said(run, sounds(run)[0]) if len(run) <= LONGEST_SPELLING else None
        if whole:
            return whole if whole != run else None
        words = han_words(run)
        better = [self._said(w, spoken(w)) or w if len(w) > 1 else w for w in words]
        return "".join(better) if better != words else None

    def _said(self, word: str, sound: str) -> str | None:
        found = [
            (known.partition(SPLIT)[2], count)
            for known, count in self._terms("spelling", sound + SPLIT, 50)
        ]
        if not found or word in dict(found):
            return word if found else None
        return max(found, key=lambda pair: pair[1])[0]

    def _terms(
        self, field: str, prefix: str, limit: int, *, exact: bool = False
    ) -> list[tuple[str, int]]:
        alive = ts.term(ts.LIVE, "1")
        found = self._searcher.terms_with_prefix(field, prefix, filter_query=alive, limit=limit)
        return [(word, n) for word, n in found if n and (not exact or word == prefix)]

    # -- likeness -----------------------------------------------------------------------------

    def similar(self, kind: str, id: str, limit: int, language: str) -> list[Hit]:
        own = ts.term("key", ts.key(kind, id))
        found = self._searcher.search(ts.both(own, [ts.term(ts.LIVE, "1")]), limit=1).hits
        if not found:
            return []
        terms = self._characteristic(self._document(found[0][1]))
        if not terms:
            return []
        asked = Query.boolean_query([(tantivy.Occur.Should, ts.node(term)) for term in terms])
        same = ts.term("document_kind", kind)
        request = SearchRequest(size=limit, facets=(), snippets=False, language=language)
        near = self._found(request, ts.both(ts.without(asked, own), [same]))
        return list(self._hits(request, near))

    def _characteristic(self, document: Document) -> list[Term]:
        """The tokens that are frequent here and rare elsewhere."""
        everything = "\n".join(
            "\n".join((text.title, text.lead, *text.keywords, text.body[:1_000]))
            for text in document.texts.values()
        )
        total = max(2, self._searcher.num_docs)
        worth: dict[Term, float] = {}
        for term in ranked(everything, 400):
            rare = self._searcher.doc_freq(term.field, term.token)
            if term.field in {WORDS, PAIRS} and (1 < rare <= total / 2 or total < SMALL):
                worth[term] = (1 + math.log(term.weight)) * math.log(1 + total / max(1, rare))
        best = sorted(worth, key=lambda term: -worth[term])[:LIKENESS]
        whole = [Term(term.field, term.token) for term in best]
        titles = [Term(f"title_{term.field}", term.token, TITLE_WEIGHT) for term in best]
        return whole + titles


def conditions_of(request: SearchRequest) -> dict[str, Query]:
    """What must hold besides the text, by name of the filter or range."""
    conditions = {
        name: ts.one_of(ts.facet(name), values)
        for name, values in request.filters.items()
        if values
    }
    for name, (low, high) in request.ranges.items():
        if low is not None or high is not None:
            conditions[f"range {name}"] = ts.between(name, low, high)
    if request.kinds:
        conditions["document kind"] = ts.one_of("document_kind", request.kinds)
    return conditions


def _total(found: Any) -> int:
    """The number of matches (the binding's own type description leaves it out)."""
    return int(found.count or 0)
