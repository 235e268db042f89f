"""Ranking on every shared set, beside plain BM25. Run: python -m benchmarks.search.relevance"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from search.evaluate import Figures, evaluate

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
GOALS = {"cmrc2018": 0.97, "csl-title": 0.97}
NOISE = 0.01
"""Differences below this are noise on sets of under 300 questions."""


def shared() -> Path:
    home = Path(__file__).resolve().parents[2]
    return Path(os.environ.get("QIAOYI_SHARED_DATA", home.parent / "shared" / "data"))


def verdict(name: str, figures: Figures) -> str:
    """ "BELOW …" if a goal is missed, or a floor by more than noise."""
    goal = GOALS.get(name, 0.0)
    if figures.ndcg10 < goal:
        return f"BELOW GOAL {goal}"
    seen = (figures.ndcg10, figures.map, figures.recall100)
    pairs = list(zip(FLOORS[name], seen, strict=True))[1 if goal else 0 :]
    lacking = max(floor - round(value, 3) for floor, value in pairs)
    if lacking <= 0:
        return "ok"
    return "within noise" if lacking <= NOISE else "BELOW FLOOR"


def main() -> int:
    sets = shared() / "relevance"
    if not sets.is_dir():
        print(f"No judged sets at {sets}; set QIAOYI_SHARED_DATA to the folder that has them.")
        return 0
    print(
        f"{'set':<22}{'nDCG@10':>9}{'floor':>8}{'MAP':>8}{'floor':>8}{'R@100':>8}{'floor':>8}"
        f"{'n':>6}{'s':>7}"
    )
    bad = 0
    for name, (ndcg, mean, reach) in FLOORS.items():
        began = time.perf_counter()
        found = evaluate(sets / name)
        said = verdict(name, found)
        bad += said.startswith("BELOW")
        print(
            f"{name:<22}{found.ndcg10:>9.3f}{ndcg:>8.3f}{found.map:>8.3f}{mean:>8.3f}"
            f"{found.recall100:>8.3f}{reach:>8.3f}{found.questions:>6}"
            f"{time.perf_counter() - began:>7.1f}  {said}",
            flush=True,
        )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
