"""The people of the deals' play, with complaints about its one published result."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from core.actor import ANONYMOUS, Actor
from governance.actions.counter_complaint import counter_complaint
from governance.actions.send_complaint import send_complaint
from governance.actions.take_measures import take_measures
from governance.complaining import complaint_token
from governance.models import Complaint, ComplaintStep
from governance.rules import Notice
from listings.models import Listing
from tests.deals.conftest import LISTING, Stage, stage

__all__ = ["stage"]


@dataclass
class Procedure:
    """Shortcuts to the usual scenes of a complaint."""

    stage: Stage

    def run(self, actor: Actor, action, *typed: str) -> str:
        return self.stage.executor.run(actor, action, *typed).ref

    def send(self, actor: Actor = ANONYMOUS, source: str = "", **more: str) -> str:
        notice = {
            "about": f"listing:{LISTING}",
            "kind": "infringement",
            "text": "其权利要求 1 覆盖该方法。",
            "name": "权利人甲",
            "mail": "owner@right.example",
            "claim": "ZL202010000000.0",
        }
        return self.stage.executor.run(actor, send_complaint, Notice(**(notice | more)), source).ref

    def measured(self, **more: str) -> str:
        return self.run(self.stage.operator, take_measures, self.send(**more))

    def countered(self, **more: str) -> str:
        return self.run(
            self.stage.officer, counter_complaint, self.measured(**more), "我方自行研发。"
        )

    def link(self, complaint: str) -> str:
        return complaint_token(self.stage.executor.ports.secret, complaint)

    def row(self, complaint: str) -> Complaint:
        with self.stage.executor.database.read() as session:
            return session.get_one(Complaint, complaint)

    def acts(self, complaint: str) -> list[str]:
        with self.stage.executor.database.read() as session:
            steps = select(ComplaintStep.act).where(ComplaintStep.complaint == complaint)
            return list(session.scalars(steps.order_by(ComplaintStep.n)))

    def listing(self) -> Listing:
        with self.stage.executor.database.read() as session:
            return session.get_one(Listing, LISTING)


@pytest.fixture
def procedure(stage: Stage) -> Procedure:
    return Procedure(stage)
