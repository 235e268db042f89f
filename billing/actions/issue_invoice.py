"""The payee has issued the invoice in its tax system and writes down its number."""

from __future__ import annotations

from billing import facts
from billing.invoicing import move_invoice
from billing.rules import text_problems
from billing.states import InvoiceAct
from core.errors import Invalid
from core.results import Done
from core.unit_of_work import UnitOfWork


def issue_invoice(
    uow: UnitOfWork, obligation: str, invoice: str, number: str, exemption: str = ""
) -> Done:
    """`exemption`: the rule by which it is free of VAT, where it is. Raises Invalid,
    InvoiceMovedOn."""
    if problems := text_problems("note", number):
        raise Invalid(problems)
    at, row = move_invoice(uow, obligation, invoice, InvoiceAct.ISSUE)
    row.number, row.exemption = number.strip(), exemption.strip()
    row.exempt = bool(row.exemption)
    row.issued_by, row.issued_at = uow.actor.person, at.now
    at.fact(facts.INVOICE_ISSUED)
    return Done(obligation)
