"""Whole pages over HTTP, from the product's own serving entry, on a market of any size.

    python -m benchmarks.pages [listings] [--limit 80] [--servers]

The market (rows, index) is kept in the benchmarks' folder, so a second run only asks; with
`--servers` it is kept in the PostgreSQL and the Elasticsearch that QIAOYI_TEST_POSTGRES and
QIAOYI_TEST_ELASTICSEARCH name. Each question is asked cold, by one visitor and by four at once.
Exit code 1 if a page that one visitor asks for is slower than the limit at the 95th percentile.
"""

from __future__ import annotations

import argparse
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql
from sqlalchemy import make_url

import bootstrap
from benchmarks.generator.cache import code, corpus_documents, folder
from benchmarks.generator.corpus import Corpus, name
from benchmarks.generator.load import popular, questions
from benchmarks.generator.sources import load, shared_data
from benchmarks.market import fill
from core import ids
from core.settings import Settings
from migrations import running
from search import indexer

LIMIT = 80.0
"""Milliseconds at the 95th percentile."""
ASKED, WARM, CLIENTS = 400, 40, 4
ROOT = Path(__file__).resolve().parents[1]
NARROWED: tuple[dict[str, tuple[str, ...]], ...] = (
    {},
    {"ipc_section": ("B", "H")},
    {"kind": ("patent",), "sort": ("newest",)},
    {"ipc_section": ("G",), "way": ("exclusive", "ordinary")},
    {"year": ("2024",), "page": ("2",)},
)


@dataclass(frozen=True)
class Served:
    """A running market: its port and the process that answers."""

    port: int
    process: int


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("listings", nargs="?", type=int, default=20_000)
    parser.add_argument("--limit", type=float, default=LIMIT, help="ms at the 95th percentile")
    parser.add_argument("--servers", action="store_true", help="PostgreSQL and Elasticsearch")
    asked = parser.parse_args()
    corpus = Corpus(load(shared_data()), size=asked.listings)
    data = market(corpus, servers=asked.servers)
    kinds = addresses(corpus)
    slow = 0
    with serving(data, asked.servers) as served:
        print(f"{asked.listings:,} listings; pages in ms, limit {asked.limit:.0f} at p95")
        print(f"{'page':<22}{'visitors':>9}{'p50':>8}{'p95':>8}{'max':>8}{'per s':>8}")
        for kind, paths in kinds.items():
            ask(served.port, paths[:WARM], 1)
            for clients in (1, CLIENTS):
                began = time.perf_counter()
                times = sorted(ask(served.port, paths, clients))
                per_second = len(times) / (time.perf_counter() - began)
                p95 = times[int(len(times) * 0.95)]
                bad = clients == 1 and p95 > asked.limit
                slow += bad
                print(
                    f"{kind:<22}{clients:>9}{times[len(times) // 2]:>8.1f}{p95:>8.1f}"
                    f"{times[-1]:>8.1f}{per_second:>8.1f}{'  ABOVE THE LIMIT' if bad else ''}",
                    flush=True,
                )
        print(f"peak memory of the serving process: {peak(served.process):.0f} MB")
    return 1 if slow else 0


# -- the market ---------------------------------------------------------------------------------


def market(corpus: Corpus, *, servers: bool) -> Path:
    """The data folder of a filled and indexed market; made first if no run has made it."""
    made_by = code("benchmarks/market.py", "benchmarks/generator", "migrations")
    kind = "servers" if servers else "market"
    data = folder() / f"{kind}-{corpus.size}-{corpus.seed}-{made_by}"
    settings = Settings(data_dir=data, log_level="ERROR", **beside(data, servers))
    if not (data / "filled").exists():
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir(parents=True)
        if servers:
            anew(settings.database_url)
        runtime = bootstrap.build(settings)
        began = time.perf_counter()
        running.upgrade(runtime.database)
        fill(runtime.database, corpus_documents(corpus))
        print(f"rows written in {time.perf_counter() - began:.0f} s", flush=True)
        runtime.close()
        (data / "filled").touch()
    runtime = bootstrap.build(settings)
    began, before = time.perf_counter(), os.times()
    written = indexer.ensure(runtime.database, runtime.search, runtime.loaders)
    if written is not None:
        after = os.times()
        busy = after.user + after.system - before.user - before.system
        took = time.perf_counter() - began
        print(f"index built from rows in {took:.0f} s, {busy:.0f} processor s", flush=True)
        settle(runtime)
    runtime.close()
    return data


def beside(data: Path, servers: bool) -> dict[str, Any]:
    """The settings of a market on servers, in a database and an index of its own."""
    if not servers:
        return {}
    own = data.name.replace("-", "_")
    url = make_url(os.environ["QIAOYI_TEST_POSTGRES"]).set(database=own)
    return {
        "database_url": url.render_as_string(hide_password=False),
        "elasticsearch_url": os.environ["QIAOYI_TEST_ELASTICSEARCH"],
        "elasticsearch_index": own,
    }


def anew(url: str) -> None:
    """An empty PostgreSQL database of this name."""
    name = sql.Identifier(str(make_url(url).database))
    server = make_url(os.environ["QIAOYI_TEST_POSTGRES"]).set(drivername="postgresql")
    with psycopg.connect(server.render_as_string(hide_password=False), autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        admin.execute(sql.SQL("CREATE DATABASE {}").format(name))


def settle(runtime: bootstrap.Runtime) -> None:
    """Says that the index has what the rebuild wrote, or the worker would write it once more."""
    with runtime.database.write() as session:
        session.connection().exec_driver_sql(
            "UPDATE index_state SET done = wanted, not_before = NULL"
        )
        session.commit()


def addresses(corpus: Corpus) -> dict[str, list[str]]:
    """What visitors ask for, by kind of page."""
    sample = list(islice(corpus_documents(corpus), 3_000))
    searches = []
    for number, text in enumerate(popular(questions(sample), ASKED)):
        pairs = [(n, v) for n, values in NARROWED[number % len(NARROWED)].items() for v in values]
        language = "/en" if number % 4 == 3 else ""
        searches.append(f"{language}/search?" + urlencode([("q", text), ("stay", "1"), *pairs]))
    step = max(1, corpus.size // ASKED)
    results = [
        "/results/" + quote(ids.show("listing", name(number)))
        for number in range(0, min(corpus.size, step * ASKED), step)
    ]
    return {
        "search": searches,
        "search, nothing typed": ["/search", "/search?sort=newest&page=3", "/en/search"] * 60,
        "result": results,
        "home": ["/", "/en/"] * 100,
    }


# -- asking -------------------------------------------------------------------------------------


@contextmanager
def serving(data: Path, servers: bool) -> Iterator[Served]:
    """`flask serve`, as anyone starts it, on a free port; stopped at the end."""
    port = free_port()
    settings = {"QIAOYI_DATA_DIR": str(data), "QIAOYI_PORT": str(port), "QIAOYI_ENV": "test",
                "QIAOYI_SEARCH_PER_MINUTE": "1000000000", "QIAOYI_LOG_LEVEL": "ERROR"}  # fmt: skip
    settings |= {f"QIAOYI_{n.upper()}": value for n, value in beside(data, servers).items()}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "serve", "--no-sample"]
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **settings}, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(port, process)
        yield Served(port, answering(process.pid))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        try:
            ask(port, ["/"], 1)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the market did not open")


def answering(parent: int) -> int:
    """The process with the pages: Granian starts one below the command."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return int(children[-1]) if children else parent


def ask(port: int, paths: Sequence[str], clients: int) -> list[float]:
    """Milliseconds from sending to the last byte, by `clients` that each keep a connection."""

    def visit(mine: Sequence[str]) -> list[float]:
        line = http.client.HTTPConnection("localhost", port, timeout=60)
        times = []
        for path in mine:
            began = time.perf_counter()
            line.request("GET", path)
            answer = line.getresponse()
            answer.read()
            times.append(1_000 * (time.perf_counter() - began))
            if answer.status != http.client.OK:
                raise RuntimeError(f"{path} answered {answer.status}")
        line.close()
        return times

    with ThreadPoolExecutor(clients) as visitors:
        shares = visitors.map(visit, [paths[n::clients] for n in range(clients)])
        return [each for times in shares for each in times]


def peak(process: int) -> float:
    """MB that the process ever held at once."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1_000
    return 0.0


if __name__ == "__main__":
    sys.exit(main())
