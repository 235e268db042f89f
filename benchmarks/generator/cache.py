"""The corpus made once: a file that later runs of the same seed, size and code read again."""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.generator.corpus import Corpus
from search.documents import Document


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
    """The corpus in pickles, one after another; made first if no run has made it."""
    made_by = code("benchmarks/generator/corpus.py", "benchmarks/generator/sources.py",
                   "search/documents.py")  # fmt: skip
    path = folder() / f"corpus-{corpus.size}-{corpus.seed}-{made_by}"
    if not path.exists():
        beside = path.with_name(f"{path.name}.{os.getpid()}")
        with beside.open("wb") as file:
            for document in corpus.documents():
                pickle.dump(document, file, protocol=5)
        beside.replace(path)
    return path


def read(path: Path) -> Iterator[Any]:
    """What was pickled into the file, one by one."""
    with path.open("rb") as file:
        while True:
            try:
                yield pickle.load(file)
            except EOFError:
                return


def corpus_documents(corpus: Corpus) -> Iterator[Document]:
    """The documents of the corpus, from its file."""
    return read(documents(corpus))
