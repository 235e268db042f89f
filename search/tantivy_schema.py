"""Documents and plans in tantivy's terms."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from itertools import chain
from typing import Any, Literal

import tantivy
from tantivy import Occur, Query

from search import analysis
from search.documents import FILTERS, NUMBERS, Document, second
from search.fields import fields
from search.plan import (
    PAIRS,
    TITLE_PAIRS,
    TITLE_WORDS,
    WORDS,
    AllOf,
    AnyOf,
    BestOf,
    Node,
    Phrase,
    Plan,
    Prefix,
    Since,
    Term,
)

LIVE = "live"
"""Says that a document can be found; a tombstone has only key, version and round."""
_TEXT = (WORDS, PAIRS, TITLE_WORDS, TITLE_PAIRS)
_PHRASES = (WORDS, PAIRS)
"""Where the place of a token counts too."""
_RAW = ("key", LIVE, "document_kind", "identifier", "completion", "spelling")
_SORTS = ("published", "confirmed", "price_lowest", "price_highest", "trl_lowest", "trl_highest")
_NONE_LAST = 2**62
_FACETS = {name: f"f_{name}" for name in FILTERS}
LAYOUT = "2"
"""Raise it when fields mean something else although they are called the same."""

SORTING = {
    "newest": ("published", tantivy.Order.Desc),
    "oldest": ("published", tantivy.Order.Asc),
    "price_asc": ("price_lowest", tantivy.Order.Asc),
    "price_desc": ("price_highest", tantivy.Order.Desc),
    "trl_asc": ("trl_lowest", tantivy.Order.Asc),
    "trl_desc": ("trl_highest", tantivy.Order.Desc),
}


@cache
def schema() -> tantivy.Schema:
    """Built once: terms of a query must come from the very schema that they are put to."""
    builder = tantivy.SchemaBuilder()
    for name in _TEXT:
        option: Literal["position", "freq"] = "position" if name in _PHRASES else "freq"
        builder.add_text_field(name, tokenizer_name="whitespace", index_option=option)
    for name in _RAW:
        stored = name == "key"
        builder.add_text_field(name, stored, tokenizer_name="raw", index_option="basic")
    for name in FILTERS:
        builder.add_text_field(facet(name), fast=True, tokenizer_name="raw", index_option="basic")
    for name in (*(number(n) for n in NUMBERS), *_SORTS):
        builder.add_integer_field(name, fast=True)
    for name in ("version", "round"):
        builder.add_integer_field(name, fast=True)
    builder.add_bytes_field("source", stored=True)
    return builder.build()


def fingerprint() -> dict[str, str]:
    """What an index must have been built with to be usable by this code."""
    names = json.dumps([_TEXT, _RAW, FILTERS, NUMBERS, _SORTS, LAYOUT, version("tantivy")])
    return {
        "schema": hashlib.blake2b(names.encode(), digest_size=8).hexdigest(),
        "analysis": analysis.VERSION,
    }


def facet(name: str) -> str:
    return _FACETS[name]


def number(name: str) -> str:
    return f"n_{name}"


def key(kind: str, id: str) -> str:
    return f"{kind}:{id}"


def tombstone(kind: str, id: str, held: int, round_: int) -> Values:
    return {"key": key(kind, id), "version": held, "round": round_, "source": b""}


Values = dict[str, str | int | bytes | list[str]]
"""What goes into each field, analysed."""


def values(document: Document, held: int, round_: int, source: bytes = b"") -> Values:
    """The document with everything it can be found by, and its source to draw a hit from:
    its canonical JSON, which need not be made again where it is at hand."""
    found = fields(document)
    all_: Values = {
        "key": key(document.kind, document.id),
        LIVE: "1",
        "document_kind": document.kind,
        WORDS: found.words,
        PAIRS: found.pairs,
        TITLE_WORDS: found.title_words,
        TITLE_PAIRS: found.title_pairs,
        "identifier": found.identifiers,
        "completion": found.completions,
        "spelling": found.spellings,
        "version": held,
        "round": round_,
        "source": source or document.to_json().encode(),
    }
    for name, codes in document.facets.items():
        all_[_FACETS[name]] = codes[0] if len(codes) == 1 else list(dict.fromkeys(codes))
    for name, figure in document.numbers.items():
        all_[number(name)] = figure
    all_.update(_sorting(document))
    return all_


def made(all_: Values) -> tantivy.Document:
    """tantivy's own document of these values."""
    return tantivy.Document.from_dict(all_, schema())


def _sorting(document: Document) -> dict[str, int]:
    """What has no price or level comes last in either direction."""
    price, trl = document.numbers.get("price_minor"), document.numbers.get("trl")
    return {
        "published": second(document.published),
        "confirmed": second(document.confirmed),
        "price_lowest": _NONE_LAST if price is None else price,
        "price_highest": -1 if price is None else price,
        "trl_lowest": _NONE_LAST if trl is None else trl,
        "trl_highest": -1 if trl is None else trl,
    }


def term(field: str, token: str) -> Query:
    option = "freq" if field in _TEXT else "basic"
    return Query.term_query(schema(), field, token, option)


def node(part: Node) -> Query:
    match part:
        case Term(field, token, weight):
            found = term(field, token)
            return found if weight == 1 else Query.boost_query(found, weight)
        case Prefix(field, token):
            return Query.regex_query(schema(), field, f"{_literal(token)}.*")
        case Phrase(field, tokens, weight):
            return Query.boost_query(Query.phrase_query(schema(), field, list(tokens)), weight)
        case AllOf(parts):
            return Query.boolean_query([(Occur.Must, node(inner)) for inner in parts])
        case AnyOf(parts):
            return Query.boolean_query([(Occur.Should, node(inner)) for inner in parts])
        case BestOf(parts):
            return Query.disjunction_max_query([node(inner) for inner in parts])
        case Since(moment, bonus, field):
            dated = Query.range_query(schema(), field, tantivy.FieldType.Integer, moment, None)
            return Query.const_score_query(dated, bonus)


def silent(query: Query) -> Query:
    """Selects without having a say in the score."""
    return Query.const_score_query(query, 0.0)


def question(plan: Plan, *, every_word: bool) -> Query:
    """Ranked by any token; with `every_word`, only what has all of the words."""
    if plan.empty:
        return silent(term(LIVE, "1"))
    ranking = Query.boolean_query([(Occur.Should, node(part)) for part in plan.any_of])
    if plan.signals:
        signals = [(Occur.Should, node(part.node)) for part in plan.signals]
        ranking = Query.boolean_query([(Occur.Must, ranking), *signals])
    if not every_word:
        return ranking
    needs = [(Occur.Must, silent(node(word.need))) for word in plan.words]
    return Query.boolean_query([*needs, (Occur.Should, ranking)])


def matching(plan: Plan, *, every_word: bool) -> Query:
    """Finds what `question` finds and ranks nothing, for counting: the whole text holds the title,
    so a title's terms find nothing more."""
    if plan.empty:
        return term(LIVE, "1")
    if every_word:
        return Query.boolean_query([(Occur.Must, node(word.need)) for word in plan.words])
    found = dict.fromkeys(chain.from_iterable(map(_selecting, plan.any_of)))
    return Query.boolean_query([(Occur.Should, node(part)) for part in found])


def _selecting(part: Node) -> Iterator[Node]:
    match part:
        case Term(field, token):
            if field not in {TITLE_WORDS, TITLE_PAIRS}:
                yield Term(field, token)
        case Phrase():
            return  # whose tokens are parts of their own
        case AnyOf(parts) | BestOf(parts):
            yield from chain.from_iterable(map(_selecting, parts))
        case _:
            yield part


def one_of(field: str, values: Iterable[str]) -> Query:
    return Query.term_set_query(schema(), field, list(values))


def between(name: str, low: int | None, high: int | None) -> Query:
    return Query.range_query(schema(), number(name), tantivy.FieldType.Integer, low, high)


def both(asked: Query, conditions: Iterable[Query]) -> Query:
    parts = [(Occur.Must, silent(condition)) for condition in conditions]
    return Query.boolean_query([(Occur.Must, asked), *parts]) if parts else asked


def without(asked: Query, unwanted: Query) -> Query:
    return Query.boolean_query([(Occur.Must, asked), (Occur.MustNot, unwanted)])


def counting(names: Iterable[str], most: int) -> dict[str, Any]:
    return {name: {"terms": {"field": facet(name), "size": most}} for name in names}


def _literal(token: str) -> str:
    return "".join(
        letter if letter.isalnum() or not letter.isascii() else f"\\{letter}" for letter in token
    )
