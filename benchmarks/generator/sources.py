"""The real texts that the corpus is recombined from: read from the shared data, never copied."""

from __future__ import annotations

import csv
import itertools
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rjieba

DISCIPLINES = {
    "A": ("农学", "医学"), "B": ("工学",), "C": ("理学", "工学"), "D": ("工学",),
    "E": ("工学",), "F": ("工学",), "G": ("理学", "工学"), "H": ("工学",),
}  # fmt: skip
NASA_SECTIONS = {
    "aerospace": "B", "communications": "H", "electrical and electronics": "H",
    "environment": "C", "health medicine and biotechnology": "A",
    "information technology and software": "G", "instrumentation": "G", "manufacturing": "B",
    "materials and coatings": "C", "mechanical and fluid systems": "F", "optics": "G",
    "power generation and storage": "H", "propulsion": "F",
    "robotics automation and control": "B", "sensors": "G",
}  # fmt: skip

Sentence = tuple[str, ...]
"""A sentence in pieces; those at odd places may be replaced by a term of the class."""


class Weighted:
    """Draws by weight in logarithmic time."""

    def __init__(self, weights: Iterable[tuple[Any, float]]) -> None:
        pairs = list(weights)
        self.values: list[Any] = [value for value, _ in pairs]
        self.cumulative = list(itertools.accumulate(weight for _, weight in pairs))

    def draw(self, rng: Any) -> Any:
        return rng.choices(self.values, cum_weights=self.cumulative)[0]


@dataclass(frozen=True)
class Sources:
    """`objects` and `sentences` by language and IPC section or subclass."""

    subclasses: Weighted
    objects_zh: dict[str, list[str]]
    objects_en: dict[str, list[str]]
    terms: Weighted
    sentences_zh: dict[str, list[Sentence]]
    sentences_en: dict[str, list[Sentence]]
    need_sentences: list[Sentence]
    owners: Weighted
    firms: list[str]
    counties: list[str]
    industries: list[str]
    emerging: list[str]
    shared: list[tuple[str, str, str, tuple[str, ...]]]
    """Language, title, text, keywords of real records that are mixed in unchanged."""


def shared_data() -> Path:
    home = Path(__file__).resolve().parents[2]
    return Path(os.environ.get("QIAOYI_SHARED_DATA", home.parent / "shared" / "data"))


def load(data: Path) -> Sources:
    """Raises OSError where the shared data is absent."""
    papers = list(_json_lines(data / "zh-papers-csl" / "papers.jsonl"))
    offers = list(_json_lines(data / "offers-nasa-t2" / "patents.jsonl"))
    needs = list(_json_lines(data / "needs-sbir-dod" / "topics.jsonl"))
    groups = list(_tsv(data / "taxonomy-ipc" / "ipc_zh_en.tsv"))
    return Sources(
        subclasses=_subclasses(data),
        objects_zh=_objects(groups, 2, r"[（，；〔、]"),
        objects_en=_objects(groups, 3, r"[(;,]"),
        terms=Weighted(_terms(data / "names-cn")),
        sentences_zh=_by_section_zh(papers),
        sentences_en=_by_section_en(offers),
        need_sentences=[s for n in needs for s in _sentences_en(str(n.get("description", "")))],
        owners=_owners(data / "names-cn" / "universities.json"),
        firms=(data / "names-cn" / "company_short_names_sample.txt").read_text().split("\n")[:-1],
        counties=[row[0] for row in _csv(data / "taxonomy-divisions-cn" / "areas.csv")],
        industries=[
            row[0] for row in _tsv(data / "taxonomy-industry-cn" / "gbt4754_2017.tsv")
            if len(row[0]) == 3
        ],
        emerging=[row[0] for row in
                  _tsv(data / "taxonomy-industry-cn" / "strategic_emerging_2018.tsv")],
        shared=_shared(papers, offers),
    )  # fmt: skip


def _subclasses(data: Path) -> Weighted:
    """Measured frequencies; every other subclass of the scheme is seen half as often as once."""
    seen: Counter[str] = Counter()
    for _, _, classes in _tsv(data / "zh-patent-titles" / "titles.tsv"):
        seen.update(classes.split("|"))
    every = [r[0] for r in _tsv(data / "taxonomy-ipc" / "ipc_zh_en.tsv") if r[1] == "subclass"]
    return Weighted([(code, seen.get(code, 0.5)) for code in dict.fromkeys([*seen, *every])])


def _objects(groups: Sequence[Sequence[str]], column: int, end: str) -> dict[str, list[str]]:
    """The beginnings of main groups' titles, by subclass and by section."""
    found: dict[str, list[str]] = {}
    for row in groups:
        if row[1] != "main-group" or len(row) <= column:
            continue
        name = re.split(end, row[column])[0].strip()
        if 3 < len(name) < 60:
            found.setdefault(row[0][:4], []).append(name)
            found.setdefault(row[0][:1], []).append(name)
    return found


def _terms(folder: Path) -> Iterator[tuple[str, float]]:
    for name in ("it", "medical", "food", "car"):
        for row in _tsv(folder / f"terms_{name}.tsv"):
            if row[1].strip().isdigit():
                yield row[0].strip(), float(row[1])


def _by_section_zh(papers: list[dict[str, Any]]) -> dict[str, list[Sentence]]:
    by: dict[str, list[Sentence]] = {}
    for paper in papers:
        for sentence in re.split(r"(?<=[。；！？.;])(?=[\u4e00-\u9fff])", paper["abstract"]):
            if len(sentence) > 8:
                by.setdefault(paper["category"], []).append(_pieces_zh(sentence))
    return {
        section: [s for name in names for s in by.get(name, [])]
        for section, names in DISCIPLINES.items()
    }


def _pieces_zh(sentence: str) -> Sentence:
    """Nouns of two and more characters may be replaced."""
    pieces, plain = [], ""
    for word, tag in rjieba.tag(sentence):
        if tag.startswith("n") and len(word) > 1:
            pieces += [plain, word]
            plain = ""
        else:
            plain += word
    return (*pieces, plain)


def _by_section_en(offers: list[dict[str, Any]]) -> dict[str, list[Sentence]]:
    by: dict[str, list[Sentence]] = {section: [] for section in "ABCDEFGH"}
    for offer in offers:
        section = NASA_SECTIONS.get(offer["category"], "B")
        by[section] += _sentences_en(offer["abstract"])
    every = [sentence for sentences in by.values() for sentence in sentences]
    return {section: sentences or every for section, sentences in by.items()}


def _sentences_en(text: str) -> list[Sentence]:
    found = re.split(r"(?<=[.;])\s+", " ".join(text.split()))
    return [tuple(re.split(r"\b([a-z]{8,})\b", s)) for s in found if len(s) > 30]


def _owners(path: Path) -> Weighted:
    """Zipf's law over the universities in the order of the list."""
    names = [name for province in json.loads(path.read_text()).values() for name in province]
    return Weighted([(name, 1 / rank**0.8) for rank, name in enumerate(names, start=1)])


def _shared(
    papers: list[dict[str, Any]], offers: list[dict[str, Any]]
) -> list[tuple[str, str, str, tuple[str, ...]]]:
    zh = [("zh", p["title"], p["abstract"], tuple(p["keywords"])) for p in papers]
    return zh + [("en", o["title"], o["abstract"], (o["category"],)) for o in offers]


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Split at line feeds only: texts hold others."""
    for line in path.read_text().split("\n"):
        if line:
            yield json.loads(line)


def _tsv(path: Path) -> Iterator[list[str]]:
    for line in path.read_text().split("\n")[1:]:
        if line:
            yield line.split("\t")


def _csv(path: Path) -> Iterator[list[str]]:
    with path.open(newline="") as file:
        yield from itertools.islice(csv.reader(file), 1, None)
