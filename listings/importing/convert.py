"""From a row and the column mapping to a record, or to the problems that stand against it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final, TypeVar

from core.i18n import N_
from listings.importing.fulltext import read_fulltext
from listings.importing.mapping import ColumnMapping
from listings.importing.numbers import PatentNumber, Stage, read_number
from listings.importing.record import ImportedContributor, ImportedRecord
from listings.importing.row import Row, RowProblem
from listings.importing.values import (
    Unreadable,
    is_missing,
    language_of,
    read_date,
    read_list,
    read_people,
    read_price,
    read_status,
    read_symbols,
    read_trl,
    read_type,
    read_ways,
)

T = TypeVar("T")

LONGEST: Final = {"title": 500, "abstract": 60_000, "value_line": 600, "url": 2_000,
                  "category": 200, "external_id": 200}  # fmt: skip
_MOST_PEOPLE: Final = 300
_MOST_WORDS: Final = 50

TITLE_MISSING = N_("The row has no title.")
TOO_LONG = N_("The text has %(length)s characters; at most %(limit)s are kept in this field.")
TOO_MANY = N_("There are %(count)s entries; at most %(limit)s are kept in this field.")
URL_FORM = N_("A web address begins with https:// or http://.")
KIND_UNKNOWN = N_("“%(word)s” is no kind of asset: result, patent, know-how or package.")
LANGUAGE_UNKNOWN = N_("“%(word)s” is no language that the market keeps: zh or en.")
DATES_ORDER = N_("The patent would have been granted before it was filed. Check both dates.")

_KINDS: Final = {
    "result": ("result", "成果", "科技成果"),
    "patent": ("patent", "专利"),
    "know_how": ("know_how", "know how", "knowhow", "技术秘密", "专有技术"),
    "package": ("package", "专利包", "组合"),
}
_KIND_OF: Final = {word: kind for kind, words in _KINDS.items() for word in words}
_LANGUAGES: Final = {"zh": "zh", "zh-cn": "zh", "chi": "zh", "中文": "zh", "汉语": "zh",
                     "en": "en", "eng": "en", "english": "en", "英文": "en"}  # fmt: skip


def convert_row(row: Row, mapping: ColumnMapping) -> tuple[ImportedRecord | None, list[RowProblem]]:
    """The record and what was wrong; no record where a problem is fatal or the row is none.

    Problems of columns that nobody assigned do not count.
    """
    assigned = set(mapping.columns)
    problems = [p for p in row.problems if not p.field or p.field in assigned]
    if not row.fields:
        return None, problems
    reader = _Reader(row, mapping, problems)
    record = reader.record()
    if record is None or any(problem.fatal for problem in problems):
        return None, problems
    return record, problems


class _Reader:
    def __init__(self, row: Row, mapping: ColumnMapping, problems: list[RowProblem]) -> None:
        self.mapping, self.problems = mapping, problems
        self.values: dict[str, str] = {}
        self.names: dict[str, str] = {}
        for column, field in mapping.columns.items():
            value = row.fields.get(column, "")
            if value and field not in self.values:
                self.values[field], self.names[field] = value, column
        if full := self.values.pop("full_text", ""):
            for field, value in read_fulltext(full).items():
                self.values.setdefault(field, value)
                self.names.setdefault(field, self.names["full_text"])

    def record(self) -> ImportedRecord | None:
        title = self._text("title")
        if is_missing(title):
            self._say("title", title, "title_missing", TITLE_MISSING)
            return None
        abstract = self._text("abstract")
        numbers = self._numbers()
        granted = numbers.get("grant") or numbers.get("publication")
        filed, issued = self._date("filing_date"), self._date("grant_date")
        if filed and issued and issued < filed:
            self._say("grant_date", self.values["grant_date"], "dates_order", DATES_ORDER)
        people = self._most(
            "contributors", self._read("contributors", read_people, ()), _MOST_PEOPLE
        )
        return ImportedRecord(
            kind=self._kind(bool(numbers)),  # type: ignore[arg-type]
            title=title,
            language=self._language(title + abstract),  # type: ignore[arg-type]
            abstract=abstract,
            value_line=self._text("value_line"),
            application_number=_text_of(numbers.get("application")),
            publication_number=_text_of(numbers.get("publication")),
            grant_number=_text_of(numbers.get("grant")),
            kind_code=self.values.get("kind_code") or (granted.kind_code if granted else None),
            patent_type=self._read("patent_type", read_type, None),
            filing_date=filed,
            publication_date=self._date("publication_date"),
            grant_date=issued,
            expiry_date=self._date("expiry_date"),
            legal_status=self._read("legal_status", read_status, None, fatal=False),
            ipc=self._read("ipc", read_symbols, ()),
            cpc=self._read("cpc", read_symbols, ()),
            locarno=self._read("locarno", read_list, ()),
            contributors=tuple(
                ImportedContributor(name, order) for order, name in enumerate(people, 1)
            ),
            owner_names=self._read("owners", read_people, ()),
            keywords=self._most("keywords", self._read("keywords", read_list, ()), _MOST_WORDS),
            trl=self._read("trl", read_trl, None),
            ways=self._read("ways", read_ways, ()),
            price=self._read("price", lambda text: read_price(text, self.mapping.currency), None),
            category=self._text("category") or None,
            external_id=self._text("external_id") or None,
            url=self._url(),
        )

    def _read(self, field: str, read: Callable[[str], T], empty: T, *, fatal: bool = True) -> T:
        value = self.values.get(field, "")
        if not value:
            return empty
        try:
            return read(value)
        except Unreadable as error:
            self._say(field, value, error.code, error.text, fatal=fatal, **error.params)
            return empty

    def _date(self, field: str) -> date | None:
        return self._read(field, read_date, None)

    def _text(self, field: str) -> str:
        value = self.values.get(field, "")
        if field == "title":
            value = " ".join(value.split())
        limit = LONGEST[field]
        if len(value) > limit:
            self._say(field, value, "too_long", TOO_LONG, length=len(value), limit=limit)
        return value

    def _most(self, field: str, parts: tuple[str, ...], limit: int) -> tuple[str, ...]:
        if len(parts) > limit:
            value = self.values[field]
            self._say(field, value, "too_many", TOO_MANY, count=len(parts), limit=limit)
        return parts

    def _numbers(self) -> dict[str, PatentNumber]:
        """Numbers by stage: a column that names its stage decides, else the number's own form."""
        found: dict[str, PatentNumber] = {}
        stages: tuple[tuple[str, Stage | None], ...] = (
            ("application_number", "application"),
            ("publication_number", "publication"),
            ("grant_number", "grant"),
            ("patent_number", None),
        )
        for field, stage in stages:
            for part in self._parts(field):
                number = self._number(field, part, stage)
                if number:
                    found.setdefault(stage or number.stage or "publication", number)
        return found

    def _parts(self, field: str) -> list[str]:
        value = self.values.get(field, "")
        if field != "patent_number":
            return [value] if value else []
        return list(read_list(value, commas=False))

    def _number(self, field: str, part: str, stage: Stage | None) -> PatentNumber | None:
        try:
            return read_number(part, self.mapping.office, stage)
        except Unreadable as error:
            self._say(field, part, error.code, error.text, **error.params)
            return None

    def _kind(self, patent: bool) -> str:
        word = " ".join(self.values.get("kind", "").casefold().split())
        if not word:
            return "patent" if patent else "result"
        if word not in _KIND_OF:
            self._say("kind", word, "kind_unknown", KIND_UNKNOWN, word=word[:40])
        return _KIND_OF.get(word, "result")

    def _language(self, text: str) -> str:
        word = self.values.get("language", "").strip().casefold()
        if not word:
            return self.mapping.language or language_of(text)
        if word not in _LANGUAGES:
            self._say("language", word, "language_unknown", LANGUAGE_UNKNOWN, word=word[:40])
        return _LANGUAGES.get(word, "en")

    def _url(self) -> str | None:
        value = self._text("url")
        if not value:
            return None
        if not value.lower().startswith(("https://", "http://")) or any(c.isspace() for c in value):
            self._say("url", value, "url_form", URL_FORM)
            return None
        return value

    def _say(
        self, field: str, value: str, code: str, text: str, *, fatal: bool = True, **params: Any
    ) -> None:
        column = self.names.get(field, field)
        self.problems.append(RowProblem(column, value[:200], code, text, params, fatal))


def _text_of(number: PatentNumber | None) -> str | None:
    return number.text if number else None
