"""Numbers of patents, applications and results, whatever way somebody writes them."""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"[\s.,/\-_·()（），、:：]+")
_WHOLE = re.compile(r"(?P<country>[A-Z]{2})?(?P<number>[0-9]{5,15})(?P<kind>[A-Z][0-9]?)?")
_INSIDE = re.compile(
    r"(?<![A-Za-z0-9])(?:ZL|CN|US|EP|WO|JP|KR|DE|GB|FR|PCT)[\s/]?[A-Z]{0,2}"
    r"[0-9][0-9 .,/]{4,18}[0-9X](?:\s?[A-Z][0-9]?(?![A-Za-z0-9]))?",
    re.IGNORECASE,
)
_REGISTRATION = re.compile(r"[0-9]{3,}[A-Z][0-9]{3,}|[A-Z]{1,4}[0-9]{5,15}[A-Z]?[0-9]?")
_OURS = re.compile(r"[0-9]{8}[0-9A-F]{8}")
"""A result's number as markets are shipped: a day, and what tells nothing."""


def keys(identifier: str) -> tuple[str, ...]:
    """All forms of a number, most telling first: with and without its country and kind code.

    A Chinese application number (ZL, CN or neither; 12 digits, or 8 before 2003) is kept
    without its check digit. () if this is no number at all.
    """
    compact = _SEPARATORS.sub("", identifier).upper().removeprefix("PCT")
    chinese = compact.startswith(("ZL", "CN")) or _is_application(compact)
    application = compact.removeprefix("ZL").removeprefix("CN")
    if chinese and _is_application(application):
        number = application[: 12 if len(application) > 9 else 8]
        return (f"CN{number}", number)
    match = _WHOLE.fullmatch(compact)
    if match is None:
        known = _REGISTRATION.fullmatch(compact) or _OURS.fullmatch(compact)
        return (compact,) if known else ()
    country, number, kind = match["country"] or "", match["number"], match["kind"] or ""
    forms = (country + number + kind, country + number, number + kind, number)
    return tuple(dict.fromkeys(forms))


def recognise(text: str) -> tuple[str, ...]:
    """The numbers somebody asks for: the whole text if it is one, else those with a country."""
    text = text.strip()[:200]
    if len(re.sub(r"\D", "", text)) >= 5 and keys(text):
        return (text,)
    return tuple(dict.fromkeys(found[0].strip() for found in _INSIDE.finditer(text)))


def _is_application(compact: str) -> bool:
    """Chinese application numbers: year, kind, serial, check digit (which may be left out)."""
    if not compact.removesuffix("X").isdigit():
        return False
    if len(compact) in {12, 13}:
        return 1985 <= int(compact[:4]) <= 2099
    return len(compact) == 9 and (compact[:2] >= "85" or compact[0] == "0")
