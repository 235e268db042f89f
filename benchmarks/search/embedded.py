"""The embedded engine beside bare tantivy given the same tokens, in one run.

python -m benchmarks.search.embedded [documents]

A million documents want 8 GB of memory at most, 15 GB of disk and about twenty minutes.

Each side builds in a process of its own from a file of ready objects, so that reading and
generating cost both the same and peak memory is each side's own. "Bare" adds the very fields that
the engine adds, already analysed, waits for the same merges, and is then asked the very queries,
already built (with what the bridge and the best results add, and without the common words that do
not find), for 20 hits and the counts of twelve facets: once
for each pass that choosing several values of a facet needs. The engine's time holds everything up
to a finished page: analysis, the bridge, query building, reading and marking hits.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import tantivy

from benchmarks.generator.cache import documents, read, spread
from benchmarks.generator.corpus import Corpus
from benchmarks.generator.load import popular, questions
from benchmarks.generator.sources import load, shared_data
from benchmarks.search.keeping import analysed_per_second, keep, walk
from search import tantivy_schema as ts
from search.bridge_terms import shipped_bridge
from search.documents import FACETS, Document
from search.embedded import EmbeddedEngine
from search.plan import plan
from search.port import Entry
from search.queries import SearchRequest
from search.tantivy_reader import MOST_VALUES, Reader, conditions_of
from search.tantivy_writer import BULK_HEAP, BULK_THREADS

FILTERS: tuple[dict[str, tuple[str, ...]], ...] = (
    {},
    {"ipc_section": ("B", "H")},
    {"kind": ("patent",)},
    {"ipc_section": ("G",), "way": ("exclusive", "ordinary")},
)
ASKED, WARM = 600, 60
MOST, MISSED = 2.2, "  MISSED"


def main(size: int) -> int:
    """Exit code: whether a goal was missed. The figures are kept for the curve."""
    with tempfile.TemporaryDirectory(prefix="qiaoyi-bench-") as name:
        folder = Path(name)
        corpus = Corpus(load(shared_data()), size=size)
        began = time.perf_counter()
        raw = _prepare(folder, corpus)
        print(
            f"{size:,} documents, {raw / 1e6:,.0f} MB, made and analysed in "
            f"{time.perf_counter() - began:.0f} s",
            flush=True,
        )
        asked = questions(corpus.documents(0, min(size, 3_000)))
        (folder / "questions.json").write_text(json.dumps(popular(asked, ASKED)))
        figures: dict[str, dict[str, float]] = {}
        for role in ("bare", "engine"):
            print(f"{role}: building and asking", file=sys.stderr, flush=True)
            figures[role] = _apart(role, folder)
        missed = _say(figures)
        keep(_kept(size, figures, analysed_per_second(folder / "documents")))
        _needles(folder, corpus)
    return 1 if missed else 0


def _prepare(folder: Path, corpus: Corpus) -> int:
    """The corpus under a known name, and beside it what the engine will make of it. Octets."""
    (folder / "documents").symlink_to(documents(corpus))
    spread(folder / "documents", folder / "tokens", _values, "analysis")
    return sum(part.stat().st_size for part in (folder / "documents").iterdir())


def _values(document: Document) -> ts.Values:
    return ts.values(document, 1, 1)


def _kept(size: int, figures: dict[str, dict[str, float]], analysed: float) -> dict[str, Any]:
    bare, engine = figures["bare"], figures["engine"]
    return {
        "engine": "embedded",
        "documents": size,
        "analysed_per_second": analysed,
        "bare_per_second": size / bare["build"],
        "engine_per_second": size / engine["build"],
        "bare_p50": bare["p50"],
        "bare_p95": bare["p95"],
        "engine_p50": engine["p50"],
        "engine_p95": engine["p95"],
        "page_1_ms": engine["page_1_ms"],
        "page_500_ms": engine["page_500_ms"],
        "disk_mb": engine["disk"],
        "peak_mb": engine["peak"],
    }


def _apart(role: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.search.embedded", f"--{role}", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _say(figures: dict[str, dict[str, float]]) -> bool:
    """Whether a goal was missed."""
    bare, engine = figures["bare"], figures["engine"]
    ratio = engine["build"] / bare["build"]
    missed = ratio > MOST
    print(f"{'':<26}{'bare':>10}{'engine':>10}")
    print(
        f"{'rebuild, s':<26}{bare['build']:>10.1f}{engine['build']:>10.1f}"
        f"   {ratio:.2f} x (goal {MOST} x){MISSED if missed else ''}"
    )
    print(
        f"{'rebuild, processor s':<26}{bare['cpu']:>10.1f}{engine['cpu']:>10.1f}"
        f"   {engine['cpu'] / bare['cpu']:.2f} x (tells more on a busy machine)"
    )
    for name in ("p50", "p95"):
        goal = 1.25 * bare[name] + 6
        late = engine[name] > goal
        missed = missed or late
        print(
            f"{'query ' + name + ', ms':<26}{bare[name]:>10.1f}{engine[name]:>10.1f}"
            f"   goal {goal:.1f}{MISSED if late else ''}"
        )
    print(f"{'peak memory building, MB':<26}{bare['peak']:>10.0f}{engine['peak']:>10.0f}")
    print(f"{'peak memory at the end, MB':<26}{bare['memory']:>10.0f}{engine['memory']:>10.0f}")
    print(f"{'index on disk, MB':<26}{bare['disk']:>10.0f}{engine['disk']:>10.0f}")
    print(f"{'page 2, page 500, ms':<26}{engine['page_1_ms']:>10.1f}{engine['page_500_ms']:>10.1f}")
    return missed


def _needles(folder: Path, corpus: Corpus) -> None:
    """Invented terms must be found by a paraphrase; a near-duplicate may come before."""
    engine = EmbeddedEngine(folder / "engine")
    judged = list(corpus.judgements())
    first = 0
    for question, wanted in judged:
        page = engine.search(SearchRequest(question, size=3, facets=(), snippets=False))
        first += wanted in [hit.document.id for hit in page.hits]
    engine.close()
    print(f"needles among the first three: {first} of {len(judged)}", flush=True)


# -- one side, in its own process ---------------------------------------------------------------


def bare(folder: Path) -> dict[str, float]:
    place = folder / "bare"
    place.mkdir()
    index = tantivy.Index(ts.schema(), str(place))
    began, before = time.perf_counter(), _worked()
    writer = index.writer(BULK_HEAP, BULK_THREADS)
    for values in read(folder / "tokens"):
        writer.add_document(ts.made(values))
    writer.commit()
    writer.wait_merging_threads()
    took = time.perf_counter() - began
    peak, worked = _memory(), _worked() - before
    index.reload()
    with ThreadPoolExecutor(BULK_THREADS) as beside:
        searcher = index.searcher()
        reader = Reader(searcher, {}, shipped_bridge(), beside)
        times = _timed(folder, lambda request: _bare_question(searcher, reader, request))
    return _figures(took, worked, peak, times, place)


def engine(folder: Path) -> dict[str, float]:
    place = folder / "engine"
    made = EmbeddedEngine(place)
    entries = (Entry(d.kind, d.id, 1, d) for d in read(folder / "documents"))
    began, before = time.perf_counter(), _worked()
    made.rebuild(entries)
    took = time.perf_counter() - began
    peak, worked = _memory(), _worked() - before

    def ask(request: SearchRequest) -> Callable[[], Any]:
        return lambda: made.search(request)

    times = _timed(folder, ask)
    pages = walk(made)
    made.close()
    return _figures(took, worked, peak, times, place) | pages


def _bare_question(
    searcher: tantivy.Searcher, reader: Reader, request: SearchRequest
) -> Callable[[], Any]:
    """What the engine ends up asking, every token of it, made before the clock starts."""
    page = reader.search(request)
    asked = page.plan or plan(request.text)
    every = asked.short and not page.relaxed
    conditions = conditions_of(request)
    whole = ts.both(ts.question(asked, every_word=every), conditions.values())
    counted = ts.matching(asked, every_word=every)
    free = [name for name in FACETS if name not in conditions]
    passes = [(ts.both(counted, conditions.values()), ts.counting(free, MOST_VALUES))]
    for name in conditions:
        others = [q for other, q in conditions.items() if other != name]
        passes.append((ts.both(counted, others), ts.counting([name], MOST_VALUES)))

    def run() -> None:
        searcher.search(whole, limit=20)
        for query, wanted in passes:
            searcher.aggregate(query, wanted)

    return run


def _timed(folder: Path, prepare: Callable[[SearchRequest], Callable[[], Any]]) -> list[float]:
    """Milliseconds of every question after the warm ones."""
    times: list[float] = []
    for number, text in enumerate(json.loads((folder / "questions.json").read_text())):
        run = prepare(SearchRequest(text, filters=FILTERS[number % len(FILTERS)]))
        began = time.perf_counter()
        run()
        times.append(1_000 * (time.perf_counter() - began))
    return times[WARM:]


def _figures(
    took: float, worked: float, peak: float, times: list[float], place: Path
) -> dict[str, float]:
    times.sort()
    return {
        "build": took,
        "cpu": worked,
        "p50": times[len(times) // 2],
        "p95": times[int(len(times) * 0.95)],
        "peak": peak,
        "memory": _memory(),
        "disk": sum(p.stat().st_size for p in place.rglob("*") if p.is_file()) / 1e6,
    }


def _worked() -> float:
    """Processor seconds of this process and of the children it has waited for."""
    own, child = (resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + child.ru_utime + child.ru_stime


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000


if __name__ == "__main__":
    if sys.argv[1:2] in (["--bare"], ["--engine"]):
        side = {"--bare": bare, "--engine": engine}[sys.argv[1]]
        print(json.dumps(side(Path(sys.argv[2]))))
        sys.exit(0)
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000))
