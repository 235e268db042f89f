"""What both engines are measured by, and where the figures are kept for the curve."""

from __future__ import annotations

import json
import os
import time
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks.generator.cache import read
from search.fields import fields
from search.port import SearchEngine
from search.queries import SearchRequest

RESULTS: Final = Path(__file__).with_name("results.json")
SAMPLE: Final = 10_000
SIZE, DEEP, WALKS, AROUND = 20, 500, 3, 5


def analysed_per_second(place: Path) -> float:
    """Documents of a sample that one process analyses, of the third that come last, when the
    tables of words are warm."""
    sample = list(islice(read(place), SAMPLE))
    warm = len(sample) * 2 // 3
    for document in sample[:warm]:
        fields(document)
    began = time.perf_counter()
    for document in sample[warm:]:
        fields(document)
    return (len(sample) - warm) / (time.perf_counter() - began)


def walk(engine: SearchEngine) -> dict[str, float]:
    """Milliseconds of the pages after the first, which opens the view, and of those up to the five
    hundredth, by cursor."""
    first: list[float] = []
    deep: list[float] = []
    for _ in range(WALKS):
        cursor: str | None = ""
        for number in range(1, DEEP + 1):
            asked = SearchRequest("", sort="newest", size=SIZE, facets=(), cursor=cursor)
            began = time.perf_counter()
            cursor = engine.search(asked).cursor
            took = 1_000 * (time.perf_counter() - began)
            if 1 < number <= AROUND + 1:
                first.append(took)
            elif number > DEEP - AROUND:
                deep.append(took)
            if cursor is None:
                break
    return {"page_1_ms": median(first), "page_500_ms": median(deep) if deep else 0.0}


def known(engine: str, documents: int) -> dict[str, Any]:
    """What was kept of an engine and a size; {} if nothing was."""
    kept = json.loads(RESULTS.read_text()) if RESULTS.exists() else []
    of = [each for each in kept if (each["engine"], each["documents"]) == (engine, documents)]
    return dict(of[0]) if of else {}


def keep(figures: dict[str, Any]) -> None:
    """In the place of what was measured before of the same engine and size; printed too. Where
    only searches were measured anew (`searched_on`), the day of the rest stands."""
    shown = {k: round(v, 2) if isinstance(v, float) else v for k, v in figures.items()}
    today = time.strftime("%Y-%m-%d")
    shown |= {"searched_on": today} if "on" in shown else {"on": today}
    shown |= {"load_after": round(os.getloadavg()[0], 1)}
    print(json.dumps(shown), flush=True)
    kept = json.loads(RESULTS.read_text()) if RESULTS.exists() else []
    by_size = {(each["engine"], each["documents"]): each for each in [*kept, shown]}
    kept = [each for _, each in sorted(by_size.items())]
    RESULTS.write_text("[\n" + ",\n".join(map(json.dumps, kept)) + "\n]\n")
