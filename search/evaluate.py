"""How good is the ranking: a folder of passages, questions and judgements, put to the product.

The folder holds `passages.tsv` (pid, title, text), `queries.tsv` (qid, text) and `qrels.tsv`
(qid, iter, pid, rel), UTF-8, tab separated, with a header line. Passages become documents with
title and body; they are analysed, indexed and asked for as listings are, in an index that is
thrown away.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from search.documents import Document, Text
from search.embedded import EmbeddedEngine
from search.port import Entry, SearchEngine
from search.queries import Match, SearchRequest

DEPTH, DEEPER = 100, 1_000
"""MAP counts what stands down to DEEPER, as TREC's runs do."""
Ranking = list[tuple[str, float]]
"""Passage ids and scores, best first."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over the questions that have a relevant passage, each from 0 to 1."""

    questions: int
    ndcg10: float
    map: float
    recall100: float


def evaluate(folder: Path, run: Path | None = None, engine: SearchEngine | None = None) -> Figures:
    """Indexes, asks, measures; writes the answers to `run` in TREC's format if given.

    Raises OSError or ValueError where the folder is not laid out so.
    """
    questions = {row[0]: row[1] for row in _rows(folder / "queries.tsv", 2)}
    judged = judgements(folder / "qrels.tsv")
    used = engine or EmbeddedEngine()
    try:
        used.rebuild(_entries(folder / "passages.tsv"))
        answers = {q: answer(used, text, judged.get(q, {})) for q, text in questions.items()}
    finally:
        if engine is None:
            used.close()
    if run is not None:
        run.write_text("".join(trec_lines(answers)), encoding="utf-8")
    return measure(answers, judged)


def ask(engine: SearchEngine, text: str, depth: int = DEPTH) -> Ranking:
    """What a person sees who reads on: hits with all words, then, asked for, those with some."""
    ranking: Ranking = []
    matches: tuple[Match, ...] = ("auto", "any")
    for match in matches:
        request = SearchRequest(text, size=depth, facets=(), match=match, snippets=False)
        page = engine.search(request)
        known = {pid for pid, _ in ranking}
        ranking += [(h.document.id, h.score) for h in page.hits if h.document.id not in known]
        if len(ranking) >= depth:
            break
    return ranking[:depth]


def answer(engine: SearchEngine, text: str, grades: Mapping[str, int]) -> Ranking:
    """Reads on only where something relevant is still to come: nothing else changes a figure."""
    ranking = ask(engine, text)
    missing = {pid for pid, grade in grades.items() if grade > 0} - {pid for pid, _ in ranking}
    return ask(engine, text, DEEPER) if missing and len(ranking) == DEPTH else ranking


def judgements(path: Path) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = {}
    for number, _, pid, grade in _rows(path, 4):
        judged.setdefault(number, {})[pid] = int(grade)
    return judged


def measure(answers: Mapping[str, Ranking], judged: Mapping[str, Mapping[str, int]]) -> Figures:
    """Questions without an answer count as nothing found."""
    known = {q: grades for q, grades in judged.items() if any(g > 0 for g in grades.values())}
    lists = [([pid for pid, _ in answers.get(q, [])], grades) for q, grades in known.items()]
    number = len(lists)
    if not number:
        raise ValueError("no question has a relevant passage")
    return Figures(
        number,
        sum(ndcg(ranked, grades, 10) for ranked, grades in lists) / number,
        sum(average_precision(ranked, grades) for ranked, grades in lists) / number,
        sum(recall(ranked, grades, 100) for ranked, grades in lists) / number,
    )


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], depth: int) -> float:
    """Discounted cumulative gain over that of the best order; gain 2^rel - 1, discount log2."""

    def gained(found: Sequence[int]) -> float:
        gains = enumerate(found[:depth], start=2)
        return float(sum((2 ** max(0, grade) - 1) / math.log2(place) for place, grade in gains))

    ideal = gained(sorted(grades.values(), reverse=True))
    return gained([grades.get(pid, 0) for pid in ranked]) / ideal if ideal else 0.0


def average_precision(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """Mean, over all relevant passages, of the precision at the place of each."""
    found, total = 0, 0.0
    for place, pid in enumerate(ranked, start=1):
        if grades.get(pid, 0) > 0:
            found += 1
            total += found / place
    relevant = sum(grade > 0 for grade in grades.values())
    return total / relevant if relevant else 0.0


def recall(ranked: Sequence[str], grades: Mapping[str, int], depth: int) -> float:
    """The share of relevant passages among the first `depth`."""
    relevant = {pid for pid, grade in grades.items() if grade > 0}
    return len(relevant & set(ranked[:depth])) / len(relevant) if relevant else 0.0


def trec_lines(answers: Mapping[str, Ranking]) -> Iterator[str]:
    """Scores are made to fall with the place, because tools sort by them and not by it."""
    for number, ranking in answers.items():
        for place, (pid, _) in enumerate(ranking, start=1):
            yield f"{number} Q0 {pid} {place} {1 / place:.6f} qiaoyi\n"


def _entries(path: Path) -> Iterator[Entry]:
    for pid, title, text in _rows(path, 3):
        document = Document("passage", pid, {"zh": Text(title=title, body=text)})
        yield Entry("passage", pid, 1, document)


def _rows(path: Path, width: int) -> Iterator[tuple[str, ...]]:
    """Split at line feeds only: texts hold other characters that Python takes for line ends."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for line in lines[1:]:
        if line.strip():
            cells = line.rstrip("\r").split("\t")
            if len(cells) > width:
                raise ValueError(f"{path.name}: {len(cells)} columns where {width} are due")
            yield tuple(cells + [""] * (width - len(cells)))
