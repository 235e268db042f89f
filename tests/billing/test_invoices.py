"""Invoices: every state and act, and who may ask for how much."""

from __future__ import annotations

import pytest

from billing.actions.ask_invoice import ask_invoice
from billing.actions.deliver_invoice import deliver_invoice
from billing.actions.end_invoice import end_invoice
from billing.actions.issue_invoice import issue_invoice
from billing.errors import InvoicedAlready, InvoiceMovedOn, NoInvoice
from billing.models import Invoice
from billing.rules import InvoiceAsk, invoice_problems
from billing.states import INVOICE, InvoiceAct, InvoiceState, after_invoice
from core.errors import Forbidden


@pytest.mark.parametrize("state", InvoiceState)
@pytest.mark.parametrize("act", InvoiceAct)
def test_every_cell(state, act):
    if (state, act) in INVOICE:
        assert after_invoice(state, act) == INVOICE[state, act]
    else:
        with pytest.raises(InvoiceMovedOn):
            after_invoice(state, act)


def ask(amount: int = 100_000, kind: str = "vat_ordinary", **more: str) -> InvoiceAsk:
    return InvoiceAsk(kind, amount, "澄岚热管理有限公司", mail="tax@firm.example", **more)


@pytest.mark.parametrize(
    ("asked", "fields"),
    [
        (ask(), set()),
        (ask(0), {"amount"}),
        (ask(kind="x"), {"kind"}),
        (ask(kind="vat_special"), {"tax_number", "address"}),
        (ask(kind="vat_special", tax_number="9133", address="杭州"), set()),
        (ask(address="x" * 201), {"address"}),
    ],
)
def test_what_a_kind_needs(asked, fields):
    assert set(invoice_problems(asked)) == fields


def row(till, id: str) -> Invoice:
    with till.executor.database.read() as session:
        return session.get_one(Invoice, id)


def test_requested_issued_delivered_reversed_and_asked_anew(till):
    obligation = till.owe()
    made = till.run(till.buyer, ask_invoice, obligation, ask())
    with pytest.raises(InvoicedAlready):
        till.run(till.buyer, ask_invoice, obligation, ask(1))
    with pytest.raises(Forbidden):
        till.run(till.buyer, issue_invoice, obligation, made, "0123")
    till.run(till.officer, issue_invoice, obligation, made, "0123", "财税〔2016〕36号")
    assert (row(till, made).state, row(till, made).exempt) == ("issued", True)
    till.run(till.officer, deliver_invoice, obligation, made)
    with pytest.raises(InvoiceMovedOn):
        till.run(till.officer, end_invoice, obligation, made, "不开", issued=False)
    till.run(till.officer, end_invoice, obligation, made, "红字 0124", issued=True)
    assert row(till, made).state == "reversed"
    assert till.run(till.buyer, ask_invoice, obligation, ask())


def test_a_deposit_has_no_invoice(till):
    with pytest.raises(NoInvoice):
        till.run(till.buyer, ask_invoice, till.deposit(), ask())
