"""The invoice has gone to the address that the payer gave."""

from __future__ import annotations

from billing import facts
from billing.invoicing import move_invoice
from billing.states import InvoiceAct
from core.results import Done
from core.unit_of_work import UnitOfWork


def deliver_invoice(uow: UnitOfWork, obligation: str, invoice: str) -> Done:
    """Raises InvoiceMovedOn."""
    at, row = move_invoice(uow, obligation, invoice, InvoiceAct.DELIVER)
    row.delivered_by, row.delivered_at = uow.actor.person, at.now
    at.fact(facts.INVOICE_DELIVERED)
    return Done(obligation)
