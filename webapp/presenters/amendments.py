"""Values of law as pages and comparisons show them."""

from __future__ import annotations

import json
from decimal import Decimal

from core.amendments import Amendment
from core.i18n import N_, format_money, format_ratio, translator
from core.law import LawBook, LawError
from core.law.values import LawValue
from core.law.wordings import LANGUAGES, Wording, parse_wording
from core.money import Money
from governance.amending import Difference
from governance.wording_rules import Letters
from webapp.language import page_language

FIELDS = {
    "value": N_("Value of the rule"),
    "unit": N_("Unit of the value"),
    "citation": N_("Source in Chinese"),
    "citation_en": N_("Source in English"),
    "confidence": N_("Confidence"),
    "enforce": N_("Consequence"),
    "note": N_("Note in Chinese"),
    "note_en": N_("Note in English"),
    "checked_on": N_("Checked on this day"),
    "valid_from": N_("Holds from"),
    "valid_to": N_("Holds up to"),
}
PARTS = {
    ("zh", "subject"): N_("Subject in Chinese"),
    ("zh", "body"): N_("Text in Chinese"),
    ("en", "subject"): N_("Subject in English"),
    ("en", "body"): N_("Text in English"),
}


def shown_value(rule: LawValue | None) -> str:
    """A value as text: figures and code words as the files have them."""
    if rule is None:
        return ""
    if rule.value is None:
        return "—"
    if isinstance(rule.value, Money):
        return f"{rule.value.currency} {rule.value.major}"
    plain = rule.as_json
    return plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)


def fee_value(rule: LawValue) -> str:
    """A share in per cent, an amount with its currency; a dash where nothing is set."""
    if isinstance(rule.value, Decimal):
        return format_ratio(rule.value, page_language())
    if isinstance(rule.value, Money):
        return format_money(rule.value, page_language())
    return shown_value(rule)


def field_of(rule: LawValue | None, name: str) -> str:
    """One field of a rule as text."""
    if rule is None:
        return "—"
    if name == "value":
        return shown_value(rule)
    found = getattr(rule, name)
    return "—" if found in (None, "") else str(found)


def compared(changes: list[Difference]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """By rule: (name of the field, before, after)."""
    return [
        (
            one.rule_id,
            [(FIELDS[f], field_of(one.before, f), field_of(one.after, f)) for f in one.fields],
        )
        for one in changes
    ]


def words_of(letters: Letters, name: str, own: Wording | None) -> dict[str, tuple[str, str]]:
    """By language: (subject, body) of a letter as it holds, with its placeholders."""
    subject, body = letters[name]
    found = {}
    for language in LANGUAGES:
        said = own.said(language) if own is not None else None
        say = translator(language).gettext
        found[language] = said or (say(subject), say(body))
    return found


def worded(row: Amendment, book: LawBook, letters: Letters) -> list[tuple[str, str, str]]:
    """Of an amendment of a letter: (name of the part, before, after), where they differ."""
    if row.takes_effect is None or row.name not in letters:
        return []
    try:
        after = words_of(letters, row.name, parse_wording(row.name, row.text))
    except LawError:
        return []
    before = words_of(letters, row.name, book.wording(row.name, row.takes_effect))
    return [
        (name, before[language][n], after[language][n])
        for (language, part), name in PARTS.items()
        for n in (0 if part == "subject" else 1,)
        if before[language][n] != after[language][n]
    ]
