"""What pydantic finds wrong with input, in this market's words and both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic import ValidationError

from core.errors import Invalid, Problem
from core.i18n import N_

_CHOICES: Final = N_("Use one of: %(expected)s.")
_WORDS: Final[Mapping[str, str]] = {
    "missing": N_("This field is required."),
    "extra_forbidden": N_("There is no such field."),
    "json_invalid": N_("The body is no valid JSON."),
    "model_type": N_("Send an object here."),
    "model_attributes_type": N_("Send an object here."),
    "dict_type": N_("Send an object here."),
    "list_type": N_("Send a list here."),
    "tuple_type": N_("Send a list here."),
    "string_type": N_("Send a text here."),
    "string_unicode": N_("The text holds characters that are no valid Unicode."),
    "string_too_short": N_("Use at least %(min_length)s characters."),
    "string_too_long": N_("Use at most %(max_length)s characters."),
    "string_pattern_mismatch": N_("The text does not have the required form."),
    "unkeepable": N_("The text holds a character that cannot be stored (NUL). Remove it."),
    "bool_type": N_("Send true or false here."),
    "bool_parsing": N_("Send true or false here."),
    "int_type": N_("Send a whole number here."),
    "int_parsing": N_("Send a whole number here."),
    "int_from_float": N_("Send a whole number here."),
    "int_parsing_size": N_("This number is too large."),
    "greater_than": N_("The number must be greater than %(gt)s."),
    "greater_than_equal": N_("The number must be at least %(ge)s."),
    "less_than_equal": N_("The number must be at most %(le)s."),
    "too_long": N_("Send at most %(max_length)s entries."),
    "too_short": N_("Send at least %(min_length)s entries."),
    "enum": _CHOICES,
    "literal_error": _CHOICES,
    "patent_number_missing": N_("Write the patent number, or leave this field out."),
    "date_type": N_("Write a date such as 2026-11-22."),
    "date_parsing": N_("Write a date such as 2026-11-22."),
    "date_from_datetime_parsing": N_("Write a date such as 2026-11-22."),
    "date_from_datetime_inexact": N_("Write a date such as 2026-11-22."),
}
_OTHERWISE: Final = N_("This value cannot be used here.")


def invalid(error: ValidationError) -> Invalid:
    """The same refusal as the use cases raise; fields are named by their path, `texts.0.title`. A
    validator of our own gives its sentence as `text` of its context."""
    found: dict[str, list[Problem]] = {}
    for one in error.errors(include_url=False, include_input=False):
        context: dict[str, Any] = dict(one.get("ctx", {}))
        kind = one["type"]
        text = context.pop("text", None) or _WORDS.get(kind, _OTHERWISE)
        place = ".".join(str(part) for part in one["loc"])
        found.setdefault(place, []).append(Problem(kind, text, _plain(context)))
    return Invalid(found)


def _plain(context: Mapping[str, Any]) -> dict[str, Any]:
    """Numbers and words only: an exception object has no place in an answer."""
    return {name: value for name, value in context.items() if isinstance(value, str | int | float)}
