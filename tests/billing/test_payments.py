"""Obligations and bank transfers: from asking to paid, and every way in which it goes wrong."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from billing.actions.cancel_obligation import cancel_obligation
from billing.actions.carry_out_payout import carry_out_payout
from billing.actions.confirm_payment import confirm_payment
from billing.actions.order_payout import order_payout
from billing.actions.raise_instalments import raise_instalments
from billing.actions.refuse_payment import refuse_payment
from billing.errors import (
    AccountUnfit,
    AlreadyPaid,
    AmountsDiffer,
    NoPayeeAccount,
    ObligationMovedOn,
    OtherPersonNeeded,
    PayerConfirms,
    PaymentMovedOn,
)
from core.actor import SYSTEM
from core.errors import Forbidden, Invalid, NotFound
from core.stops import PayoutsStopped
from governance.actions.pull_stop import pull_stop
from tests.billing.conftest import raised


def test_two_people_confirm_a_transfer_into_custody_and_the_payee_is_paid(till):
    obligation = till.owe(account=till.account())
    till.pay(obligation)
    assert till.obligation(obligation).state == "paid"
    assert till.balances() == {"provider_clearing": 100_000, "seller_payable": -100_000}
    (payout,) = till.payouts(obligation)
    with pytest.raises(NoPayeeAccount):
        till.run(till.operator, order_payout, obligation, payout.id)
    till.account("seller")
    till.run(till.operator, order_payout, obligation, payout.id)
    with pytest.raises(OtherPersonNeeded):
        till.run(till.operator, carry_out_payout, obligation, payout.id, "B1")
    till.run(till.teller, carry_out_payout, obligation, payout.id, "B1")
    assert till.balances() == {}


def test_a_direct_payment_is_recorded_by_the_payee(till):
    obligation = till.owe()
    payment = till.claim(obligation)
    till.run(till.officer, confirm_payment, obligation, payment, 100_000)
    assert till.obligation(obligation).state == "open"
    till.run(till.second, confirm_payment, obligation, payment, 100_000)
    assert till.obligation(obligation).state == "paid"
    assert till.balances() == {"seller_received": 100_000, "buyer_funds": -100_000}
    assert till.payouts(obligation) == []


def test_in_custody_the_payee_confirms_nothing(till):
    obligation = till.owe(account=till.account())
    payment = till.claim(obligation)
    with pytest.raises(Forbidden):
        till.run(till.officer, confirm_payment, obligation, payment, 100_000)


def test_who_pays_never_confirms_and_a_stranger_knows_nothing(till):
    obligation = till.owe()
    payment = till.claim(obligation)
    with pytest.raises(PayerConfirms):
        till.run(till.buyer, confirm_payment, obligation, payment, 100_000)
    with pytest.raises(NotFound):
        till.run(till.stranger, confirm_payment, obligation, payment, 100_000)


def test_a_miskeyed_amount_is_refused_and_the_first_person_corrects_theirs(till):
    obligation = till.owe()
    payment = till.claim(obligation)
    till.run(till.officer, confirm_payment, obligation, payment, 10_000)
    with pytest.raises(AmountsDiffer):
        till.run(till.second, confirm_payment, obligation, payment, 100_000)
    assert till.balances() == {}
    till.run(till.officer, confirm_payment, obligation, payment, 100_000)
    till.run(till.second, confirm_payment, obligation, payment, 100_000)
    with pytest.raises(PaymentMovedOn):
        till.run(till.second, confirm_payment, obligation, payment, 100_000)


def test_parts_add_up_and_what_is_too_much_goes_back(till):
    obligation = till.owe(account=till.account())
    till.pay(obligation, 40_000)
    assert (till.obligation(obligation).state, till.obligation(obligation).paid) == (
        "part_paid",
        40_000,
    )
    second = till.pay(obligation, 75_000)
    assert till.obligation(obligation).paid == 100_000
    over = next(one for one in till.payouts(obligation) if one.kind == "overpayment")
    assert (over.amount, over.payment) == (15_000, second)
    assert till.balances() == {
        "provider_clearing": 115_000,
        "seller_payable": -100_000,
        "refunds_payable": -15_000,
    }
    till.run(till.operator, order_payout, obligation, over.id)
    till.run(till.teller, carry_out_payout, obligation, over.id, "B2")
    assert till.balances() == {"provider_clearing": 100_000, "seller_payable": -100_000}


def test_what_comes_after_cancelling_goes_back_whole(till):
    obligation = till.owe()
    payment = till.claim(obligation)
    till.run(till.officer, cancel_obligation, obligation)
    with pytest.raises(ObligationMovedOn):
        till.claim(obligation)
    for one in (till.officer, till.second):
        till.run(one, confirm_payment, obligation, payment, 100_000)
    assert till.obligation(obligation).state == "cancelled"
    assert till.balances() == {"seller_received": 100_000, "refunds_payable": -100_000}


def test_nothing_that_was_paid_is_cancelled(till):
    obligation = till.owe(account=till.account())
    till.pay(obligation, 1)
    with pytest.raises(AlreadyPaid):
        till.run(till.officer, cancel_obligation, obligation)


def test_a_refused_claim_says_why_and_can_be_made_again(till):
    obligation = till.owe()
    payment = till.claim(obligation)
    with pytest.raises(Invalid):
        till.run(till.officer, refuse_payment, obligation, payment, " ")
    till.run(till.officer, refuse_payment, obligation, payment, "账上没有这笔款项。")
    assert till.payment(payment).state == "refused"
    with pytest.raises(PaymentMovedOn):
        till.run(till.officer, confirm_payment, obligation, payment, 100_000)
    assert till.claim(obligation)


def test_an_account_of_somebody_else_or_of_another_currency_receives_nothing(till):
    with pytest.raises(AccountUnfit):
        till.owe(account=till.account("seller"), payee_org="rival")
    with pytest.raises(AccountUnfit):
        till.owe(account=till.account(), currency="USD")


def test_instalments_sum_to_the_price(till):
    plan = [(1, date(2026, 12, 1)), (1, date(2027, 1, 1)), (1, date(2027, 2, 1))]
    ids = till.run(SYSTEM, raise_instalments, raised(100_000), plan).split(",")
    assert [till.obligation(id).amount for id in ids] == [33_334, 33_333, 33_333]


def test_a_stop_holds_every_payout(till):
    obligation = till.owe()
    till.run(till.officer, cancel_obligation, obligation)
    other = till.owe(account=till.account())
    till.pay(other, 100_001)
    over = next(one for one in till.payouts(other) if one.kind == "overpayment")
    till.run(till.operator, pull_stop, "payouts", "查账", "Audit")
    with pytest.raises(PayoutsStopped):
        till.run(till.operator, order_payout, other, over.id)


def test_both_sides_are_reminded_and_told_when_it_is_late(till, clock, drain):
    obligation = till.owe()
    clock.move(timedelta(days=15))
    drain()
    assert till.obligation(obligation).reminded_at is not None
    assert till.obligation(obligation).overdue_at is None
    clock.move(timedelta(days=4))
    drain()
    assert till.obligation(obligation).overdue_at is not None
    payment = till.claim(obligation)
    for one in (till.officer, till.second):
        till.run(one, confirm_payment, obligation, payment, 100_000)
    assert till.obligation(obligation).state == "paid"
