"""What a version of a text must be before it is published. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from core.errors import Problem
from core.i18n import N_

NOTICE_DAYS: Final = "platform.rules_change_notice_days"
"""Whole days that a change of the terms is public before it holds (E-Commerce Law, art. 34)."""
LONGEST: Final = 40_000


class TextKind(StrEnum):
    TERMS = "terms"
    PRIVACY = "privacy"


def first_day(today: date, notice_days: int) -> date:
    """The first day on which a text that is published today can hold."""
    return today + timedelta(days=notice_days + 1)


def text_problems(
    texts: tuple[str, str], takes_effect: date | None, first: date
) -> dict[str, list[Problem]]:
    """By field. `texts`: Chinese and English."""
    problems: dict[str, list[Problem]] = {}
    for name, typed in zip(("text", "text_en"), texts, strict=True):
        if not typed.strip():
            problems[name] = [Problem("missing", N_("Write it in both languages."))]
        elif len(typed) > LONGEST:
            words = N_("Shorten this to %(length)s characters.")
            problems[name] = [Problem("long", words, {"length": LONGEST})]
    if takes_effect is None or takes_effect < first:
        words = N_("It is public for days before it takes effect: %(day)s at the earliest.")
        problems["takes_effect"] = [Problem("too_soon", words, {"day": first.isoformat()})]
    return problems


def parts(text: str) -> list[tuple[str, list[str]]]:
    """Sections of a text: a line that begins with `## ` is a heading, blank lines part
    paragraphs."""
    found: list[tuple[str, list[str]]] = []
    for block in text.replace("\r\n", "\n").split("\n\n"):
        said = block.strip()
        head, _, rest = said.partition("\n")
        if head.startswith("## "):
            found.append((head[3:].strip(), []))
            said = rest.strip()
        if said:
            if not found:
                found.append(("", []))
            found[-1][1].append(said)
    return found
