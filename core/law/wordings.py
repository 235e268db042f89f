"""The market's own wording of a letter: subject and text in both languages, in place of what is
shipped. Placeholders are `%(name)s`, a lone per cent sign is `%%`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from core.law.reading import LawError

LANGUAGES: Final = ("zh", "en")
PARTS: Final = ("subject", "body")
LONGEST: Final = {"subject": 120, "body": 2000}
_PLACEHOLDER: Final = re.compile(r"%\(([a-z_]+)\)s|%%")


@dataclass(frozen=True)
class Wording:
    """`texts`: by language, then by part; empty where the shipped wording holds again."""

    name: str
    texts: Mapping[str, Mapping[str, str]]

    def said(self, language: str) -> tuple[str, str] | None:
        """(subject, body) with their placeholders; None for what is shipped."""
        found = self.texts.get(language)
        return (found["subject"], found["body"]) if found else None


@dataclass(frozen=True)
class Worded:
    """A wording and the day from which it holds."""

    on: date
    wording: Wording


def parse_wording(name: str, text: str) -> Wording:
    """Reads the TOML of one letter: `name`, and either `shipped = true` or a table for each
    language. Raises LawError."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise LawError(f"{name}: cannot be read: {fault}") from fault
    if unknown := sorted(data.keys() - {"name", "shipped", *LANGUAGES}):
        raise LawError(f"{name}: unknown key “{unknown[0]}”")
    if data.get("name") != name:
        raise LawError(f"{name}: its name is “{data.get('name')}”")
    if data.get("shipped") is True:
        if data.keys() & set(LANGUAGES):
            raise LawError(f"{name}: “shipped” and a text contradict each other")
        return Wording(name, {})
    return Wording(name, {language: _parts(name, language, data) for language in LANGUAGES})


def _parts(name: str, language: str, data: Mapping[str, object]) -> dict[str, str]:
    table = data.get(language)
    if not isinstance(table, dict) or table.keys() != set(PARTS):
        raise LawError(f"{name}: [{language}] must hold subject and body")
    for part in PARTS:
        said = table[part]
        if not isinstance(said, str) or not said.strip():
            raise LawError(f"{name}: “{part}” of [{language}] must be text")
        if len(said) > LONGEST[part]:
            raise LawError(f"{name}: “{part}” of [{language}] is longer than {LONGEST[part]}")
    return {part: table[part].strip() for part in PARTS}


def placeholders(text: str) -> frozenset[str]:
    """The names in a text; LawError for a per cent sign that is neither one of them nor `%%`."""
    rest = _PLACEHOLDER.sub("", text)
    if "%" in rest:
        raise LawError("a lone per cent sign is written %%; a name as %(name)s")
    return frozenset(found[1] for found in _PLACEHOLDER.finditer(text) if found[1])
