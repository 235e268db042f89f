"""Both engines at several sizes, each beside the bare library given the same tokens.

QIAOYI_TEST_ELASTICSEARCH=… python -m benchmarks.search.scale [--only elastic] [--kept] SIZE…

Embedded: see `benchmarks.search.embedded`. Elasticsearch: "bare" is the client's own
`parallel_bulk` into an index of the same mapping, and then the very same search bodies through the
client; both sides read documents that are analysed already. What analysis costs stands apart.
With `--kept` the index stays, and is searched without being written again where it is there.
Figures go into `results.json` beside this file, of which `python -m benchmarks.search.draw` makes
the drawing in `docs/scaling.md`. A million documents want a node with QIAOYI_TEST_ES_HEAP=4g.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import orjson
from elasticsearch import Elasticsearch
from elasticsearch.helpers import parallel_bulk

from benchmarks.generator.cache import documents, read, spread
from benchmarks.generator.corpus import Corpus
from benchmarks.generator.load import popular, questions
from benchmarks.generator.sources import load, shared_data
from benchmarks.search import embedded
from benchmarks.search.keeping import analysed_per_second, keep, known, walk
from search import elastic_query as eq
from search.documents import Document
from search.elastic import ElasticEngine
from search.elastic_client import Cluster
from search.elastic_mapping import layout_of, mappings, settings
from search.elastic_writer import Line, line
from search.numbers import keys
from search.plan import plan
from search.port import Entry
from search.queries import SearchRequest

ASKED, WARM = 400, 60
BULK_GOAL, CURSOR_GOAL = 0.8, 1.2
INDEX, BARE = "qiaoyi-scale", "qiaoyi-scale-bare"


def main(sizes: list[int], only: str, *, kept: bool) -> int:
    missed = False
    for size in sizes:
        if only != "elastic":
            print(f"--- embedded, {size:,} documents", flush=True)
            missed = bool(embedded.main(size)) or missed
        if only != "embedded":
            print(f"--- Elasticsearch, {size:,} documents", flush=True)
            missed = bool(_elastic(size, kept=kept)) or missed
    return 1 if missed else 0


def _elastic(size: int, *, kept: bool) -> bool:
    urls = os.environ["QIAOYI_TEST_ELASTICSEARCH"].split(",")
    cluster = Cluster(tuple(urls), index=INDEX, timeout=30.0, secret=b"benchmark")
    engine = ElasticEngine(cluster)
    client = Elasticsearch(urls, request_timeout=120)
    corpus = Corpus(load(shared_data()), size=size)
    figures = known("elasticsearch", size) if kept and engine.count() == size else {}
    if not figures:
        figures = {"engine": "elasticsearch", "documents": size}
        figures |= _written(client, engine, cluster, corpus)
    asked = popular(questions(corpus.documents(0, min(size, 3_000))), ASKED)
    _tell("searches")
    figures |= _searches(client, engine, asked)
    _tell("pages by cursor")
    figures |= walk(engine)
    stats = client.indices.stats(index=INDEX, metric="store").body
    figures["disk_mb"] = round(stats["_all"]["primaries"]["store"]["size_in_bytes"] / 1e6)
    missed = _say(figures)
    engine.close()
    if not kept:
        _forget(client)
    client.close()
    return missed


def _written(
    client: Elasticsearch, engine: ElasticEngine, cluster: Cluster, corpus: Corpus
) -> dict[str, float]:
    """Documents per second: analysed, written bare, written by the engine, whose index is then
    merged."""
    figures = {}
    with tempfile.TemporaryDirectory(prefix="qiaoyi-scale-") as name:
        folder = Path(name)
        (folder / "documents").symlink_to(documents(corpus))
        figures["analysed_per_second"] = analysed_per_second(folder / "documents")
        spread(folder / "documents", folder / "lines", _line, "analysis")
        _forget(client)
        _tell("parallel_bulk")
        figures["bare_per_second"] = _bare_bulk(client, cluster, folder, corpus.size)
        _tell("bulk of the engine")
        figures["engine_per_second"] = _engine_bulk(engine, folder, corpus.size)
    client.indices.delete(index=BARE)
    _tell("merging")
    client.options(request_timeout=3_600).indices.forcemerge(index=INDEX, max_num_segments=5)
    return figures


def _line(document: Document) -> Line:
    return line(Entry(document.kind, document.id, 1, document))


def _tell(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def _lines(folder: Path) -> Iterator[Line]:
    yield from read(folder / "lines")


def _bare_bulk(client: Elasticsearch, cluster: Cluster, folder: Path, size: int) -> float:
    made = settings(cluster) | {"refresh_interval": "-1"}
    layout = layout_of(cluster)
    client.indices.create(
        index=BARE, settings=made, mappings=mappings(complete=True, layout=layout)
    )
    began = time.perf_counter()
    acts = (
        {
            "_index": BARE,
            "_id": each.key,
            "version": each.version,
            "version_type": "external",
            "_source": orjson.loads(each.source),
        }
        for each in _lines(folder)
    )
    answers = parallel_bulk(client, acts, thread_count=4, chunk_size=500)
    for number, (taken, what) in enumerate(answers, start=1):
        if not taken:
            raise RuntimeError(what)
        _progress(number)
    client.indices.refresh(index=BARE)
    return size / (time.perf_counter() - began)


def _engine_bulk(engine: ElasticEngine, folder: Path, size: int) -> float:
    began = time.perf_counter()
    engine.load(_lines(folder), _progress)
    return size / (time.perf_counter() - began)


def _progress(written: int) -> None:
    if written % 50_000 == 0:
        _tell(f"{written:,} written")


def _searches(client: Elasticsearch, engine: ElasticEngine, asked: list[str]) -> dict[str, float]:
    """One after the other, so that both meet the same caches; the engine first or last in turn."""
    requests = [
        SearchRequest(text, filters=embedded.FILTERS[n % len(embedded.FILTERS)])
        for n, text in enumerate(asked)
    ]
    bare: list[float] = []
    ours: list[float] = []
    for n, request in enumerate(requests):
        body = _final(engine, request)
        sides: list[tuple[list[float], Callable[[], object]]] = [
            (bare, lambda body=body: client.search(index=INDEX, body=body)),  # type: ignore[misc]
            (ours, lambda request=request: engine.search(request)),  # type: ignore[misc]
        ]
        for kept, call in sides if n % 2 else reversed(sides):
            began = time.perf_counter()
            call()
            if n >= WARM:
                kept.append(1_000 * (time.perf_counter() - began))
    return {
        "bare_p50": median(bare),
        "bare_p95": quantiles(bare, n=20)[-1],
        "engine_p50": median(ours),
        "engine_p95": quantiles(ours, n=20)[-1],
    }


def _final(engine: ElasticEngine, request: SearchRequest) -> dict[str, Any]:
    """What the engine ends up asking, every token of it, made before the clock starts."""
    page = engine.search(request)
    if page.identifiers:
        forms = [form for number in page.identifiers for form in keys(number)]
        return eq.body(request, eq.one_of("identifier", forms))
    planned = page.plan or plan(request.text)
    return eq.body(request, eq.question(planned, every_word=planned.short and not page.relaxed))


def _say(found: dict[str, Any]) -> bool:
    ratio = found["engine_per_second"] / found["bare_per_second"]
    deeper = found["page_500_ms"] / found["page_1_ms"]
    late = {
        name: found[f"engine_{name}"] > 1.25 * found[f"bare_{name}"] + 6 for name in ("p50", "p95")
    }
    print(f"analysis alone   {found['analysed_per_second']:>9,.0f} documents/s in one process")
    print(
        f"bulk             {found['engine_per_second']:>9,.0f} documents/s, parallel_bulk "
        f"{found['bare_per_second']:,.0f}: {ratio:.2f} x (goal {BULK_GOAL})"
        f"{embedded.MISSED if ratio < BULK_GOAL else ''}"
    )
    for name in ("p50", "p95"):
        print(
            f"search {name}       {found[f'engine_{name}']:>9.1f} ms, bare "
            f"{found[f'bare_{name}']:.1f} ms{embedded.MISSED if late[name] else ''}"
        )
    print(
        f"page 500         {found['page_500_ms']:>9.1f} ms, page 2 {found['page_1_ms']:.1f} ms: "
        f"{deeper:.2f} x{embedded.MISSED if deeper > CURSOR_GOAL else ''}"
    )
    keep(found)
    return ratio < BULK_GOAL or deeper > CURSOR_GOAL or any(late.values())


def _forget(client: Elasticsearch) -> None:
    for name in client.indices.get(index=f"{INDEX}*"):
        client.indices.delete(index=name)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("sizes", nargs="+", type=int)
    options.add_argument("--only", choices=("embedded", "elastic", ""), default="")
    options.add_argument("--kept", action="store_true", help="leave the index where it is")
    given = options.parse_args()
    sys.exit(main(given.sizes, given.only, kept=given.kept))
