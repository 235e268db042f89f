"""Two at once over the same money: one outcome each, and the ledger balances in every snapshot."""

from __future__ import annotations

from functools import partial

from billing.actions.apply_deposit import apply_deposit
from billing.actions.cancel_obligation import cancel_obligation
from billing.actions.carry_out_payout import carry_out_payout
from billing.actions.confirm_payment import confirm_payment
from billing.actions.order_payout import order_payout
from billing.actions.release_deposit import release_deposit
from billing.verifying import verify
from core.actor import SYSTEM
from tests.deals.conftest import OPERATOR, person
from tests.racing import NAMED, ROUNDS, Watcher, race, unbalanced


def about(number: int) -> str:
    return f"deal:{number:032x}"


def sound(till) -> bool:
    with till.executor.database.read() as session:
        return verify(session).faults == []


def test_double_confirmation_of_one_payment(till):
    """Three who would be the second person, at once: the money is booked once."""
    account, run = till.account(), till.executor.run
    third = person("third", OPERATOR)
    watcher = Watcher(till.executor.database, unbalanced)
    for number in range(1, NAMED + 1):
        obligation = till.owe(account=account)
        payment = till.claim(obligation)
        till.run(till.operator, confirm_payment, obligation, payment, 100_000)
        ends = race(
            partial(run, till.teller, confirm_payment, obligation, payment, 100_000),
            partial(run, third, confirm_payment, obligation, payment, 100_000),
            partial(run, till.teller, confirm_payment, obligation, payment, 100_000),
            watcher=watcher,
        )
        assert sorted(ends) == ["done", "payment_moved_on", "payment_moved_on"]
        assert till.obligation(obligation).paid == 100_000
        assert watcher.seen >= number
        assert watcher.faults == []
    assert sound(till)
    assert till.balances() == {
        "provider_clearing": 100_000 * NAMED,
        "seller_payable": -100_000 * NAMED,
    }


def test_confirmation_against_cancelling(till):
    """Either it is paid and cannot be cancelled, or it is cancelled and all goes back."""
    account, run = till.account(), till.executor.run
    for _ in range(ROUNDS):
        obligation = till.owe(account=account)
        payment = till.claim(obligation)
        till.run(till.operator, confirm_payment, obligation, payment, 100_000)
        ends = race(
            partial(run, till.teller, confirm_payment, obligation, payment, 100_000),
            partial(run, till.officer, cancel_obligation, obligation),
        )
        state, (payout,) = till.obligation(obligation).state, till.payouts(obligation)
        assert (ends, state, payout.kind) in (
            (["done", "already_paid"], "paid", "settlement"),
            (["done", "done"], "cancelled", "overpayment"),
        )
    assert sound(till)


def test_release_against_application(till):
    account, run = till.account(), till.executor.run
    for number in range(ROUNDS):
        deposit = till.deposit(account=account, about=about(number))
        till.pay(deposit)
        price = till.owe(250_000, account=account)
        ends = race(
            partial(run, SYSTEM, release_deposit, deposit),
            partial(run, SYSTEM, apply_deposit, deposit, price),
        )
        assert sorted(ends) == ["deposit_moved_on", "done"]
        released = ends[0] == "done"
        assert till.deposit_row(deposit).state == ("returning" if released else "applied")
        assert till.obligation(price).paid == (0 if released else 100_000)
        assert len(till.payouts(deposit)) == released
    assert sound(till)


def test_a_deposit_is_given_back_once(till):
    account, run = till.account(), till.executor.run
    third = person("third", OPERATOR)
    for number in range(ROUNDS):
        deposit = till.deposit(account=account, about=about(number))
        till.pay(deposit)
        till.run(SYSTEM, release_deposit, deposit)
        (payout,) = till.payouts(deposit)
        till.run(till.operator, order_payout, deposit, payout.id)
        ends = race(
            partial(run, till.teller, carry_out_payout, deposit, payout.id, "B1"),
            partial(run, third, carry_out_payout, deposit, payout.id, "B2"),
        )
        assert sorted(ends) == ["done", "payout_moved_on"]
    assert till.balances() == {}
    assert sound(till)
