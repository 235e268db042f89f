"""Memory and time of reading and checking a file of any size, by format and number of rows.

    python -m benchmarks.importing.memory [--rows 1000 10000 100000] [--formats csv jsonl json xml]

Each measurement runs in a process of its own; `peak` is its resident set at the end of the check
minus that after the imports of Python, in MB. A flat peak is what the design promises: the rows of
a file pass through, and what must be remembered for duplicates lies on disk.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from listings.importing.checking import Check
from listings.importing.describe import describe
from listings.importing.mapping import suggest

ROOT = Path(__file__).resolve().parents[2]
_WORDS = ["valve", "pump", "sensor", "catalyst", "laser", "antenna", "membrane", "coating",
          "bearing", "filter"]  # fmt: skip
_HAN = "一种用于低温环境的高压输电线路保护装置及其制造方法和系统"


def records(rows: int) -> Iterator[dict[str, str]]:
    """Rows with a title, an abstract of 600 letters and a serial number."""
    for n in range(rows):
        word, other = _WORDS[n % 10], _WORDS[(n // 10) % 10]
        start = n % 12
        yield {
            "title": f"{word.title()} for {other} systems, design {n} {_HAN[start : start + 12]}",
            "abstract": f"The {word} of design {n} reduces the energy that the {other} needs. " * 9,
            "application number": f"US{10 + n // 1_000_000}/{n % 1_000_000:06}",
            "inventors": "Ada Brook; Tom Reed",
        }


def write(path: Path, kind: str, rows: int) -> None:
    if kind == "xlsx":
        with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
            sheet = book.add_worksheet()
            for n, record in enumerate(records(rows)):
                if n == 0:
                    sheet.write_row(0, 0, list(record))
                sheet.write_row(n + 1, 0, list(record.values()))
        return
    with path.open("w", encoding="utf-8", newline="") as out:
        if kind == "csv":
            table = csv.DictWriter(out, list(next(records(1))))
            table.writeheader()
            table.writerows(records(rows))
        elif kind == "jsonl":
            out.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in records(rows))
        elif kind == "json":
            for n, record in enumerate(records(rows)):
                out.write(("[" if n == 0 else ",") + json.dumps(record, ensure_ascii=False))
            out.write("]")
        elif kind == "xml":
            out.writelines(_grant(n, record) for n, record in enumerate(records(rows)))


def _grant(n: int, record: dict[str, str]) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE us-patent-grant SYSTEM "us-patent-grant-v45-2014-04-03.dtd" [ ]>\n'
        '<us-patent-grant lang="EN"><us-bibliographic-data-grant><publication-reference>'
        f"<document-id><country>US</country><doc-number>{9_000_000 + n}</doc-number>"
        "<kind>B2</kind><date>20150106</date></document-id></publication-reference>"
        f"<invention-title>{record['title']}</invention-title></us-bibliographic-data-grant>"
        f"<abstract><p>{record['abstract']}</p></abstract>"
        f"<description><p>{record['abstract'] * 4}</p></description></us-patent-grant>\n"
    )


def resident() -> float:
    """MB of this process now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def measure(path: Path) -> None:
    """Runs in the measured process: a whole check, the market being empty."""
    before = resident()
    begun = time.monotonic()
    described = describe(path)
    mapping = suggest(described.header, described.sample)
    check = Check(path, described, mapping, lambda asked: (set(), [None] * len(asked)))
    while not check.advance(1.0):
        pass
    seconds = time.monotonic() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e6
    counts = check.found.counts
    check.close()
    print(json.dumps([counts["rows"], counts["ready"], seconds, before, peak, child]))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--formats", nargs="+", default=["csv", "jsonl", "json", "xml", "xlsx"])
    parser.add_argument("--measure", type=Path)
    asked = parser.parse_args()
    if asked.measure:
        measure(asked.measure)
        return
    print("format     rows   file MB  seconds  rows/s  grown MB  child MB")
    with tempfile.TemporaryDirectory() as folder:
        for kind in asked.formats:
            for rows in asked.rows:
                path = Path(folder) / f"rows.{kind}"
                write(path, kind, rows)
                command = [sys.executable, "-m", "benchmarks.importing.memory"]
                done = subprocess.run(
                    [*command, "--measure", str(path)], cwd=ROOT, capture_output=True, check=True
                )
                read, ready, seconds, before, peak, child = json.loads(done.stdout)
                assert read == ready == rows, (read, ready)
                size = path.stat().st_size / 1e6
                print(
                    f"{kind:6} {rows:8} {size:9.1f} {seconds:8.1f} {rows / seconds:7.0f} "
                    f"{peak - before:9.1f} {child:9.1f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
