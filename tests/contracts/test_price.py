"""The accepted terms of a signed contract become obligations, once, whatever is heard twice."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import select

from billing.actions.add_account import NewAccount, add_account
from billing.actions.approve_account import approve_account
from billing.actions.claim_payment import claim_payment
from billing.actions.confirm_payment import confirm_payment
from billing.actions.retire_account import retire_account
from billing.models import Deposit, Obligation
from billing.rules import Claim
from contracts.actions.call_instalment import call_instalment
from contracts.actions.confirm_copy import confirm_copy
from contracts.actions.freeze_contract import freeze_contract
from contracts.actions.open_contract import open_contract
from contracts.actions.raise_price import raise_price
from contracts.actions.save_draft import save_draft
from contracts.errors import SellerCalls
from contracts.models import ContractCharge
from contracts.reactions import charge
from core.actor import SYSTEM
from core.errors import Invalid
from core.facts import Fact
from core.results import Done
from deals.offers import Instalment
from tests.billing.conftest import PROOF, plant_market
from tests.contracts.conftest import draft
from tests.contracts.registration.test_registration import FIXED, today
from tests.deals.conftest import OPERATOR as OPERATES
from tests.deals.conftest import person
from tests.deals.rounds.conftest import FLOOR
from tests.deals.rounds.conftest import scene as scene
from tests.deals.rounds.test_round_deposits import ASKED
from tests.deals.rounds.test_round_deposits import owed as deposit_of
from tests.racing import race


def rows(desk, model, *where) -> list:
    with desk.stage.executor.database.read() as session:
        return list(session.scalars(select(model).where(*where)))


def owed(desk, contract: str) -> list[tuple[str, int, str]]:
    mine = Obligation.about == f"contract:{contract}"
    found = [(one.kind, one.amount, one.state) for one in rows(desk, Obligation, mine)]
    return sorted(found)


def test_a_lump_sum_is_owed_once(desk, drain):
    contract = desk.signed(**FIXED)
    drain()
    assert owed(desk, contract) == [("price", 10_000_000, "open")]
    (one,) = rows(desk, Obligation)
    assert (one.payer_org, one.payer_person, one.payee_org) == ("firm", "buyer", "institute")
    assert one.due_on == today(desk) + timedelta(days=30)
    fact = Fact("contract.signed", f"contract:{contract}")
    desk.run(SYSTEM, again, [fact, fact])
    desk.run(SYSTEM, raise_price, contract)
    assert owed(desk, contract) == [("price", 10_000_000, "open")]


def again(uow, heard) -> Done:
    charge(uow, heard)
    return Done()


def test_only_what_is_earned_becomes_a_royalty(desk, drain):
    contract = desk.signed(entry_fee=None, royalty=300)
    drain()
    assert owed(desk, contract) == []
    assert rows(desk, ContractCharge) == []


def test_an_instalment_waits_for_what_makes_it_due(desk, drain):
    parts = (Instalment(4_000_000, "签约后十日"), Instalment(6_000_000, "验收后"))
    contract = desk.signed(**(FIXED | {"instalments": parts, "entry_fee": 500_000}))
    drain()
    first = [("entry_fee", 500_000, "open"), ("instalment", 4_000_000, "open")]
    assert owed(desk, contract) == first
    officer, buyer = desk.stage.officer, desk.stage.buyer
    with pytest.raises(SellerCalls):
        desk.run(buyer, call_instalment, contract, 2, today(desk))
    for day in (None, today(desk) - timedelta(days=1)):
        with pytest.raises(Invalid):
            desk.run(officer, call_instalment, contract, 2, day)
    called = desk.run(officer, call_instalment, contract, 2, date(2027, 6, 30))
    assert desk.run(officer, call_instalment, contract, 2, date(2027, 7, 30)) == called
    assert owed(desk, contract) == sorted([*first, ("instalment", 6_000_000, "open")])


def test_two_deliveries_and_two_callers_at_once(desk):
    parts = (Instalment(4_000_000, "签约"), Instalment(6_000_000, "验收后"))
    contract = desk.signed(**(FIXED | {"instalments": parts}))
    deliver = partial(desk.run, SYSTEM, raise_price, contract)
    assert race(deliver, deliver) == ["done", "done"]
    assert owed(desk, contract) == [("instalment", 4_000_000, "open")]
    ends = race(*(
        partial(desk.run, who, call_instalment, contract, 2, date(2027, 6, 30))
        for who in (desk.stage.officer, desk.stage.second)
    ))  # fmt: skip
    assert ends == ["done", "done"]
    assert [one[1] for one in owed(desk, contract)] == [4_000_000, 6_000_000]


def won(scene, desk, drain, tellers=()) -> str:
    """The signed contract of an open listing's only party, whose deposit `tellers` have seen."""
    scene.announce(deposit=ASKED)
    scene.parties(rivals=0)
    obligation = deposit_of(scene)
    told = Claim(ASKED, date(2026, 11, 23), "澄岚", "某银行", "6222 1111")
    payment = scene.run(scene.stage.buyer, claim_payment, obligation, told, PROOF).ref
    for one in tellers or (scene.stage.officer, scene.stage.second):
        scene.run(one, confirm_payment, obligation, payment, ASKED)
    scene.pass_deadline()
    drain()
    officer, buyer = desk.stage.officer, desk.stage.buyer
    contract = desk.run(officer, open_contract, scene.deal().id)
    desk.run(officer, save_draft, contract, draft(), 1)
    desk.run(officer, freeze_contract, contract, 2, {})
    desk.run(buyer, confirm_copy, contract, desk.hand_in(contract, officer))
    desk.run(officer, confirm_copy, contract, desk.hand_in(contract, buyer))
    return contract


def test_the_winners_deposit_is_applied_to_the_price_once(scene, desk, drain):
    contract = won(scene, desk, drain)
    drain()
    (price,) = rows(desk, Obligation, Obligation.kind == "price")
    assert (price.amount, price.paid, price.state) == (FLOOR, ASKED, "part_paid")
    (deposit,) = rows(desk, Deposit)
    assert (deposit.state, deposit.applied_to) == ("applied", price.id)
    desk.run(SYSTEM, raise_price, contract)
    assert len(rows(desk, Obligation)) == 2


def test_a_deposit_whose_account_was_retired_goes_back(scene, desk, drain):
    desk.run(SYSTEM, plant_market)
    new = NewAccount("market", "operator", "CNY", "账户名", "某银行", "6222 0000", "协议一")
    operator, teller = (person(id, OPERATES) for id in ("approver", "teller"))
    account = desk.run(operator, add_account, new)
    desk.run(teller, approve_account, account)
    contract = won(scene, desk, drain, (operator, teller))
    desk.run(operator, retire_account, account)
    drain()
    (price,) = rows(desk, Obligation, Obligation.kind == "price")
    assert (price.account, price.paid) == (None, 0)
    assert [one.state for one in rows(desk, Deposit)] == ["returning"]
    assert desk.contract(contract).state == "signed"
