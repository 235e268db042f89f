"""Plans and questions in Elasticsearch's terms: built from parts, never from a query string."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from search.documents import FACETS
from search.elastic_mapping import facet, number
from search.plan import AllOf, AnyOf, BestOf, Node, Phrase, Plan, Prefix, Since, Term
from search.queries import SearchRequest

Query = dict[str, Any]
MOST_VALUES = 100
"""Values of one facet that are counted."""
_PER_SHARD = 1_000
"""Values that each shard reports, so that the sum over the shards is right."""
LIVE: Query = {"term": {"live": True}}

_SORTING = {
    "newest": ("published", "desc"),
    "oldest": ("published", "asc"),
    "price_asc": (number("price_minor"), "asc"),
    "price_desc": (number("price_minor"), "desc"),
    "trl_asc": (number("trl"), "asc"),
    "trl_desc": (number("trl"), "desc"),
}


def node(part: Node) -> Query:
    match part:
        case Term(field, token, weight):
            return {"term": {field: {"value": token, "boost": weight}}}
        case Prefix(field, token):
            return {"prefix": {field: {"value": token}}}
        case Phrase(field, tokens, weight):
            return {"match_phrase": {field: {"query": " ".join(tokens), "boost": weight}}}
        case AllOf(parts):
            return {"bool": {"filter": [node(inner) for inner in parts]}}
        case AnyOf(parts):
            return any_of(node(inner) for inner in parts)
        case BestOf(parts):
            return {"dis_max": {"queries": [node(inner) for inner in parts]}}
        case Since(moment, bonus, field):
            dated = {"range": {field: {"gte": moment}}}
            return {"constant_score": {"filter": dated, "boost": bonus}}


def question(plan: Plan, *, every_word: bool) -> Query:
    """Ranked by any token; with `every_word`, only what has all of the words."""
    if plan.empty:
        return silent([LIVE])
    ranking = any_of(node(part) for part in plan.any_of)
    if plan.signals:
        signals = [node(part.node) for part in plan.signals]
        ranking = {"bool": {"must": [ranking], "should": signals}}
    if not every_word:
        return ranking
    return {"bool": {"filter": [node(word.need) for word in plan.words], "should": [ranking]}}


def any_of(parts: Iterable[Query]) -> Query:
    return {"bool": {"should": list(parts), "minimum_should_match": 1}}


def silent(conditions: Iterable[Query]) -> Query:
    """Selects without having a say in the score."""
    return {"constant_score": {"filter": {"bool": {"filter": list(conditions)}}, "boost": 0.0}}


def both(asked: Query, conditions: Iterable[Query]) -> Query:
    parts = list(conditions)
    return {"bool": {"must": [asked], "filter": parts}} if parts else asked


def one_of(field: str, values: Iterable[str]) -> Query:
    return {"terms": {field: list(values)}}


def conditions_of(request: SearchRequest) -> dict[str, Query]:
    """What must hold besides the text, by name of the filter or range."""
    conditions = {
        name: one_of(facet(name), values) for name, values in request.filters.items() if values
    }
    for name, (low, high) in request.ranges.items():
        if low is not None or high is not None:
            limits = {"gte": low, "lte": high}
            limits = {bound: figure for bound, figure in limits.items() if figure is not None}
            conditions[f"range {name}"] = {"range": {number(name): limits}}
    if request.kinds:
        conditions["document kind"] = one_of("document_kind", request.kinds)
    return conditions


def sorting(request: SearchRequest) -> list[Query]:
    """What has no price or level comes last in either direction."""
    if request.sort == "relevance":
        return [{"_score": {"order": "desc"}}]
    field, order = _SORTING[request.sort]
    return [{field: {"order": order, "missing": "_last"}}]


def body(request: SearchRequest, asked: Query) -> dict[str, Any]:
    """Hits, total and facets in one question.

    Conditions of counted facets are applied after counting, so that each facet can be counted as
    if nothing were chosen in it.
    """
    conditions = conditions_of(request)
    names = FACETS if request.facets is None else request.facets
    chosen = {name: conditions.pop(name) for name in names if name in conditions}
    made: dict[str, Any] = {
        "query": both(asked, conditions.values()),
        "sort": sorting(request),
        "size": request.size,
        "track_total_hits": True,
        "_source": ["source"],
        "docvalue_fields": ["version"],
    }
    if chosen:
        made["post_filter"] = {"bool": {"filter": list(chosen.values())}}
    if names:
        made["aggs"] = _counting(names, chosen)
    return made


def counted(name: str, found: Mapping[str, Any]) -> list[tuple[str, int]]:
    """A facet's values and their counts from an answer to `body`."""
    group = found.get(f"but {name}") or found["all"]
    return [(bucket["key"], bucket["doc_count"]) for bucket in group[name]["buckets"]]


def _counting(names: Iterable[str], chosen: Mapping[str, Query]) -> dict[str, Any]:
    """One group for the facets without a selection, one more for each that has one."""
    free = [name for name in names if name not in chosen]
    groups = {"all": _group(free, chosen.values())} if free else {}
    for name in chosen:
        others = [query for other, query in chosen.items() if other != name]
        groups[f"but {name}"] = _group([name], others)
    return groups


def _group(names: Iterable[str], conditions: Iterable[Query]) -> dict[str, Any]:
    return {
        "filter": {"bool": {"filter": list(conditions)}},
        "aggs": {
            name: {"terms": {"field": facet(name), "size": MOST_VALUES, "shard_size": _PER_SHARD}}
            for name in names
        },
    }
