"""Which fields the profile asks of a need before it is published. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

EXPIRE_NEED = "need.open_days"
"""Rule id: days for which a need without a deadline is open."""
NEED_PUBLISHED: Final = "need.required.published"
NEED_CHOOSABLE: Final = ("contact", "budget", "deadline", "region", "keywords", "classes")
NEED_UPHELD: Final = ("title", "owner", "problem")


@dataclass(frozen=True)
class NeedFilled:
    """What a need has, as far as the rule about required fields asks."""

    problem: bool = False
    contact: bool = False
    budget: bool = False
    deadline: bool = False
    region: bool = False
    keywords: bool = False
    classes: bool = False


def need_missing(filled: NeedFilled, required: Sequence[str]) -> tuple[str, ...]:
    """Names of the fields that are still empty, of those that the profile requires, and the
    problem in any case."""
    there: Mapping[str, bool] = vars(filled)
    wanted = dict.fromkeys(["problem", *required])
    return tuple(code for code in wanted if not there.get(code, True))
