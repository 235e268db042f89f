"""How claims to come first stand at an instant, and what an answer must say. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Protocol

from core.errors import Problem
from core.i18n import N_
from deals.preemption.states import OPEN, ClaimState

LONGEST_NAME: Final = 120
MOST: Final = 60
"""Claims on one agreed version, those that the office adds included."""


class Standing(Protocol):
    """A claim as time looks at it."""

    @property
    def state(self) -> str: ...
    @property
    def ends_at(self) -> datetime | None: ...


def standing_of(claim: Standing | None, now: datetime) -> str:
    """How a claim stands for whoever acts on it: its state, or `over` once its time has passed,
    whether or not anybody has written that down; "" where there is none."""
    if claim is None:
        return ""
    return "over" if ran_out(claim, now) else claim.state


def ran_out(claim: Standing, now: datetime) -> bool:
    """A served claim whose time is over and that has not been written down as lapsed."""
    return claim.state == ClaimState.SERVED and claim.ends_at is not None and now >= claim.ends_at


def still_open(claims: Iterable[Standing]) -> int:
    """How many keep others from signing. One that ran out counts until it is written down."""
    return sum(1 for claim in claims if claim.state in OPEN)


def next_end(claims: Iterable[Standing]) -> datetime | None:
    """When the first of the running times is over."""
    ends = [one.ends_at for one in claims if one.state == ClaimState.SERVED and one.ends_at]
    return min(ends, default=None)


@dataclass(frozen=True)
class Paper:
    """A paper that the office puts on file; `day`: as it says itself. `size` in octets."""

    sha256: str = ""
    file: str = ""
    size: int = 0
    day: date | None = None


def paper_problems(paper: Paper, agreed_on: date, today: date) -> dict[str, list[Problem]]:
    """What must be corrected before a paper counts, by field. Nobody was told of terms before the
    day on which they were agreed."""
    found: dict[str, list[Problem]] = {}
    if not paper.sha256:
        found["paper"] = [Problem("paper_missing", N_("Send the signed paper as a PDF."))]
    if paper.day is None:
        found["day"] = [Problem("day_missing", N_("Enter the day on the paper."))]
    elif paper.day > today:
        found["day"] = [Problem("future", N_("That day is still to come."))]
    elif paper.day < agreed_on:
        said = N_("The terms were agreed later than that. Enter the day of this notice.")
        found["day"] = [Problem("before", said)]
    return found


def name_problems(name: str, count: int) -> dict[str, list[Problem]]:
    """What must be corrected before somebody can be named as a holder."""
    if not name.strip() or len(name) > LONGEST_NAME:
        said, limit = N_("Name who comes first, in at most %(limit)s characters."), LONGEST_NAME
        return {"name": [Problem("name", said, {"limit": limit})]}
    if count >= MOST:
        said = N_("At most %(most)s can be named. Ask the operator.")
        return {"name": [Problem("full", said, {"most": MOST})]}
    return {}
