"""The ledger: pure entries, and what the database itself refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from billing.ledger import (
    Account,
    Event,
    Line,
    UnbalancedError,
    balances,
    entry,
    moved,
    reversal,
)
from billing.models import Journal
from billing.rules import back_to, check_letter, divide, reference_code

AMOUNTS = st.integers(1, 10**15)
PARTS = st.sampled_from(["obligation:a", "obligation:b", "organisation:c"])


@st.composite
def entries(draw):
    shares = draw(st.lists(AMOUNTS, min_size=1, max_size=4))
    to = [Line(draw(st.sampled_from(Account)), draw(PARTS), one) for one in shares]
    debit = Line(draw(st.sampled_from(Account)), draw(PARTS), sum(shares))
    currency = draw(st.sampled_from(["CNY", "USD"]))
    return moved(draw(st.sampled_from(Event)), draw(st.uuids()).hex, currency, debit, to)


@given(st.lists(entries(), max_size=12))
def test_every_snapshot_sums_to_zero_in_each_currency(made):
    for upto in range(len(made) + 1):
        found = balances(made[:upto])
        for currency in ("CNY", "USD"):
            assert sum(minor for key, minor in found.items() if key[2] == currency) == 0


@given(entries())
def test_a_reversal_leaves_nothing(made):
    assert balances([made, reversal(Event.RECEIPT_REVERSED, made.cause, made)]) == {}


@pytest.mark.parametrize("minors", [[], [0, 0], [5], [5, -4], [-1, -1]])
def test_what_does_not_balance_is_no_entry(minors):
    lines = [Line(Account.BUYER_FUNDS, "obligation:a", minor) for minor in minors]
    with pytest.raises(UnbalancedError):
        entry(Event.RECEIVED, "x", "CNY", lines)


@given(AMOUNTS, st.data())
def test_a_receipt_is_divided_without_loss(amount, data):
    paid = data.draw(st.integers(0, amount))
    arrived, wanted = data.draw(AMOUNTS), data.draw(st.booleans())
    parts = divide(arrived, amount=amount, paid=paid, wanted=wanted)
    assert parts.taken + parts.over == arrived
    assert 0 <= parts.taken <= (amount - paid if wanted else 0)


@given(st.lists(AMOUNTS, min_size=1, max_size=6), st.data())
def test_no_account_gets_back_more_than_came_from_it(came, data):
    total = data.draw(st.integers(0, sum(came)))
    parts = back_to(total, came)
    assert sum(parts) == total
    assert all(0 <= part <= one for part, one in zip(parts, came, strict=True))


@given(st.uuids(), st.integers(0, 8), st.integers(1, 31))
def test_one_wrong_letter_is_no_other_code(id, at, step):
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    code = reference_code(id.hex)
    wrong = letters[(letters.index(code[2 + at]) + step) % 32]
    slipped = code[: 2 + at] + wrong + code[3 + at :]

    assert len(code) == 12
    assert check_letter(slipped[2:11]) != slipped[11]


def test_the_database_refuses_what_is_edited_or_unbalanced(till):
    till.pay(till.owe(account=till.account()))
    with till.executor.database.read() as session:
        journal = session.scalars(select(Journal)).first()
    line = (
        "INSERT INTO ledger_line (journal, account, of, currency, minor) "
        f"VALUES ('{journal.id}', 'buyer_funds', 'x', 'CNY', 1)"
    ).replace(" of,", ' "of",')
    for statement in (
        "UPDATE ledger_line SET minor = minor + 1",
        "DELETE FROM ledger_line",
        "UPDATE journal SET event = 'x'",
        "UPDATE journal SET sealed = false",
        "DELETE FROM journal",
        line,
    ):
        with pytest.raises(DatabaseError, match="append-only"):
            execute(till.executor.database, statement)


def execute(database, *statements: str) -> None:
    with database.write() as session:
        for statement in statements:
            session.connection().execute(text(statement))
        session.commit()


def test_what_does_not_balance_is_never_sealed(till):
    database, obligation = till.executor.database, till.owe(account=till.account())
    made = (
        "INSERT INTO journal (id, obligation, event, cause, at, sealed) VALUES "
        f"('j', '{obligation}', 'received', 'c', '2026-11-23 00:00:00', false)"
    )
    one = """INSERT INTO ledger_line (journal, account, "of", currency, minor)
             VALUES ('j', 'buyer_funds', 'x', 'CNY', 1)"""
    seal, other = "UPDATE journal SET sealed = true", one.replace("1)", "-2)")
    with pytest.raises(DatabaseError, match="not balanced"):
        execute(database, made, one, other, seal)
    if not database.sqlite:
        with pytest.raises(DatabaseError, match="unsealed"):
            execute(database, made)
