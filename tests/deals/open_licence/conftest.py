"""The stage of deals with one granted patent, and the usual scenes of an open licence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import inspect, select

from billing.actions.claim_payment import claim_payment
from billing.actions.confirm_payment import confirm_payment
from billing.ledger import Account
from billing.models import Obligation, Payout
from billing.rules import Claim
from billing.verifying import verify
from bootstrap import ROOT
from core.actor import SYSTEM, Actor
from core.law import LawBook, Profile
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.actions.take_terms import take_terms
from deals.open_licence.actions.announce_licence import announce_licence
from deals.open_licence.actions.end_licence import end_licence
from deals.open_licence.actions.state_licence import state_licence
from deals.open_licence.rules import Statement
from deals.posting import Posted
from listings.models import Asset, PatentFacts
from tests.billing.conftest import PROOF
from tests.deals.conftest import LISTING, OWN_RULES, Stage, terms

FEE = 10_000_000
TODAY = date(2026, 11, 23)
UNTIL = date(2030, 12, 31)
PRICE = {"way": "ordinary", "entry_fee": None, "royalty": None, "royalty_base": "",
         "lump_sum": FEE, "until": UNTIL, "valid_until": None}  # fmt: skip
PATENT = {"office": "CN", "kind": "invention", "grant_number": "ZL202219155730",
          "application_number": "202219155730", "legal_status": "in_force",
          "filed_on": date(2022, 3, 1), "granted_on": date(2024, 3, 1),
          "expires_on": date(2042, 3, 1), "annuity_paid_until": date(2027, 3, 1)}  # fmt: skip


def plant_patent(uow: UnitOfWork, asset: str = "asset", **more: Any) -> Done:
    at = uow.lock(Asset, asset)
    at.add(PatentFacts(asset=asset, **(PATENT | more)))
    at.record("planted")
    return Done()


def statement(**more: Any) -> Statement:
    """`more`: fields of the statement, of its posting or of its terms."""
    said = Statement(
        Posted("open_licence", terms(**PRICE), mode_reason=OWN_RULES), unsuspended=True
    )
    for name, value in more.items():
        if hasattr(said, name):
            said = replace(said, **{name: value})
        elif hasattr(said.posted, name):
            said = replace(said, posted=replace(said.posted, **{name: value}))
        else:
            changed = replace(said.posted.terms, **{name: value})
            said = replace(said, posted=replace(said.posted, terms=changed))
    return said


@dataclass
class Office:
    """One open licence, played by the stage's people."""

    stage: Stage
    drain: Callable[[], None]
    posting: str = ""
    deals: list[str] = field(default_factory=list)

    def run(self, actor: Actor, action: Any, *args: Any, **more: Any) -> str:
        return self.stage.executor.run(actor, action, *args, **more).ref

    def state(self, **more: Any) -> str:
        self.posting = self.run(self.stage.officer, state_licence, LISTING, statement(**more))
        return self.posting

    def announce(self, number: str = "2026-47-0031", on: date = TODAY) -> None:
        self.run(self.stage.officer, announce_licence, self.posting, number, on)

    def announced(self, **more: Any) -> str:
        self.state(**more)
        self.announce()
        return self.posting

    def end(self, number: str = "2026-49-0007", on: date = TODAY) -> None:
        self.run(self.stage.officer, end_licence, self.posting, number, on)

    def take(self, actor: Actor | None = None, organisation: str = "firm") -> str:
        who = actor or self.stage.buyer
        return self.run(who, take_terms, self.posting, organisation, confirmed=True)

    def fee(self, deal: str) -> Obligation:
        (found,) = self.rows(Obligation, Obligation.about == f"deal:{deal}")
        return found

    def claim(self, deal: str, actor: Actor | None = None, amount: int = FEE) -> str:
        told = Claim(amount, TODAY, "澄岚", "某银行", "6222 1111")
        who = actor or self.stage.buyer
        return self.run(who, claim_payment, self.fee(deal).id, told, PROOF)

    def confirm(self, deal: str, payment: str, amount: int) -> None:
        """By two people of the institute."""
        for one in (self.stage.officer, self.stage.second):
            self.run(one, confirm_payment, self.fee(deal).id, payment, amount)

    def pay(self, deal: str, actor: Actor | None = None, amount: int = FEE) -> str:
        """Claimed by the firm, seen by two people of the institute."""
        payment = self.claim(deal, actor, amount)
        self.confirm(deal, payment, amount)
        self.drain()
        return payment

    def owed_back(self, deal: str) -> list[tuple[str, int]]:
        """Kind and amount of what has to leave again; the ledger says the same."""
        with self.stage.executor.database.read() as session:
            found = verify(session)
        assert found.faults == []
        rows = self.rows(Payout, Payout.obligation == self.fee(deal).id)
        refunds = -found.balances.get((Account.REFUNDS_PAYABLE, "CNY"), 0)
        assert refunds == sum(row.amount for row in rows)
        return sorted((row.kind, row.amount) for row in rows)

    def rows(self, model: Any, *where: Any) -> list[Any]:
        with self.stage.executor.database.read() as session:
            key = inspect(model).primary_key
            return list(session.scalars(select(model).where(*where).order_by(*key)))


@pytest.fixture
def office(stage: Stage, drain: Callable[[], None]) -> Office:
    stage.executor.run(SYSTEM, plant_patent)
    return Office(stage, drain)


@pytest.fixture(scope="session")
def law() -> Profile:
    """What the market ships for Zhejiang."""
    return LawBook.load(ROOT / "policies").profile("cn-zhejiang", TODAY)
