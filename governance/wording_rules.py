"""What the market's own wording of a letter must be. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from core.errors import Problem
from core.i18n import N_
from core.law import LawError
from core.law.wordings import LANGUAGES, parse_wording, placeholders

Letters = Mapping[str, tuple[str, str]]
"""By name: what is shipped, subject and body, as English msgids."""
_MUST_STAY: Final = frozenset({"code", "link", "facts"})
"""Without these a letter would have lost its point, and a notice what the law wants read."""


def wording_problems(name: str, text: str, letters: Letters) -> dict[str, list[Problem]]:
    """Only names that the shipped letter fills may stand in it: nothing confidential leaves."""
    if name not in letters:
        return {"": [Problem("unknown", N_("There is no such letter."))]}
    try:
        wording = parse_wording(name, text)
        shipped = [placeholders(part) for part in letters[name]]
        for language in LANGUAGES:
            said = wording.said(language)
            if said is None:
                continue
            subject, body = (placeholders(part) for part in said)
            if strange := sorted((subject - shipped[0]) | (body - shipped[0] - shipped[1])):
                return {f"{language}_body": [_strange(strange)]}
            kept = _MUST_STAY & (shipped[0] | shipped[1])
            if gone := sorted(kept - subject - body):
                words = N_("%(names)s must stay in it: without it the letter has no point.")
                return {f"{language}_body": [Problem("gone", words, {"names": _named(gone)})]}
    except LawError as fault:
        words = N_("The text cannot be taken: %(fault)s")
        return {"text": [Problem("unreadable", words, {"fault": str(fault)})]}
    return {}


def _strange(names: list[str]) -> Problem:
    words = N_("%(names)s cannot stand here: the letter does not fill it, or not in its subject.")
    return Problem("placeholder", words, {"names": _named(names)})


def _named(names: list[str]) -> str:
    return ", ".join(f"%({name})s" for name in names)
