"""Every benchmark at one size, its limits beside its figures: python -m benchmarks [documents]

Exit code 1 if one of them missed its limit. 20,000 documents by default; the figures that the
market promises are those of 200,000.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

from benchmarks.generator.sources import shared_data


def main(size: int) -> int:
    if not shared_data().is_dir():
        print(f"No texts to measure with at {shared_data()}; set QIAOYI_SHARED_DATA.")
        return 0
    load = os.getloadavg()[0]
    print(f"{time.strftime('%Y-%m-%d %H:%M')}, {os.cpu_count()} processors, load {load:.1f} before")
    missed = []
    for title, command in runs(size).items():
        print(f"\n== {title}: python -m {' '.join(command)}", flush=True)
        if subprocess.run([sys.executable, "-m", *command], check=False).returncode:
            missed.append(title)
    print(f"\nMissed: {', '.join(missed)}" if missed else "\nAll within their limits.")
    return 1 if missed else 0


def runs(size: int) -> dict[str, list[str]]:
    rows = [str(number) for number in (1_000, 10_000, 100_000) if number <= max(size, 10_000)]
    return {
        "import": ["benchmarks.importing.memory", "--rows", *rows, "--formats", "csv", "jsonl"],
        "search": ["benchmarks.search.embedded", str(size)],
        "pages": ["benchmarks.pages", str(size)],
    }


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))
