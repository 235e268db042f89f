"""Completions and spellings from the terms that live documents hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from rapidfuzz.distance import DamerauLevenshtein

from search import elastic_query as eq
from search import elastic_spelling as spelling
from search.analysis import han_words
from search.elastic_asking import Asking
from search.fields import SPLIT, form
from search.folding import fold
from search.queries import Suggestion

ENOUGH = 10_000
"""Documents of a shard that are looked at for one completion: more would only count better."""
NEAR = 20


def suggest(asking: Asking, text: str, limit: int) -> list[Suggestion]:
    """Counts only documents that can still be found: a withdrawn title is not completed."""
    start = form(text)[:40]
    if not start.strip():
        return []
    found: Counter[str] = Counter()
    prefixes = dict.fromkeys((start, start.replace(" ", "")))
    bodies = [_counting("completion", prefix, 5 * limit) for prefix in prefixes]
    for known, count in chain.from_iterable(map(_counted, asking.together(bodies))):
        shown = known.partition(SPLIT)[2]
        found[shown] = max(found[shown], count)
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], len(pair[0]), pair[0]))
    return [Suggestion(shown, count) for shown, count in ordered[:limit]]


def did_you_mean(asking: Asking, text: str, held: Mapping[str, int] | None = None) -> str | None:
    """Only words that no document has are looked for by sound or letters: what is frequent costs
    most to look for, and needs no better spelling. `held` is how many documents have each of the
    question's spellings, where that is known."""
    spelt = spelling.spellings(text)
    known = asking.holding(spelling.needs(spelt)) if held is None else held
    unknown = {word: as_term for word, as_term in spelt.items() if not known[word]}
    near = _near_latin(asking, [word for word, as_term in unknown.items() if SPLIT not in as_term])
    near |= _alike(asking, {word: s for word, s in unknown.items() if SPLIT in s})
    better, changed = fold(text), False
    for run, chinese in spelling.runs(text):
        found = _near_chinese(near, run, known) if chinese else near.get(run)
        if found and found != run:
            better, changed = better.replace(run, found, 1), True
    return better if changed else None


def _near_latin(asking: Asking, unknown: Sequence[str]) -> dict[str, str]:
    """For words that no document has, the nearest that one does."""
    if not unknown:
        return {}
    offered = _offered(asking, unknown)
    every = {word: word for words in offered.values() for word in words}
    alive = asking.holding(spelling.needs(every))
    better: dict[str, str] = {}
    for run, words in offered.items():
        most = 1 if len(run) < 6 else 2
        near = {word: DamerauLevenshtein.distance(run, word) for word in words if alive[word]}
        kept = [word for word, distance in near.items() if distance <= most]
        if kept:
            better[run] = min(kept, key=lambda word: (near[word], -alive[word], word))
    return better


def _offered(asking: Asking, runs: Sequence[str]) -> dict[str, list[str]]:
    """Words of the index that begin alike and differ by a letter or two."""
    likeness = {
        "field": "spelling",
        "size": NEAR,
        "suggest_mode": "always",
        "prefix_length": 2,
        "max_edits": 2,
        "accuracy": 0.3,
        "string_distance": "damerau_levenshtein",
    }
    wanted: Mapping[str, Any] = {run: {"text": run, "term": likeness} for run in runs}
    found = asking.raw(size=0, suggest=dict(wanted))["suggest"]
    return {
        run: [said["text"] for said in found[run][0]["options"] if SPLIT not in said["text"]]
        for run in runs
        if found[run]
    }


def _alike(asking: Asking, unknown: Mapping[str, str]) -> dict[str, str]:
    """For words that no document has, the most frequent that sounds so; others are left out."""
    bodies = [
        _counting("spelling", as_term.partition(SPLIT)[0] + SPLIT, 50)
        for as_term in unknown.values()
    ]
    heard = zip(unknown, map(_counted, asking.together(bodies)), strict=True)
    return {
        word: max(found, key=lambda pair: pair[1])[0].partition(SPLIT)[2]
        for word, found in heard
        if found
    }


def _near_chinese(near: Mapping[str, str], run: str, known: Mapping[str, int]) -> str | None:
    """The same sounds in characters that occur, first for the whole run, then word by word."""
    if known.get(run):
        return None
    if run in near:
        return near[run]
    return "".join(near.get(word, word) for word in han_words(run))


def _counting(field: str, prefix: str, limit: int) -> dict[str, Any]:
    """Asks for terms that begin so with the number of live documents, most frequent first.

    Each document's own terms are looked at: a table of all terms of the field would have to be
    made anew after every write.
    """
    counting = {
        "terms": {
            "field": field,
            "size": limit,
            "include": f"{_literal(prefix)}.*",
            "execution_hint": "map",
        }
    }
    return {
        "size": 0,
        "query": eq.silent([eq.LIVE, {"prefix": {field: prefix}}]),
        "terminate_after": ENOUGH,
        "aggs": {"terms": counting},
    }


def _counted(found: Any) -> list[tuple[str, int]]:
    """The answer to `_counting`."""
    buckets = found["aggregations"]["terms"]["buckets"]
    return [(bucket["key"], int(bucket["doc_count"])) for bucket in buckets]


def _literal(prefix: str) -> str:
    return "".join(
        letter if letter.isalnum() or not letter.isascii() else f"\\{letter}" for letter in prefix
    )
