"""Persists a need as its form holds it."""

from __future__ import annotations

from typing import Any

from core.unit_of_work import At
from listings.inputs import NeedInput, NeedTranslation
from listings.models import Need, NeedText


def write_need(at: At[Need], need: NeedInput) -> None:
    """Writes the whole need; the language of the original stays the one it began with."""
    row = at.row
    high, low = need.budget_high, need.budget_low
    either = high or low
    row.budget_high_minor = high.minor if high else None
    row.budget_low_minor = low.minor if low else None
    row.currency = either.currency if either else None
    row.fields, row.industries = list(need.fields), list(need.industries)
    row.region, row.deadline = need.region, need.deadline
    row.confidential, row.anonymous = need.confidential, need.anonymous
    row.contact_person, row.contact_name = need.contact_person, need.contact_name
    row.edited_at, row.edits = at.now, (row.edits or 0) + 1
    _write_text(at, need)
    if need.translation is not None:
        _write_text(at, need.translation)


def _write_text(at: At[Need], text: NeedInput | NeedTranslation) -> None:
    row = at.uow.session.get(NeedText, (at.row.id, text.language))
    values: dict[str, Any] = {
        "title": text.title.strip(),
        "summary": text.summary.strip(),
        "description": text.description.strip(),
        "tried": text.tried.strip(),
        "keywords": [word.strip() for word in text.keywords if word.strip()],
    }
    if row is None:
        original = text.language == at.row.language
        at.add(NeedText(need=at.row.id, language=text.language, original=original, **values))
        return
    for name, value in values.items():
        setattr(row, name, value)
