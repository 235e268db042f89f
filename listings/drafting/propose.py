"""Proposes fields of a draft from a document's text; every proposal says where it was found.

Nothing is made up: a proposal's value is a span of the document, and a person confirms each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from listings.drafting.document import Paragraph
from listings.importing.numbers import read_number
from listings.importing.targets import SYNONYMS, normal
from listings.importing.values import (
    Unreadable,
    language_of,
    read_list,
    read_people,
    read_symbols,
    read_trl,
)

LABELS: Final = {
    normal(name): field
    for field, names in {
        "contact": "联系人|联系方式|联系电话|contact|contact person|contact details",
        "value_line": "一句话|核心优势|主要优势|技术优势|应用价值|advantages|key benefit|benefits",
        "title": "成果名称|项目名称|技术名称|题目|result|technology",
        "abstract": "成果简介|项目简介|技术简介|成果概述|概述|overview|introduction",
    }.items()
    for name in names.split("|")
}
_FIELDS: Final = frozenset(
    {"title", "owners", "value_line", "abstract", "keywords", "ipc", "trl", "contact",
     "contributors", "patent_number", "application_number", "publication_number", "grant_number"}
)  # fmt: skip
_LABEL: Final = re.compile(
    r"^[\d一二三四五六七八九十、.．)）(（\s]*(?P<label>[^：:]{1,40}?)\s*[：:]\s*(?P<value>.*)$"
)
_NUMBERS: Final = re.compile(
    r"ZL\s?\d{12}\.?[\dX]|CN\s?\d{7,9}\s?[ABCUYS]\d?\b|\b(?:19|20)\d{2}[12389]\d{7}\.[\dX]"
    r"|US\s?\d{1,2},\d{3},\d{3}(?:\s?B\d)?|US\s?\d{7,8}\s?B\d|US\s?20\d{9}\s?A\d"
    r"|(?:EP|WO)\s?\d{4}[/ ]?\d{3,6}(?:\s?[AB]\d)?"
)
_SYMBOLS: Final = re.compile(r"\b[A-H]\d{2}[A-Z]\s?\d{1,4}/\d{2,6}\b")
_TRL: Final = re.compile(
    r"(?:TRL|技术成熟度|技术就绪(?:水平|度)|成熟度)\D{0,8}([1-9])(?!\d)", re.IGNORECASE
)
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE: Final = re.compile(
    r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-\d{7,8}|\+\d{1,3}[\d \-]{7,15}\d)(?!\d)"
)
_OWNER: Final = re.compile(
    r"[\u4e00-\u9fff]{2,20}(?:大学|学院|研究院|研究所|实验室|公司)"
    r"|(?:[A-Z][\w&'-]+ ){1,5}(?:University|Institute|Laboratory|College)|University of [A-Z]\w+"
)
_BENEFIT: Final = re.compile(
    r"提高|降低|减少|节省|缩短|提升|节约|优于|reduc|increas|improv|save|faster|cheaper|lower|longer",
    re.IGNORECASE,
)
_SENTENCES: Final = re.compile(r"[^。！？.!?]+(?:[。！？]|[.!?](?=\s|$)|\.(?=\d)[^。！？.!?]*)*")


@dataclass(frozen=True)
class Source:
    """Where a proposal stands: the file, the paragraph (and page, in a PDF), and the very words."""

    file: str
    paragraph: int
    page: int | None
    quote: str


@dataclass(frozen=True)
class Proposal:
    """`certain`: a label named the field; otherwise its form or place suggested it."""

    field: str
    value: str
    source: Source
    certain: bool


@dataclass(frozen=True)
class Proposals:
    """The proposals by field, the best first, and the language the text is in."""

    language: str
    found: tuple[Proposal, ...]

    def best(self, field: str) -> Proposal | None:
        return next((one for one in self.found if one.field == field), None)

    def all(self, field: str) -> list[Proposal]:
        return [one for one in self.found if one.field == field]


def propose(paragraphs: Sequence[Paragraph], file: str) -> Proposals:
    """Fields for a draft: title, owners, value_line, abstract, keywords, patent_number, ipc, trl,
    contact, contributors. Lists give one proposal per entry."""
    labelled = list(_labelled(paragraphs, file))
    guessed = list(_by_form(paragraphs, file))
    named = {proposal.field for proposal in labelled}
    guessed += list(_by_place(paragraphs, file, named))
    seen: set[tuple[str, str]] = set()
    found = []
    for proposal in [*labelled, *guessed]:
        key = (proposal.field, re.sub(r"[\s,]", "", proposal.value).casefold())
        if key not in seen:
            seen.add(key)
            found.append(proposal)
    text = "".join(paragraph.text for paragraph in paragraphs[:200])
    return Proposals(language_of(text), tuple(found))


def _make(field: str, value: str, at: Paragraph, file: str, *, certain: bool) -> Proposal:
    return Proposal(field, value, Source(file, at.number, at.page, value), certain)


def _labelled(paragraphs: Sequence[Paragraph], file: str) -> Iterator[Proposal]:
    """`完成人：李青` and headings whose text follows in the next paragraphs."""
    for index, paragraph in enumerate(paragraphs):
        found = _LABEL.match(paragraph.text)
        label = normal(found["label"] if found else paragraph.text)
        label = re.sub(r"^[\d一二三四五六七八九十() ]+ ", "", label)
        field = LABELS.get(label) or SYNONYMS.get(label)
        if field not in _FIELDS:
            continue
        if found and found["value"].strip():
            yield from _values(field, found["value"].strip(), paragraph, file)
        elif (found or len(paragraph.text) <= 12) and index + 1 < len(paragraphs):
            following = paragraphs[index + 1]
            if not _LABEL.match(following.text) or field in ("abstract", "value_line"):
                yield from _values(field, following.text, following, file)


def _values(field: str, text: str, at: Paragraph, file: str) -> Iterator[Proposal]:
    try:
        for value in _split(field, text):
            yield _make(field, value, at, file, certain=True)
    except Unreadable:
        return  # the label promised what the text does not hold; its form may still be found


def _split(field: str, text: str) -> Sequence[str]:
    if field in ("keywords",):
        return read_list(text)
    if field in ("contributors", "owners"):
        return read_people(text)
    if field == "ipc":
        return read_symbols(text)
    if field == "trl":
        level = read_trl(re.split(r"[（(，,。]", text)[0])
        return [str(level)] if level else []
    if field.endswith("number"):
        return [found[0] for found in _NUMBERS.finditer(text) if _is_number(found[0])]
    return [text]


def _is_number(text: str) -> bool:
    try:
        return read_number(text, "CN") is not None
    except Unreadable:
        return False


def _by_form(paragraphs: Sequence[Paragraph], file: str) -> Iterator[Proposal]:
    """What can be told by its form wherever it stands: numbers, symbols, levels, addresses."""
    for at in paragraphs:
        for found in _NUMBERS.finditer(at.text):
            if _is_number(found[0]):
                yield _make("patent_number", found[0], at, file, certain=False)
        for found in _SYMBOLS.finditer(at.text):
            yield _make("ipc", found[0].replace(" ", ""), at, file, certain=False)
        for found in _TRL.finditer(at.text):
            source = Source(file, at.number, at.page, found[0])
            yield Proposal("trl", found[1], source, certain=False)
        for pattern in (_MAIL, _PHONE):
            for found in pattern.finditer(at.text):
                yield _make("contact", found[0], at, file, certain=False)


def _by_place(paragraphs: Sequence[Paragraph], file: str, named: set[str]) -> Iterator[Proposal]:
    """The first short line as the title, the first long paragraph as the abstract."""
    if "title" not in named and (at := next(filter(_is_title, paragraphs[:10]), None)):
        yield _make("title", at.text, at, file, certain=False)
    if "abstract" not in named and (at := next(filter(_is_long, paragraphs), None)):
        yield _make("abstract", at.text[:3000], at, file, certain=False)
    if "owners" not in named:
        for at in paragraphs[:40]:
            if found := _OWNER.search(at.text):
                yield _make("owners", found[0], at, file, certain=False)
                break
    if "value_line" not in named:
        yield from _value_line(paragraphs, file)


def _is_title(at: Paragraph) -> bool:
    labelled = _LABEL.match(at.text) is not None
    return 4 <= len(at.text) <= 120 and not labelled and at.text[-1] not in "。.;；"


def _is_long(at: Paragraph) -> bool:
    return len(at.text) >= (60 if language_of(at.text) == "zh" else 150)


def _value_line(paragraphs: Sequence[Paragraph], file: str) -> Iterator[Proposal]:
    """The first sentence that names a benefit, those with a figure before the others."""
    best: tuple[bool, Paragraph, str] | None = None
    for at in paragraphs[:80]:
        for found in _SENTENCES.finditer(at.text):
            sentence = found[0].strip()
            if not 12 <= len(sentence) <= 200 or not _BENEFIT.search(sentence):
                continue
            figure = bool(re.search(r"\d", sentence))
            if best is None or (figure and not best[0]):
                best = (figure, at, sentence)
    if best:
        yield _make("value_line", best[2], best[1], file, certain=False)
