"""A deal whose price stands, and the scenes of its contract."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from contracts.actions.confirm_copy import confirm_copy
from contracts.actions.freeze_contract import freeze_contract
from contracts.actions.hand_in_copy import hand_in_copy
from contracts.actions.open_contract import open_contract
from contracts.actions.save_draft import save_draft
from contracts.matter import Draft
from contracts.models import Contract, SignedCopy
from contracts.rules import Copy
from core.actor import Actor
from deals.actions.accept_offer import accept_offer
from tests.deals.conftest import Stage, pass_notice
from tests.deals.conftest import stage as stage

SELLER, BUYER = "institute甲", "firm甲"


def draft(**more: object) -> Draft:
    base = {
        "kind": "licence_contract",
        "project": "散热膜独占实施许可",
        "scope": "许可方许可被许可方在手机散热领域实施。",
        "plan": "签订后三十日内在杭州交付技术资料。",
        "confidentiality": "双方对未公开的技术资料保密五年。",
        "ownership": "后续改进归作出改进的一方。",
        "acceptance": "样品热导率达到约定指标。",
        "definitions": "净销售额：销售收入扣除退货和税金。",
    }
    return Draft(**(base | more))


@dataclass
class Desk:
    """Shortcuts to the usual scenes of a contract."""

    stage: Stage
    pass_notice: Callable[[str], None]
    made: list[str] = field(default_factory=list)

    def run(self, *args: object, **kw: object) -> str:
        return self.stage.executor.run(*args, **kw).ref

    def confirmed(self, **more: object) -> str:
        deal = self.stage.open(way=str(more.get("way", "exclusive")))
        version = self.stage.offer(deal, self.stage.officer, **({"valid_until": None} | more))
        self.run(self.stage.buyer, accept_offer, deal, version)
        self.pass_notice(deal)
        return deal

    def open(self, **more: object) -> str:
        return self.run(self.stage.officer, open_contract, self.confirmed(**more))

    def ready(self, **more: object) -> str:
        contract = self.open(**more)
        self.run(self.stage.officer, save_draft, contract, draft(), 1)
        self.run(self.stage.officer, freeze_contract, contract, 2, {})
        return contract

    def hand_in(self, contract: str, actor: Actor, **more: object) -> str:
        return self.run(actor, hand_in_copy, contract, copy(actor, **more))

    def signed(self, **more: object) -> str:
        return self.sign(self.ready(**more))

    def sign(self, contract: str) -> str:
        """Both copies on paper, each confirmed by the other side."""
        officer, buyer = self.stage.officer, self.stage.buyer
        self.run(buyer, confirm_copy, contract, self.hand_in(contract, officer))
        self.run(officer, confirm_copy, contract, self.hand_in(contract, buyer))
        return contract

    def contract(self, id: str) -> Contract:
        with self.stage.executor.database.read() as session:
            return session.get_one(Contract, id)

    def copies(self, contract: str) -> list[SignedCopy]:
        with self.stage.executor.database.read() as session:
            rows = select(SignedCopy).where(SignedCopy.contract == contract)
            return list(session.scalars(rows.order_by(SignedCopy.at, SignedCopy.side)))


def copy(actor: Actor, **more: object) -> Copy:
    sells = actor.person in {"officer", "second"}
    base = {
        "sha256": ("a" if sells else "b") * 64,
        "name": "scan.pdf",
        "size": 1000,
        "pages": 6,
        "seal_name": SELLER if sells else BUYER,
        "signatory": "陆闻笛" if sells else "冉时雨",
        "authority": "legal_representative",
        "originals": "技术转移中心档案柜",
    }
    return Copy(**(base | more))


@pytest.fixture
def desk(stage, clock, drain):
    return Desk(stage, lambda deal: pass_notice(stage, deal, clock, drain))
