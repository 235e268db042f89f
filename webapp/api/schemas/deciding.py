"""The approval steps that an organisation sets for its deals."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from core.ids import show
from core.money import Money
from deals.deciding.models import DecisionRule
from deals.deciding.rules import HIGHEST_POSITION, LONGEST_NAME, MOST_DAYS, Gate
from deals.deciding.states import StepKind
from deals.modes import MODES
from listings.kinds import AssetKind, Way
from webapp.api.schemas.common import Amount, Code, In, Out, Word, amount, plain_id, shown_id

Modes = Annotated[tuple[Code, ...], Field(max_length=len(MODES))]


class StepIn(In):
    """`position`: steps of one number are asked together, after all lower ones. `person`: the
    member who decides, where `kind` is `person`. `days`: working days in which it is expected.
    `modes`, `ways`, `assets`: only for these; empty: for all. `least`: from this price on."""

    position: Annotated[int, Field(ge=1, le=HIGHEST_POSITION)]
    kind: StepKind
    name: Annotated[Word, Field(min_length=1, max_length=LONGEST_NAME)]
    person: shown_id("person") | None = None  # type: ignore[valid-type]
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] | None = None
    modes: Modes = ()
    ways: Annotated[tuple[Way, ...], Field(max_length=len(Way))] = ()
    assets: Annotated[tuple[AssetKind, ...], Field(max_length=len(AssetKind))] = ()
    least: Amount | None = None
    related_only: bool = False

    def plain(self) -> Gate:
        return Gate(
            position=self.position,
            kind=str(self.kind),
            name=self.name,
            person=plain_id(self.person),
            days=self.days,
            modes=self.modes,
            ways=tuple(map(str, self.ways)),
            assets=tuple(map(str, self.assets)),
            least=self.least.money() if self.least else None,
            related_only=self.related_only,
        )


class SetStepOut(Out):
    """`ended_at`: prices that were agreed before then keep the step."""

    id: str
    position: int
    kind: str
    name: str
    person: str | None
    person_name: str | None
    days: int | None
    modes: list[str]
    ways: list[str]
    assets: list[str]
    least: Amount | None
    related_only: bool
    made_at: datetime
    ended_at: datetime | None


class SetStepsOut(Out):
    """Those that are set, in their order, then those that have ended."""

    items: list[SetStepOut]


def step_out(row: DecisionRule, people: dict[str, str]) -> SetStepOut:
    same = "id position kind name days modes ways assets related_only made_at ended_at"
    least = Money(row.least_minor, row.currency) if row.least_minor and row.currency else None
    return SetStepOut(
        **{name: getattr(row, name) for name in same.split()},
        person=show("person", row.person) if row.person else None,
        person_name=people.get(row.person or ""),
        least=amount(least),
    )
