"""The payer asks for an invoice."""

from __future__ import annotations

from sqlalchemy import func, select

from billing import facts
from billing.errors import InvoicedAlready, NoInvoice
from billing.models import Deposit, Invoice, Obligation
from billing.permissions import Do, check_may
from billing.rules import InvoiceAsk, invoice_problems
from billing.states import STANDING
from core.errors import Invalid
from core.money import Money
from core.results import Done
from core.unit_of_work import At, UnitOfWork


def ask_invoice(uow: UnitOfWork, obligation: str, ask: InvoiceAsk) -> Done:
    """Before or after the payment; several for parts of the amount. Raises Invalid,
    InvoicedAlready, NoInvoice."""
    uow.check(check_may, obligation, Do.PAY)
    if problems := invoice_problems(ask):
        raise Invalid(problems)
    at = uow.lock(Obligation, obligation)
    if uow.session.get(Deposit, obligation) is not None:
        raise NoInvoice
    left = at.row.amount - _standing(at)
    if ask.amount > left:
        raise InvoicedAlready(left=str(Money(left, at.row.currency)))
    row = Invoice(
        obligation=obligation,
        kind=ask.kind,
        amount=ask.amount,
        title=ask.title.strip(),
        tax_number=ask.tax_number.strip(),
        address=ask.address.strip(),
        mail=ask.mail.strip(),
        requested_by=uow.actor.person,
        requested_at=at.now,
    )
    at.add(row)
    uow.session.flush()
    at.record("invoice_requested", invoice=row.id, amount=ask.amount, kind=ask.kind)
    at.fact(facts.INVOICE_ASKED)
    return Done(row.id)


def _standing(at: At[Obligation]) -> int:
    asked = select(func.sum(Invoice.amount)).where(
        Invoice.obligation == at.row.id, Invoice.state.in_(sorted(STANDING))
    )
    return int(at.uow.session.scalar(asked) or 0)  # PostgreSQL sums BIGINT as NUMERIC
