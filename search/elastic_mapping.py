"""What an index of Elasticsearch holds: our own tokens, split at spaces, in declared fields."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from search import analysis
from search.documents import FILTERS, NUMBERS, fingerprint, second
from search.elastic_client import Cluster
from search.fields import fields
from search.plan import PAIRS, TITLE_PAIRS, TITLE_WORDS, WORDS
from search.port import Entry
from search.queries import DEEPEST

LAYOUT = "2"
"""Raise it when fields mean something else although they are called the same."""
_TEXT = {WORDS: "words", PAIRS: "pairs", TITLE_WORDS: "titles", TITLE_PAIRS: "titles"}
"""Each field and the similarity that ranks it."""
_PHRASES = (WORDS, PAIRS)
"""Where the place of a token counts too."""
_RAW = ("document_kind", "identifier", "completion", "spelling")


def facet(name: str) -> str:
    return f"f_{name}"


def number(name: str) -> str:
    return f"n_{name}"


def key(kind: str, id: str) -> str:
    return f"{kind}:{id}"


def mappings(*, complete: bool, layout: str) -> dict[str, Any]:
    """`_meta` says what the index was built with, and whether it was ever filled."""
    raw = {"type": "keyword", "doc_values": True}
    properties: dict[str, Any] = {
        name: {
            "type": "text",
            "analyzer": "whitespace",
            "index_options": "positions" if name in _PHRASES else "freqs",
            "similarity": similarity,
        }
        for name, similarity in _TEXT.items()
    }
    properties |= dict.fromkeys(_RAW, raw)
    properties |= {facet(name): raw for name in FILTERS}
    properties |= {number(name): {"type": "long"} for name in NUMBERS}
    properties |= {
        "live": {"type": "boolean"},
        "key": {"type": "keyword"},
        "published": {"type": "long"},
        "confirmed": {"type": "long"},
        "version": {"type": "long", "index": False},
        "hash": {"type": "keyword", "index": False},
        "source": {"type": "keyword", "index": False, "doc_values": False},
    }
    return {
        "dynamic": "strict",
        "_meta": {"layout": layout, "analysis": analysis.VERSION, "complete": complete},
        "_source": {"includes": ["source"]},
        "properties": properties,
    }


def settings(cluster: Cluster) -> dict[str, Any]:
    ranged = "-" in cluster.replicas
    return {
        "number_of_shards": cluster.shards,
        ("auto_expand_replicas" if ranged else "number_of_replicas"): cluster.replicas,
        "refresh_interval": cluster.refresh,
        "max_result_window": DEEPEST + 1_000,
        "similarity": {
            name: {"type": "BM25", "k1": k1, "b": b} for name, (k1, b) in cluster.ranking.items()
        },
    }


def layout_of(cluster: Cluster) -> str:
    """A short name of everything that an index cannot change once it is filled."""
    made = mappings(complete=True, layout="") | {"_meta": LAYOUT}
    fixed = json.dumps([made, cluster.shards, cluster.ranking], sort_keys=True)
    return hashlib.blake2b(fixed.encode(), digest_size=8).hexdigest()


def body(entry: Entry) -> dict[str, Any]:
    """The document with everything it can be found by; of a tombstone only that it is one."""
    document = entry.document
    if document is None:
        return {"live": False, "key": key(entry.kind, entry.id), "version": entry.version}
    found, source = fields(document), document.to_json()
    made: dict[str, Any] = {
        "live": True,
        "key": key(entry.kind, entry.id),
        "version": entry.version,
        "hash": fingerprint(source),
        "source": source,
        "document_kind": document.kind,
        WORDS: found.words,
        PAIRS: found.pairs,
        TITLE_WORDS: found.title_words,
        TITLE_PAIRS: found.title_pairs,
        "identifier": found.identifiers,
        "completion": found.completions,
        "spelling": found.spellings,
        "published": second(document.published),
        "confirmed": second(document.confirmed),
    }
    made |= {facet(name): list(dict.fromkeys(codes)) for name, codes in document.facets.items()}
    made |= {number(name): figure for name, figure in document.numbers.items()}
    return made
