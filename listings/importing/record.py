"""What one row, document or file says about one asset, before anything is registered."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

Kind = Literal["result", "patent", "know_how", "package"]
PatentType = Literal["invention", "utility_model", "design", "plant"]
LegalStatus = Literal[
    "pending", "granted", "lapsed", "expired", "withdrawn", "refused", "invalidated"
]


@dataclass(frozen=True, slots=True)
class ImportedContributor:
    """A contributor or inventor as the source names them; `order` starts at 1."""

    name: str
    order: int
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class ImportedPrice:
    """An asking price: integer minor units and an ISO 4217 code."""

    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class ImportedRecord:
    """One asset as its source describes it: validated, normalised, with nothing guessed.

    Patent numbers carry their office in front and no separators: ``US8926509B2``,
    ``CN118524411A``, application numbers ``US13033085``, ``CN201710601862.3``. ``language`` is
    that of title and abstract (``zh`` or ``en``). ``ipc`` are symbols such as ``H04W24/02``, the
    first the main one; a bare subclass (``H02G``) is allowed. ``locarno`` is for designs.
    ``ways`` are codes of ways of transfer (``assignment``, ``exclusive``, ``sole``, ``ordinary``,
    ``trial_licence``, ``equity_contribution``, ``joint_development``).
    """

    kind: Kind
    title: str
    language: Literal["zh", "en"]
    abstract: str = ""
    value_line: str = ""
    application_number: str | None = None
    publication_number: str | None = None
    grant_number: str | None = None
    kind_code: str | None = None
    patent_type: PatentType | None = None
    filing_date: date | None = None
    publication_date: date | None = None
    grant_date: date | None = None
    expiry_date: date | None = None
    legal_status: LegalStatus | None = None
    ipc: tuple[str, ...] = ()
    cpc: tuple[str, ...] = ()
    locarno: tuple[str, ...] = ()
    contributors: tuple[ImportedContributor, ...] = ()
    owner_names: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    trl: int | None = None
    ways: tuple[str, ...] = ()
    price: ImportedPrice | None = None
    category: str | None = None
    external_id: str | None = None
    url: str | None = None

    @property
    def patent_numbers(self) -> tuple[str, ...]:
        """Every number that identifies the patent: granted first, application last."""
        numbers = (self.grant_number, self.publication_number, self.application_number)
        return tuple(number for number in numbers if number)

    def content_key(self) -> str:
        """The same content gives the same 64 hex digits; any change in a field gives others."""
        body = json.dumps(asdict(self), default=str, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(body.encode()).hexdigest()


def to_json(record: ImportedRecord) -> dict[str, Any]:
    """Plain JSON values, dates in ISO form, empty fields left out."""
    body = asdict(record)
    for name, value in list(body.items()):
        if value in (None, "", (), []):
            del body[name]
        elif isinstance(value, date):
            body[name] = value.isoformat()
    return body


def from_json(body: dict[str, Any]) -> ImportedRecord:
    """The record that `to_json` was given."""
    values = dict(body)
    for name in ("filing_date", "publication_date", "grant_date", "expiry_date"):
        if name in values:
            values[name] = date.fromisoformat(values[name])
    for name in ("ipc", "cpc", "locarno", "owner_names", "keywords", "ways"):
        values[name] = tuple(values.get(name, ()))
    people = values.get("contributors", ())
    values["contributors"] = tuple(ImportedContributor(**person) for person in people)
    if "price" in values:
        values["price"] = ImportedPrice(**values["price"])
    return ImportedRecord(**values)
