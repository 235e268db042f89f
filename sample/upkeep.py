"""What the operator does for the market itself: verifies who sells, looks after the logs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from accounts.actions.verify_again import verify_again
from accounts.states import Marked, MarkSource
from governance.actions.hand_in_filing import hand_in_filing
from governance.filing_rules import LENGTH, FilingKind, ended_periods
from sample.cast import Cast
from sample.story import Story

_LOOKED: Final = {Marked.NAME: MarkSource.REGISTER, Marked.NUMBER: MarkSource.REGISTER}
_VERIFIED: Final = (505, 335, 165)
"""Days before loading; less than six months lie between them."""
_LOGS: Final = 20
_LATE: Final = 2
"""Who waits for vetting came so many days ago."""


@dataclass
class Upkeep:
    cast: Cast
    story: Story

    def plan(self) -> None:
        for ago in _VERIFIED:
            self.story.plan(ago, partial(self._verify, ago))
        self.story.plan(_LOGS, self._logs)
        self.story.plan(_LATE, self.cast.arrive_late)

    def _verify(self, ago: int) -> None:
        operator = self.cast.actor(self.cast.content.office("operator")[1])
        for key in self.cast.vetted():
            marks = {str(what): str(source) for what, source in _LOOKED.items()}
            name, organisation = f"{key}:verified:{ago}", self.cast.organisations[key]
            self.story.once(operator, name, verify_again, organisation, marks)

    def _logs(self) -> None:
        operator = self.cast.actor(self.cast.content.office("operator")[1])
        kind = FilingKind.LOGS.value
        opened = self.story.day(_VERIFIED[0])
        for period in ended_periods(LENGTH[kind], opened, self.story.day(_LOGS)):
            receipt = f"log-archive/{period.name}"
            self.story.once(
                operator, f"logs:{period.name}", hand_in_filing, kind, period.name, receipt
            )
