"""Writes a corpus as JSON lines: python -m benchmarks.generator 20000 corpus.jsonl [seed]"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.generator.corpus import Corpus
from benchmarks.generator.sources import load, shared_data


def main(number: str, target: str, seed: str = "1") -> None:
    corpus = Corpus(load(shared_data()), int(seed), int(number))
    with Path(target).open("w") as file:
        for document in corpus.documents():
            file.write(document.to_json() + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
