"""The corpus made once, in parts: later runs of the same seed, size and code read it again, and a
run that was stopped goes on at the part where it was."""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from benchmarks.generator.corpus import Corpus
from benchmarks.generator.sources import load, shared_data
from search.documents import Document

PART: Final = 10_000
"""Documents of one file."""


def folder() -> Path:
    """Where what is expensive to make is kept; `QIAOYI_BENCHMARKS` moves it."""
    set_ = os.environ.get("QIAOYI_BENCHMARKS")
    place = Path(set_) if set_ else Path(tempfile.gettempdir()) / "qiaoyi-benchmarks"
    place.mkdir(parents=True, exist_ok=True)
    return place


def code(*places: str) -> str:
    """A hash of the source that says what a made file holds; places are relative to the root."""
    root = Path(__file__).resolve().parents[2]
    found = hashlib.blake2b(digest_size=6)
    for place in places:
        path = root / place
        for source in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            found.update(source.read_bytes())
    return found.hexdigest()


def documents(corpus: Corpus) -> Path:
    """A folder with the corpus in pickles; what no run has made yet is made first."""
    made_by = code("benchmarks/generator/corpus.py", "benchmarks/generator/sources.py",
                   "search/documents.py")  # fmt: skip
    place = folder() / f"corpus-{corpus.size}-{corpus.seed}-{made_by}"
    place.mkdir(exist_ok=True)
    parts = [place / f"{start // PART:05}" for start in range(0, corpus.size, PART)]
    missing = [part for part in parts if not part.exists()]
    _in_processes(partial(_make, corpus.seed, corpus.size), missing, "corpus")
    return place


def spread(source: Path, target: Path, make: Callable[[Any], Any], title: str) -> None:
    """Every object of the parts in `source` through `make`, into parts of the same names, in as
    many processes as there are processors."""
    target.mkdir(exist_ok=True)
    missing = [part for part in _parts(source) if not (target / part.name).exists()]
    _in_processes(partial(_through, target, make), missing, title)


def read(path: Path) -> Iterator[Any]:
    """What was pickled into the file, or the folder's files, one by one."""
    if path.is_dir():
        for part in _parts(path):
            yield from read(part)
        return
    with path.open("rb") as file:
        while True:
            try:
                yield pickle.load(file)
            except EOFError:
                return


def corpus_documents(corpus: Corpus) -> Iterator[Document]:
    """The documents of the corpus, from its files."""
    return read(documents(corpus))


def _parts(place: Path) -> list[Path]:
    """Without what a run that was killed left half written."""
    return sorted(part for part in place.iterdir() if part.name.isdigit())


def _in_processes(work: Callable[[Path], None], parts: list[Path], title: str) -> None:
    if not parts:
        return
    with ProcessPoolExecutor() as pool:
        for number, _ in enumerate(pool.map(work, parts), start=1):
            if number % 10 == 0 or number == len(parts):
                print(f"{title}: {number} of {len(parts)} parts", file=sys.stderr, flush=True)


@cache
def _corpus(seed: int, size: int) -> Corpus:
    return Corpus(load(shared_data()), seed=seed, size=size)


def _make(seed: int, size: int, part: Path) -> None:
    start = int(part.name) * PART
    _written(part, _corpus(seed, size).documents(start, min(size, start + PART)))


def _through(target: Path, make: Callable[[Any], Any], part: Path) -> None:
    _written(target / part.name, map(make, read(part)))


def _written(path: Path, objects: Iterable[Any]) -> None:
    """Whole or not at all."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("wb") as file:
        for each in objects:
            pickle.dump(each, file, protocol=5)
    beside.replace(path)
