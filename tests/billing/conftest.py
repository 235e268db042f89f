"""A firm that pays, an institute that receives, a market that holds: money's own stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import select

from accounts.models import Membership, Organisation, Person
from billing.actions.add_account import NewAccount, add_account
from billing.actions.approve_account import approve_account
from billing.actions.ask_deposit import DepositAsk, ask_deposit
from billing.actions.claim_payment import Proof, claim_payment
from billing.actions.confirm_payment import confirm_payment
from billing.actions.raise_obligation import raise_obligation
from billing.ledger import Account
from billing.models import Deposit, Journal, LedgerLine, Obligation, Payment, Payout
from billing.raising import Raised
from billing.rules import Claim
from core.actor import SYSTEM, Actor
from core.executor import Executor
from core.results import Done
from core.unit_of_work import UnitOfWork
from tests.deals.conftest import FIRM, OFFICE, OPERATOR, WHEN, person, plant

ABOUT = "deal:" + "33" * 16
PROOF = Proof("ab" * 32, "回单.pdf", "application/pdf")


def plant_market(uow: UnitOfWork) -> Done:
    """The operator's organisation with two people."""
    for id in ("teller", "payer2"):
        uow.create(Person(id=id, name=id.title(), state="active", created_at=WHEN)).record(
            "planted"
        )
    uow.session.flush()
    row = Organisation(
        id="market", kind="operator", state="vetted", number="market", registered_at=WHEN
    )
    at = uow.create(row)
    uow.session.flush()
    for one in ("approver", "teller"):
        seat = Membership(organisation="market", person=one, roles=["operator"], starts_at=WHEN)
        at.add(seat)
    at.record("planted")
    return Done()


@dataclass
class Till:
    """The people at the counter, and shortcuts to what they do there."""

    executor: Executor
    officer: Actor
    second: Actor
    buyer: Actor
    stranger: Actor
    operator: Actor
    teller: Actor

    def run(self, actor: Actor, action: Callable[..., Done], *args: object, **more: object) -> str:
        return self.executor.run(actor, action, *args, **more).ref

    def account(self, kind: str = "operator") -> str:
        """An approved receiving account."""
        own = kind == "seller"
        new = NewAccount(
            "institute" if own else "market", kind, "CNY", "账户名", "某银行", "6222 0000", "协议一"
        )
        by, other = (self.officer, self.second) if own else (self.operator, self.teller)
        made = self.run(by, add_account, new)
        self.run(other, approve_account, made)
        return made

    def owe(self, amount: int = 1_000_00, **more: object) -> str:
        return self.run(SYSTEM, raise_obligation, raised(amount, **more))

    def deposit(self, amount: int = 1_000_00, base: int = 0, **more: object) -> str:
        ask = DepositAsk(raised(amount, **more), base)
        return self.run(SYSTEM, ask_deposit, ask)

    def claim(self, obligation: str, amount: int = 1_000_00, actor: Actor | None = None) -> str:
        told = Claim(amount, date(2026, 11, 23), "澄岚", "某银行", "6222 1111")
        return self.run(actor or self.buyer, claim_payment, obligation, told, PROOF)

    def pay(self, obligation: str, amount: int = 1_000_00) -> str:
        """Claimed, and seen by two operators."""
        payment = self.claim(obligation, amount)
        for one in (self.operator, self.teller):
            self.run(one, confirm_payment, obligation, payment, amount)
        return payment

    def obligation(self, id: str) -> Obligation:
        with self.executor.database.read() as session:
            return session.get_one(Obligation, id)

    def deposit_row(self, id: str) -> Deposit:
        with self.executor.database.read() as session:
            return session.get_one(Deposit, id)

    def payment(self, id: str) -> Payment:
        with self.executor.database.read() as session:
            return session.get_one(Payment, id)

    def payouts(self, obligation: str) -> list[Payout]:
        with self.executor.database.read() as session:
            mine = select(Payout).where(Payout.obligation == obligation).order_by(Payout.made_at)
            return list(session.scalars(mine))

    def balances(self) -> dict[str, int]:
        """By account, over all its parts; checks that the whole is zero and all is sealed."""
        found: dict[str, int] = {}
        with self.executor.database.read() as session:
            for line in session.scalars(select(LedgerLine)):
                found[line.account] = found.get(line.account, 0) + line.minor
            assert all(session.scalars(select(Journal.sealed)))
        assert sum(found.values()) == 0
        assert set(found) <= set(Account)
        return {account: minor for account, minor in found.items() if minor}


def raised(amount: int = 1_000_00, **more: object) -> Raised:
    base = {
        "kind": "price",
        "about": ABOUT,
        "payee_org": "institute",
        "amount": amount,
        "currency": "CNY",
        "due_on": date(2026, 12, 10),
        "payer_org": "firm",
        "payer_person": "buyer",
    }
    return Raised(**(base | more))


def planted(executor: Executor) -> Till:
    """On an empty market."""
    executor.run(SYSTEM, plant)
    executor.run(SYSTEM, plant_market)
    return Till(
        executor,
        officer=person("officer", OFFICE),
        second=person("second", OFFICE),
        buyer=person("buyer", FIRM),
        stranger=person("stranger"),
        operator=person("approver", OPERATOR),
        teller=person("teller", OPERATOR),
    )


@pytest.fixture
def till(executor: Executor) -> Till:
    return planted(executor)
