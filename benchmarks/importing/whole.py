"""The command `flask import` on a file of any size, into a market of its own on SQLite.

    python -m benchmarks.importing.whole [--rows 1000 10000 100000] [--format csv]

Every size begins with a copy of the same market: the sample, of which one institute imports. What
is measured is a process of its own from start to end: its seconds, and the peak of its resident
set. Then the same file is imported again, which must change nothing. Memory is promised to be the
same for every size: the largest may not need more than a quarter above the smallest.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, select

import bootstrap
from benchmarks.importing.memory import ROOT, write
from core.settings import Settings
from listings.models import Listing
from webapp import opening

OWNER, OFFICER = "Linpu University", "zhou.yanqiu@linpu.example"
MOST_GROWTH = 1.25


class Run(NamedTuple):
    seconds: float
    peak: float
    """MB of the process and of the children it has waited for, whichever is larger."""
    added: int


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--format", default="csv")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qiaoyi-import-") as name:
        folder = Path(name)
        _open_market(folder / "empty")
        print("   rows  seconds  rows/s  peak MB   again: seconds  added", flush=True)
        peaks = [_measure(folder, rows, asked.format) for rows in sorted(asked.rows)]
    missed = peaks[-1] > MOST_GROWTH * peaks[0]
    print(f"largest over smallest: {peaks[-1] / peaks[0]:.2f} x{'  MISSED' if missed else ''}")
    return 1 if missed else 0


def _measure(folder: Path, rows: int, kind: str) -> float:
    market, file = folder / f"market-{rows}", folder / f"rows-{rows}.{kind}"
    shutil.copytree(folder / "empty", market)
    write(file, kind, rows)
    first, again = _run(market, file), _run(market, file)
    print(
        f"{rows:>7,} {first.seconds:>8.1f} {rows / first.seconds:>7.0f} {first.peak:>8.0f}"
        f" {again.seconds:>16.1f} {again.added:>6}",
        flush=True,
    )
    assert first.added == rows, f"{first.added} of {rows} rows arrived"
    assert again.added == 0, f"the same file added {again.added} results"
    shutil.rmtree(market)
    file.unlink()
    return first.peak


def _run(market: Path, file: Path) -> Run:
    before = _results(market)
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "import", str(file)]
    began = time.monotonic()
    process = subprocess.Popen(
        [*command, "--owner", OWNER, "--as", OFFICER, "--alike"],
        cwd=ROOT,
        env={**os.environ, "QIAOYI_DATA_DIR": str(market), "QIAOYI_DATABASE_URL": ""},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, _, used = os.wait4(process.pid, 0)
    return Run(time.monotonic() - began, used.ru_maxrss / 1_000, _results(market) - before)


def _open_market(folder: Path) -> None:
    runtime = bootstrap.build(_settings(folder))
    try:
        opening.prepare(runtime, sample=True, say=lambda _line: None)
    finally:
        runtime.close()


def _results(folder: Path) -> int:
    runtime = bootstrap.build(_settings(folder))
    try:
        with runtime.database.read() as session:
            return session.scalar(select(func.count()).select_from(Listing)) or 0
    finally:
        runtime.close()


def _settings(folder: Path) -> Settings:
    return Settings(env="development", data_dir=folder)


if __name__ == "__main__":
    sys.exit(main())
