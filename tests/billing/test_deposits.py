"""Deposits: every state and act, and the money behind each way that they end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from billing.actions.apply_deposit import apply_deposit
from billing.actions.carry_out_payout import carry_out_payout
from billing.actions.confirm_payment import confirm_payment
from billing.actions.decide_forfeit import decide_forfeit
from billing.actions.object_to_forfeit import object_to_forfeit
from billing.actions.order_payout import order_payout
from billing.actions.propose_forfeit import propose_forfeit
from billing.actions.release_deposit import release_deposit
from billing.errors import (
    AccountUnfit,
    DepositAsked,
    DepositMovedOn,
    DepositTooLarge,
    OtherPersonNeeded,
    WindowRuns,
)
from billing.queries import deposits_about, is_held, live_deposit
from billing.states import DEPOSIT, ENDED, DepositAct, DepositState, after
from core.actor import SYSTEM
from core.errors import Forbidden
from tests.billing.conftest import ABOUT


@pytest.mark.parametrize("state", DepositState)
@pytest.mark.parametrize("act", DepositAct)
def test_every_cell(state, act):
    if (state, act) in DEPOSIT:
        assert after(state, act) == DEPOSIT[state, act]
        assert state not in ENDED
    else:
        with pytest.raises(DepositMovedOn):
            after(state, act)


def held(till, amount: int = 100_000) -> str:
    deposit = till.deposit(amount, account=till.account())
    till.pay(deposit, amount)
    return deposit


def test_asked_pending_held(till):
    deposit = till.deposit(account=till.account())
    look = till.executor.database.read
    with look() as session:
        assert live_deposit(session, ABOUT, organisation="firm").state == "asked"
        assert not is_held(session, ABOUT, organisation="firm")
    till.pay(deposit, 60_000)
    assert till.deposit_row(deposit).state == "pending"
    till.pay(deposit, 40_000)
    with look() as session:
        assert is_held(session, ABOUT, organisation="firm")
        assert not is_held(session, ABOUT, person="buyer")
        assert [one.id for one in deposits_about(session, ABOUT)] == [deposit]
    assert till.balances() == {"provider_clearing": 100_000, "deposits_held": -100_000}


def test_one_payer_has_one_about_one_thing(till):
    till.deposit()
    with pytest.raises(DepositAsked):
        till.deposit()
    assert till.deposit(about="deal:" + "44" * 16)


def test_at_most_the_share_that_the_profile_says(till):
    with pytest.raises(DepositTooLarge) as refused:
        till.deposit(30_001, base=100_000)
    assert refused.value.params["cap"] == "30"
    assert till.deposit(30_000, base=100_000)


def test_a_released_deposit_goes_back_in_the_parts_that_came(till):
    deposit = till.deposit(account=till.account())
    parts = {till.pay(deposit, 60_000): 60_000, till.pay(deposit, 40_000): 40_000}
    till.run(SYSTEM, release_deposit, deposit)
    assert till.deposit_row(deposit).state == "returning"
    payouts = till.payouts(deposit)
    assert {one.payment: one.amount for one in payouts} == parts
    for one in payouts:
        till.run(till.operator, order_payout, deposit, one.id)
        till.run(till.teller, carry_out_payout, deposit, one.id, "B3")
    assert till.deposit_row(deposit).state == "returned"
    assert till.balances() == {}


def test_a_deposit_that_never_came_is_asked_no_more_and_late_money_goes_back(till):
    deposit = till.deposit(account=till.account())
    payment = till.claim(deposit)
    till.run(SYSTEM, release_deposit, deposit)
    assert till.deposit_row(deposit).state == "cancelled"

    for one in (till.operator, till.teller):
        till.run(one, confirm_payment, deposit, payment, 100_000)
    assert till.deposit_row(deposit).state == "cancelled"
    assert till.balances() == {"provider_clearing": 100_000, "refunds_payable": -100_000}
    assert till.deposit(account=till.account())


def test_the_winners_deposit_pays_a_part_of_the_price(till):
    account = till.account()
    deposit = till.deposit(account=account)
    till.pay(deposit)
    price = till.owe(250_000, account=account)
    till.run(SYSTEM, apply_deposit, deposit, price)
    assert till.deposit_row(deposit).state == "applied"
    assert (till.obligation(price).state, till.obligation(price).paid) == ("part_paid", 100_000)
    till.pay(price, 150_000)
    assert till.balances() == {"provider_clearing": 250_000, "seller_payable": -250_000}


def test_what_is_more_than_the_price_goes_back(till):
    account = till.account()
    deposit = till.deposit(account=account)
    till.pay(deposit)
    price = till.owe(70_000, account=account)
    till.run(SYSTEM, apply_deposit, deposit, price)
    assert till.obligation(price).state == "paid"
    (back,) = till.payouts(deposit)
    assert (back.kind, back.amount) == ("return", 30_000)
    till.run(till.operator, order_payout, deposit, back.id)
    till.run(till.teller, carry_out_payout, deposit, back.id, "B4")
    assert till.deposit_row(deposit).state == "applied"


def test_it_pays_no_price_that_lies_in_other_hands(till):
    deposit = held(till)
    with pytest.raises(AccountUnfit):
        till.run(SYSTEM, apply_deposit, deposit, till.owe(250_000))
    assert till.deposit_row(deposit).state == "held"


def test_forfeiture_takes_two_people_and_the_payers_days(till, clock, drain):
    deposit = held(till)
    with pytest.raises(Forbidden):
        till.run(till.buyer, propose_forfeit, deposit, "未签约", "公告第七条")
    till.run(till.operator, propose_forfeit, deposit, "成交后拒绝签约。", "公告第七条")
    till.run(till.buyer, object_to_forfeit, deposit, "对方改了条款。")
    with pytest.raises(WindowRuns) as refused:
        till.run(till.teller, decide_forfeit, deposit, "查实", forfeit=True)
    assert refused.value.params["until"] == "2026-12-08"
    clock.move(timedelta(days=16))
    drain()
    with pytest.raises(DepositMovedOn):
        till.run(till.buyer, object_to_forfeit, deposit, "迟了。")
    with pytest.raises(OtherPersonNeeded):
        till.run(till.operator, decide_forfeit, deposit, "查实", forfeit=True)
    with pytest.raises(Forbidden):
        till.run(till.officer, decide_forfeit, deposit, "查实", forfeit=True)
    till.run(till.teller, decide_forfeit, deposit, "查实", forfeit=True)
    assert till.deposit_row(deposit).state == "forfeited"
    assert till.balances() == {"provider_clearing": 100_000, "forfeits_held": -100_000}
    assert [one.kind for one in till.payouts(deposit)] == ["forfeit"]


def test_a_dropped_proposal_leaves_it_held(till):
    deposit = held(till)
    till.run(till.officer, propose_forfeit, deposit, "成交后拒绝签约。", "公告第七条")
    with pytest.raises(DepositMovedOn):
        till.run(SYSTEM, release_deposit, deposit)
    till.run(till.teller, decide_forfeit, deposit, "双方和解。", forfeit=False)
    assert till.deposit_row(deposit).state == "held"
    till.run(SYSTEM, release_deposit, deposit)
    assert till.deposit_row(deposit).state == "returning"


def test_a_return_that_is_late_is_said(till, clock, drain):
    deposit = held(till)
    till.run(SYSTEM, release_deposit, deposit)
    clock.move(timedelta(hours=25))
    drain()
    assert till.deposit_row(deposit).late_at is not None
