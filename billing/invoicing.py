"""What the payee's actions on an invoice share."""

from __future__ import annotations

from billing.models import Invoice, Obligation
from billing.permissions import Do, check_may
from billing.states import InvoiceAct, after_invoice
from core.errors import NotFound
from core.unit_of_work import At, UnitOfWork


def move_invoice(
    uow: UnitOfWork, obligation: str, invoice: str, act: InvoiceAct
) -> tuple[At[Obligation], Invoice]:
    """Raises NotFound, InvoiceMovedOn."""
    uow.check(check_may, obligation, Do.INVOICE)
    at = uow.lock(Obligation, obligation)
    row = uow.session.get(Invoice, invoice)
    if row is None or row.obligation != obligation:
        raise NotFound
    row.state = after_invoice(row.state, act)
    at.record(f"invoice_{act}", invoice=invoice)
    return at, row
