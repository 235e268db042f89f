"""Values of law as pages and comparisons show them."""

from __future__ import annotations

import json

from core.i18n import N_
from core.law.values import LawValue
from core.money import Money
from governance.amending import Difference

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
