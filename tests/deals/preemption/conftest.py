"""An assignment whose makers and co-owner come first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from core.actor import Actor
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.models import Deal
from deals.preemption.actions.come_first import come_first
from deals.preemption.actions.serve_notice import serve_notice
from deals.preemption.actions.waive_claim import waive_claim
from deals.preemption.drawing_up import preemptions_on
from deals.preemption.models import Preemption
from deals.preemption.rules import Paper
from listings.models import Asset, CoOwner
from tests.contracts.conftest import desk as desk
from tests.deals.conftest import Stage
from tests.deals.conftest import stage as stage
from tests.deals.deciding.conftest import House
from tests.deals.deciding.conftest import house as house
from tests.deals.deciding.conftest import makers as makers

SALE = {"way": "assignment", "royalty": None, "royalty_base": "", "entry_fee": None,
        "lump_sum": 500_000_00}  # fmt: skip


def paper(day: date, mark: str = "e") -> Paper:
    return Paper(mark * 64, "receipt.pdf", 1000, day)


@dataclass
class Firsts:
    """Shortcuts. `scholar` made the result and has an account; 沈若川 and 共有单位 have none."""

    house: House

    @property
    def stage(self) -> Stage:
        return self.house.stage

    def sold(self) -> str:
        return self.house.agreed(**SALE)

    def claims(self, deal: str) -> list[Preemption]:
        with self.stage.executor.database.read() as session:
            return preemptions_on(session, deal, session.get_one(Deal, deal).agreed)

    def serve(self, claim: Preemption, day: date, actor: Actor | None = None) -> str:
        return self.house.run(actor or self.stage.officer, serve_notice, claim.id, paper(day))

    def first(self, actor: Actor, claim: Preemption, shown: Paper | None = None) -> str:
        return self.house.run(actor, come_first, claim.id, shown)

    def waive(self, actor: Actor, claim: Preemption, shown: Paper | None = None) -> str:
        return self.house.run(actor, waive_claim, claim.id, shown)


def plant_co_owner(uow: UnitOfWork) -> Done:
    """The rival owns a part, too: an organisation of this market; so does the institute."""
    at = uow.lock(Asset, "asset")
    for owner in ("rival", "institute"):
        at.add(CoOwner(asset="asset", name=f"{owner}甲", organisation=owner))
    at.record("planted")
    return Done()


@pytest.fixture
def firsts(house, makers):
    return Firsts(house)
