"""The stage of deals with one patented result, which the scholar made and nobody uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from core.actor import SYSTEM, Actor, Seat
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.idle.actions.answer_use import answer_use
from deals.idle.actions.declare_use import declare_use
from deals.idle.models import IdleUse
from listings.models import Asset, Contributor
from tests.deals.conftest import Stage
from tests.deals.open_licence.conftest import plant_patent

GRANTED = date(2024, 3, 1)


def plant_makers(uow: UnitOfWork, asset: str = "asset") -> Done:
    """The scholar and an officer made it; the officer acts for the unit as well."""
    at = uow.lock(Asset, asset)
    for n, person in enumerate(("scholar", "second")):
        at.add(Contributor(asset=asset, position=n, name=person, person=person))
    at.record("planted")
    return Done()


@dataclass
class Unused:
    """One result and the people around it."""

    stage: Stage

    def run(self, actor: Actor, action: Any, *args: Any, **more: Any) -> str:
        return self.stage.executor.run(actor, action, *args, **more).ref

    @property
    def maker(self) -> Actor:
        return Actor(
            "person", "scholar", (Seat("institute", "institute", frozenset({"researcher"})),)
        )

    def declare(self, actor: Actor | None = None, registered_on: date | None = None) -> str:
        return self.run(actor or self.maker, declare_use, "asset", registered_on)

    def agreed(self) -> str:
        use = self.declare()
        self.run(self.stage.officer, answer_use, use, agrees=True)
        return use

    def uses(self) -> list[IdleUse]:
        with self.stage.executor.database.read() as session:
            return list(session.scalars(select(IdleUse).order_by(IdleUse.declared_at)))

    def state(self, use: str = "") -> str:
        """Of this declaration, or of the only one."""
        with self.stage.executor.database.read() as session:
            found = select(IdleUse).where(IdleUse.id == use) if use else select(IdleUse)
            return session.scalars(found).one().state


@pytest.fixture
def unused(stage: Stage) -> Unused:
    stage.executor.run(SYSTEM, plant_patent, granted_on=GRANTED)
    stage.executor.run(SYSTEM, plant_makers)
    return Unused(stage)
