"""Needs of firms, each in Chinese and in English, judged against a public catalogue of offers.

`needs.tsv` has the needs in our own words, `judgements.tsv` the offers' case numbers with a grade:
2 is what the need asks for, 1 is near it. Titles and beginnings of abstracts were read of what
either language's run had among its first twelve (words, bridge), and of what the whole list of
titles promised beyond that; what is not listed counts as not relevant.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from search.documents import Document, Text
from search.evaluate import Figures, answer, measure
from search.port import Entry, SearchEngine

HERE = Path(__file__).parent
LANGUAGES = ("zh", "en")


def compare(engine: SearchEngine, offers: Path) -> Mapping[str, Figures]:
    """Figures by the needs' language, the offers being those of `offers` (patents.jsonl)."""
    engine.rebuild(_entries(offers))
    judged: dict[str, dict[str, int]] = {}
    for need, offer, grade in _rows(HERE / "judgements.tsv"):
        judged.setdefault(need, {})[offer] = int(grade)
    asked = list(_rows(HERE / "needs.tsv"))
    return {
        language: measure(
            {need[0]: answer(engine, need[at], judged[need[0]]) for need in asked}, judged
        )
        for at, language in enumerate(LANGUAGES, start=1)
    }


def _entries(path: Path) -> Iterator[Entry]:
    """Each case number once: a few are listed twice."""
    seen: set[str] = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        offer = json.loads(line)
        case = offer["case_number"]
        if case not in seen:
            seen.add(case)
            text = Text(offer["title"], body=offer["abstract"])
            yield Entry("offer", case, 1, Document("offer", case, {"en": text}, original="en"))


def _rows(path: Path) -> Iterator[list[str]]:
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        yield line.split("\t")
