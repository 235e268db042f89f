"""What a unit must be. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from core.errors import Problem
from core.i18n import N_

LONGEST: Final = 120
MOST: Final = 200
"""Running units of one organisation."""


class UnitKind(StrEnum):
    DEPARTMENT = "department"
    BRANCH = "branch"


def unit_problems(kind: str, name: str, name_en: str, taken: set[str]) -> dict[str, list[Problem]]:
    """By field. `taken`: names of the other running units."""
    problems: dict[str, list[Problem]] = {}
    if kind not in set(UnitKind):
        problems["kind"] = [Problem("kind", N_("Choose department or branch."))]
    if not name.strip():
        problems["name"] = [Problem("missing", N_("Please fill this in."))]
    elif name.strip() in taken:
        problems["name"] = [Problem("taken", N_("A unit of this name is here already."))]
    elif len(taken) >= MOST:
        words = N_("There are %(most)s units. Close one that is no longer used.")
        problems["name"] = [Problem("full", words, {"most": MOST})]
    for field, typed in (("name", name), ("name_en", name_en)):
        if len(typed) > LONGEST:
            words = N_("Shorten this to %(length)s characters.")
            problems[field] = [Problem("long", words, {"length": LONGEST})]
    return problems
