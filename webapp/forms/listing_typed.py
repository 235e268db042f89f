"""Reads what people type into a listing's form: lists, lines, shares, prices, evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from core import reference
from core.errors import Invalid, Problem
from core.i18n import LANGUAGES, N_, translator
from core.money import AmountError, Money, parse_money
from core.texts import kept
from listings.identifiers import canonical
from listings.importing.numbers import read_number
from listings.importing.values import Unreadable
from listings.inputs import ComparisonInput, EvidenceInput, FundingInput, PatentInput
from listings.kinds import Level
from webapp.language import page_language, plain
from webapp.presenters import labels
from webapp.presenters.showing import market

_RATE: Final = re.compile(r"\d{1,3}(\.\d{1,6})?", re.ASCII)


class MultiCheckboxField(SelectMultipleField):  # type: ignore[misc]  # wtforms ships no types
    """Several at once, as ticks."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def split(text: str | None) -> list[str]:
    return [part.strip() for part in re.split(r"[,，、;；]", text or "") if part.strip()]


def lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def prose(text: str | None) -> str:
    """A text as it is stored."""
    return kept(text or "")


def percent(text: str | None) -> int | None:
    """Basis points of a percentage as typed, or None where it is none between 0 and 100."""
    typed = (text or "").strip().rstrip("%％").strip()
    if not _RATE.fullmatch(typed):  # a Decimal would also read 1e999999 and NaN
        return None
    value = Decimal(typed)
    return int(value * 100) if value <= 100 else None


def read_price(text: str | None) -> Money | None:
    return parse_money(text, market().currency) if text and text.strip() else None


def typed_price(money: Money | None) -> str:
    """An amount as `read_price` reads it back, with its currency where it is not the market's."""
    if money is None:
        return ""
    figure = f"{money.major:f}"
    return figure if money.currency == market().currency else f"{money.currency} {figure}"


def check_price(_form: Any, field: Any) -> None:
    try:
        read_price(field.data)
    except AmountError as error:
        raise ValidationError(plain(error.text, **error.params)) from None


def check_royalty(_form: Any, field: Any) -> None:
    if field.data and not percent(field.data):
        words = N_("A royalty lies above 0 % and at most at 100 %.")
        raise ValidationError(plain(words))


def options(pairs: Iterable[tuple[str, str]], *, empty: bool = False) -> list[SelectChoice]:
    """Choices from (code, name) pairs; with `empty`, one for nothing in front."""
    return [SelectChoice(*pair) for pair in ([("", "—")] if empty else []) + list(pairs)]


def coded(table: str) -> list[SelectChoice]:
    """Every code of a table, with its name."""
    names = reference.choices(table, page_language())
    return options((code, f"{code} {name}") for code, name in names)


def region_choices(stored: str | None) -> list[SelectChoice]:
    """Provinces with their cities, and the stored place where it is a finer one."""
    codes = dict.fromkeys(reference.table("regions").entries)
    if stored:
        codes[stored] = None
    return options(((code, labels.reference_name("regions", code)) for code in codes), empty=True)


def ticked(stored: Iterable[str] | None, field: Any) -> tuple[str, ...]:
    """The codes that are ticked, those stored before in their order; a stored code that the form
    has no tick for stays."""
    shown, chosen = {choice.value for choice in field.choices}, field.data or ()
    kept = [code for code in stored or () if code in chosen or code not in shown]
    return tuple(dict.fromkeys([*kept, *chosen]))


def trl_choices() -> list[SelectChoice]:
    names = reference.choices("trl", page_language())
    return options(((code, f"{code} · {name}") for code, name in names), empty=True)


VERDICTS: Final = {"better": "较优", "equal": "持平", "between": "居中", "worse": "不及"}
"""Codes, which are the English words too, and what people type in Chinese."""


def typed_verdict(language: str, code: str | None) -> str:
    """A verdict as the text's own language has it; both languages are read back."""
    return VERDICTS.get(code or "", "") if language == "zh" else code or ""


def read_comparison(language: str, line: str) -> ComparisonInput:
    parts = [part.strip() for part in line.split("|")]
    codes = {word: code for code, word in VERDICTS.items()} | {code: code for code in VERDICTS}
    verdict = codes.get(parts[-1].lower()) if len(parts) > 3 else None
    theirs = parts[3:-1] if verdict else parts[3:]
    return ComparisonInput(language, parts[0], parts[2], tuple(theirs), parts[1], verdict)


EVIDENCE_LEVELS = {
    Level.PUBLIC: N_("public"),
    Level.MEMBER: N_("after sign-in"),
    Level.NDA: N_("after NDA"),
}
"""What stands after the | of a line of evidence, in either language."""


def show_evidence(day: date | None, text: str, level: str) -> str:
    """A piece as it stands in the form; who may read it is said unless that is everyone."""
    said = plain(EVIDENCE_LEVELS[Level(level)]) if level != Level.PUBLIC or "|" in text else ""
    line = f"{day or ''} {text}".strip()
    return f"{line} | {said}" if said else line


def check_evidence(_form: Any, field: Any) -> None:
    """A day that is none, or a level that is none: the piece could else be shown to everyone."""
    for line in lines(field.data):
        if not _read_piece(line):
            words = N_(
                "“%(line)s”: begin with a day such as 2026-08-14 or none, "
                "and after a | write public, after sign-in or after NDA."
            )
            raise ValidationError(plain(words, line=line[:40]))


def read_evidence(language: str, trl: int, line: str) -> EvidenceInput:
    """Of a line that `check_evidence` let pass."""
    day, text, level = _read_piece(line) or (None, line, Level.NDA)
    return EvidenceInput(language, trl, text, day, level)


def _read_piece(line: str) -> tuple[date | None, str, Level] | None:
    text, bar, said = line.rpartition("|")
    level = _level_said(said.strip()) if bar else Level.PUBLIC
    text = text.strip() if bar else line
    found = re.match(r"(\d{4}-\d{2}-\d{2})\s+(.*)", text)
    try:
        day = date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
    return (day, found[2] if found else text, level) if level and text else None


def _level_said(text: str) -> Level | None:
    for level, msgid in EVIDENCE_LEVELS.items():
        words = {str(level), *(translator(code).gettext(msgid).lower() for code in LANGUAGES)}
        if text.lower() in words:
            return level
    return None


def number_of(patent: PatentInput) -> str:
    """The number by which people call it."""
    return patent.grant_number or patent.publication_number or patent.application_number or ""


def read_patent(line: str) -> PatentInput | None:
    """A patent by one number in any usual form; None for nothing. Raises Unreadable."""
    number = read_number(line, None)
    if number is None:
        return None
    return PatentInput(
        office=number.office,
        kind_code=number.kind_code,
        application_number=number.text if number.stage == "application" else None,
        publication_number=number.text if number.stage in ("publication", None) else None,
        grant_number=number.text if number.stage == "grant" else None,
    )


def read_patents(stored: Iterable[PatentInput], typed: Sequence[str]) -> Iterable[PatentInput]:
    """What is known about a number stays with it, and a patent without one stays. Raises Invalid
    on the field `patents`."""
    known: dict[str, PatentInput] = {}
    for patent in stored:
        numbers = (patent.grant_number, patent.publication_number, patent.application_number)
        known |= {canonical(number): patent for number in numbers if number}
        if not any(numbers):
            yield patent
    for line in typed:
        try:
            found = known.get(canonical(line)) or read_patent(line)
        except Unreadable as why:
            problem = Problem(why.code, why.text, dict(why.params))
            raise Invalid({"patents": [problem]}) from None
        if found is not None:
            yield found


def read_funding(line: str) -> FundingInput:
    name, _, number = line.partition("|")
    return FundingInput(name.strip(), number.strip() or None)
