"""`ledger verify` finds what somebody changed behind the market's back."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from billing.actions.release_deposit import release_deposit
from billing.actions.reverse_payment import reverse_payment
from billing.errors import PaidOut
from billing.verifying import verify
from core.actor import SYSTEM


def look(till):
    with till.executor.database.read() as session:
        return verify(session)


@pytest.fixture
def booked(till):
    deposit = till.deposit(account=till.account())
    till.pay(deposit, 130_000)
    till.pay(till.owe(account=till.account()), 40_000)
    till.run(SYSTEM, release_deposit, deposit)
    return till


def test_what_was_booked_is_sound(booked):
    found = look(booked)
    assert found.faults == []
    assert found.journals == 3
    assert found.balances == {
        ("provider_clearing", "CNY"): 170_000,
        ("refunds_payable", "CNY"): -130_000,
        ("buyer_funds", "CNY"): -40_000,
    }


TAMPERINGS = {
    "UPDATE ledger_line SET minor = minor + 1 WHERE minor > 0": "does not balance",
    "UPDATE ledger_line SET minor = minor * 2": "is not what was booked",
    "UPDATE ledger_line SET account = 'fee_income' WHERE account = 'buyer_funds'": "not what was",
    "UPDATE journal SET event = 'settled' WHERE event = 'deposit_released'": "is not what was",
    "UPDATE journal SET sealed = false": "left unsealed",
    "DELETE FROM ledger_line": "does not balance",
    "UPDATE obligation SET paid = paid - 1, state = 'part_paid' WHERE paid > 1": "says",
}


@pytest.mark.parametrize("statement", TAMPERINGS)
def test_a_tampering_is_found(booked, statement):
    database = booked.executor.database
    unguarded(database, statement)
    assert any(TAMPERINGS[statement] in fault for fault in look(booked).faults)


def unguarded(database, statement: str) -> None:
    """As somebody who may drop triggers would do it."""
    with database.write() as session:
        connection = session.connection()
        if not database.sqlite:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            connection.execute(text(statement))
            session.commit()
            return
        guards = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).all()
        for name, _ in guards:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.execute(text(statement))
        for _, sql in guards:
            connection.exec_driver_sql(sql)
        session.commit()


def test_a_receipt_is_reversed_by_two_and_the_mirror_is_booked(till):
    deposit = till.deposit(account=till.account())
    payment = till.pay(deposit, 130_000)
    till.run(till.operator, reverse_payment, deposit, payment, "银行退票。")
    assert till.payment(payment).state == "confirmed"
    till.run(till.teller, reverse_payment, deposit, payment, "银行退票。")
    assert till.payment(payment).state == "reversed"
    assert till.deposit_row(deposit).state == "pending"
    assert (till.obligation(deposit).state, till.obligation(deposit).paid) == ("open", 0)
    assert till.payouts(deposit) == []
    assert till.balances() == {}
    assert look(till).faults == []
    till.pay(deposit)
    assert till.deposit_row(deposit).state == "held"


def test_what_is_the_payees_by_now_is_not_reversed(till):
    obligation = till.owe(account=till.account())
    payment = till.pay(obligation)
    with pytest.raises(PaidOut):
        till.run(till.operator, reverse_payment, obligation, payment, "退票")
