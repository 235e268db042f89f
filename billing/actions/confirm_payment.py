"""Two people of the receiving side see the money on the statement, one after the other."""

from __future__ import annotations

from billing import facts
from billing.errors import AmountsDiffer, PayerConfirms, PaymentMovedOn
from billing.models import Obligation, Payment
from billing.permissions import Do, check_may
from billing.receiving import receive
from billing.states import PaymentState
from core.errors import Invalid, NotFound, Problem
from core.i18n import N_
from core.results import Done
from core.unit_of_work import At, UnitOfWork


def confirm_payment(uow: UnitOfWork, obligation: str, payment: str, amount: int) -> Done:
    """`amount`: what the statement says, in minor units, whatever the payer wrote. The first
    person may correct theirs until the second has typed the same. Raises PayerConfirms,
    AmountsDiffer, PaymentMovedOn, Invalid."""
    uow.check(check_may, obligation, Do.CONFIRM)
    if amount <= 0:
        raise Invalid({"amount": [Problem("amount_missing", N_("Enter an amount."))]})
    at = uow.lock(Obligation, obligation)
    row = claimed(at, payment)
    if row.claimed_by == uow.actor.person:
        raise PayerConfirms
    if row.seen_by in {None, uow.actor.person}:
        row.seen_by, row.seen_at, row.seen_amount = uow.actor.person, at.now, amount
        at.record("payment_seen", payment=payment, amount=amount)
        at.fact(facts.SEEN)
        return Done(obligation)
    if row.seen_amount != amount:
        raise AmountsDiffer
    row.state, row.confirmed_by = PaymentState.CONFIRMED, uow.actor.person
    row.confirmed_at = at.now
    at.record("payment_confirmed", payment=payment, amount=amount)
    at.fact(facts.CONFIRMED)
    receive(at, row, amount)
    return Done(obligation)


def claimed(at: At[Obligation], payment: str) -> Payment:
    """A payment that waits. Raises NotFound, PaymentMovedOn."""
    row = at.uow.session.get(Payment, payment)
    if row is None or row.obligation != at.row.id:
        raise NotFound
    if row.state != PaymentState.CLAIMED:
        raise PaymentMovedOn
    return row
