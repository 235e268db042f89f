"""Completions and spellings from the terms that live documents hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rapidfuzz.distance import DamerauLevenshtein

from search import elastic_query as eq
from search.analysis import han_words, runs_of
from search.elastic_reader import Reader
from search.fields import LONGEST_SPELLING, SPLIT, form
from search.folding import fold
from search.pinyin import sounds, spoken
from search.queries import Suggestion

ENOUGH = 10_000
"""Documents of a shard that are looked at for one completion: more would only count better."""
NEAR = 20


def suggest(reader: Reader, text: str, limit: int) -> list[Suggestion]:
    """Counts only documents that can still be found: a withdrawn title is not completed."""
    start = form(text)[:40]
    if not start.strip():
        return []
    found: Counter[str] = Counter()
    for prefix in dict.fromkeys((start, start.replace(" ", ""))):
        for known, count in _terms(reader, "completion", prefix, 5 * limit):
            shown = known.partition(SPLIT)[2]
            found[shown] = max(found[shown], count)
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], len(pair[0]), pair[0]))
    return [Suggestion(shown, count) for shown, count in ordered[:limit]]


def did_you_mean(reader: Reader, text: str) -> str | None:
    better, changed = fold(text), False
    runs = list(runs_of(fold(text)[:200]))
    near = _near_latin(reader, [run for run, chinese in runs if not chinese])
    for run, chinese in runs:
        found = _near_chinese(reader, run) if chinese else near.get(run)
        if found and found != run:
            better, changed = better.replace(run, found, 1), True
    return better if changed else None


def _near_latin(reader: Reader, runs: Sequence[str]) -> dict[str, str]:
    """For words that no document has, the nearest that one does."""
    asked = {run: _spelt(run) for run in runs if len(run) >= 4 and run.isalpha()}
    held = reader.holding(asked)
    unknown = [run for run in asked if not held[run]]
    if not unknown:
        return {}
    offered = _offered(reader, unknown)
    alive = reader.holding({word: _spelt(word) for words in offered.values() for word in words})
    better: dict[str, str] = {}
    for run, words in offered.items():
        most = 1 if len(run) < 6 else 2
        near = {word: DamerauLevenshtein.distance(run, word) for word in words if alive[word]}
        kept = [word for word, distance in near.items() if distance <= most]
        if kept:
            better[run] = min(kept, key=lambda word: (near[word], -alive[word], word))
    return better


def _offered(reader: Reader, runs: Sequence[str]) -> dict[str, list[str]]:
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
    found = reader.raw(size=0, suggest=dict(wanted))["suggest"]
    return {
        run: [said["text"] for said in found[run][0]["options"] if SPLIT not in said["text"]]
        for run in runs
        if found[run]
    }


def _near_chinese(reader: Reader, run: str) -> str | None:
    """The same sounds in characters that occur, first for the whole run, then word by word."""
    if len(run) < 2:
        return None
    whole = _said(reader, run, sounds(run)[0]) if len(run) <= LONGEST_SPELLING else None
    if whole:
        return whole if whole != run else None
    words = han_words(run)
    better = [_said(reader, w, spoken(w)) or w if len(w) > 1 else w for w in words]
    return "".join(better) if better != words else None


def _said(reader: Reader, word: str, sound: str) -> str | None:
    found = [
        (known.partition(SPLIT)[2], count)
        for known, count in _terms(reader, "spelling", sound + SPLIT, 50)
    ]
    if not found or word in dict(found):
        return word if found else None
    return max(found, key=lambda pair: pair[1])[0]


def _terms(reader: Reader, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
    """Terms that begin so with the number of live documents, most frequent first.

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
    found = reader.raw(
        size=0,
        query=eq.silent([eq.LIVE, {"prefix": {field: prefix}}]),
        terminate_after=ENOUGH,
        aggs={"terms": counting},
    )
    buckets = found["aggregations"]["terms"]["buckets"]
    return [(bucket["key"], int(bucket["doc_count"])) for bucket in buckets]


def _spelt(word: str) -> eq.Query:
    return {"term": {"spelling": word}}


def _literal(prefix: str) -> str:
    return "".join(
        letter if letter.isalnum() or not letter.isascii() else f"\\{letter}" for letter in prefix
    )
