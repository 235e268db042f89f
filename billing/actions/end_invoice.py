"""An invoice that was issued is reversed by a red one; one that was only asked for is declined."""

from __future__ import annotations

from billing import facts
from billing.invoicing import move_invoice
from billing.rules import text_problems
from billing.states import InvoiceAct
from core.errors import Invalid
from core.results import Done
from core.unit_of_work import UnitOfWork


def end_invoice(uow: UnitOfWork, obligation: str, invoice: str, note: str, *, issued: bool) -> Done:
    """`note`: the red invoice's number and reason, or why it is declined; its amount can be asked
    for anew. Raises Invalid, InvoiceMovedOn."""
    if problems := text_problems("note", note):
        raise Invalid(problems)
    act = InvoiceAct.REVERSE if issued else InvoiceAct.DECLINE
    at, row = move_invoice(uow, obligation, invoice, act)
    row.ended_by, row.ended_at, row.note = uow.actor.person, at.now, note.strip()
    at.fact(facts.INVOICE_REVERSED if issued else facts.INVOICE_DECLINED)
    return Done(obligation)
