"""An institute that decides in steps, and deals whose price was agreed under them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from accounts.models import Membership, Organisation
from core.actor import SYSTEM, Actor
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.actions.accept_offer import accept_offer
from deals.deciding.actions.decide_step import decide_step
from deals.deciding.actions.set_step import set_step
from deals.deciding.drawing_up import steps_on
from deals.deciding.models import DecisionStep
from deals.deciding.rules import Decided, Gate, last_turns
from listings.models import Asset, Contributor, CoOwner
from tests.contracts.conftest import desk as desk
from tests.deals.conftest import LAB, Stage, person
from tests.deals.conftest import stage as stage

AGREED = Decided("passed")
MINUTES = Decided("passed", "", date(2026, 11, 1), "纪要第18号", "c" * 64, "minutes.pdf", 2000)
SIGNED = Decided("passed", "", date(2026, 11, 1), "", "d" * 64, "consent.pdf", 2000)
REFUSED = Decided("refused", "价格低于评估值")


def gate(position: int = 1, **more: object) -> Gate:
    base = {"kind": "person", "name": "分管副校长", "person": "scholar"}
    return Gate(position, **(base | more))


MEETING = gate(2, kind="meeting", name="校长办公会", person=None)


@dataclass
class House:
    """Shortcuts to the scenes of a decision. `scholar` holds the office of the first step."""

    stage: Stage
    move: Callable[[timedelta], None]

    def run(self, actor: Actor, action: Callable[..., Done], *args: object) -> str:
        return self.stage.executor.run(actor, action, *args).ref

    def sets(self, *gates: Gate) -> list[str]:
        return [self.run(self.stage.officer, set_step, "institute", one) for one in gates]

    def agreed(self, **more: object) -> str:
        self.move(timedelta(minutes=61))
        way = str(more.get("way", "ordinary"))
        deal = self.stage.open(way=way)
        terms = {"way": way, "valid_until": None} | more
        version = self.stage.offer(deal, self.stage.officer, **terms)
        self.run(self.stage.buyer, accept_offer, deal, version)
        return deal

    def every(self, deal: str) -> list[DecisionStep]:
        with self.stage.executor.database.read() as session:
            return steps_on(session, deal, self.stage.deal(deal).agreed)

    def steps(self, deal: str) -> list[DecisionStep]:
        return last_turns(self.every(deal))

    def decides(self, actor: Actor, step: DecisionStep, decided: Decided = AGREED) -> str:
        return self.run(actor, decide_step, step.id, decided)


@pytest.fixture
def house(stage, clock):
    return House(stage, clock.move)


def plant_makers(uow: UnitOfWork) -> Done:
    """Two contributors, one of them with an account, and a co-owner who agreed to the offer."""
    at = uow.lock(Asset, "asset")
    for position, (name, who) in enumerate((("陶知遥", "scholar"), ("沈若川", None))):
        at.add(Contributor(asset="asset", position=position, name=name, person=who))
    at.add(CoOwner(asset="asset", name="共有单位", consented_on=date(2026, 10, 1)))
    at.record("planted")
    return Done()


@pytest.fixture
def makers(stage):
    stage.executor.run(SYSTEM, plant_makers)


def plant_leaving(uow: UnitOfWork, who: str) -> Done:
    at = uow.lock(Organisation, "institute")
    seat = uow.session.scalars(select(Membership).where(Membership.person == who)).one()
    seat.ends_at = at.now
    at.record("planted")
    return Done()


SCHOLAR = person("scholar", LAB)
