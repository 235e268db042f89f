"""One person orders a payout; another carries it out."""

from __future__ import annotations

from billing import facts
from billing.errors import NoPayeeAccount, PayoutMovedOn
from billing.models import Obligation, Payout
from billing.permissions import Do, check_may
from billing.queries import own_account
from billing.states import PayoutState
from core.errors import NotFound
from core.results import Done
from core.stops import What, refuse_stopped
from core.unit_of_work import At, UnitOfWork


def order_payout(uow: UnitOfWork, obligation: str, payout: str) -> Done:
    """What goes back goes to the account it came from; anything else to an approved account of the
    payee. Raises PayoutMovedOn, NoPayeeAccount, PayoutsStopped."""
    uow.check(check_may, obligation, Do.PAY_OUT)
    uow.check(refuse_stopped, What.PAYOUTS)
    at = uow.lock(Obligation, obligation)
    row = payout_of(at, payout)
    if row.state != PayoutState.DUE:
        raise PayoutMovedOn
    if row.payment is None:
        account = own_account(uow.session, at.row.payee_org, at.row.currency)
        if account is None:
            raise NoPayeeAccount
        row.account = account
    row.state, row.ordered_by, row.ordered_at = PayoutState.ORDERED, uow.actor.person, at.now
    at.record("payout_ordered", payout=payout, amount=row.amount)
    at.fact(facts.PAYOUT_ORDERED)
    return Done(obligation)


def payout_of(at: At[Obligation], payout: str) -> Payout:
    """Raises NotFound."""
    row = at.uow.session.get(Payout, payout)
    if row is None or row.obligation != at.row.id:
        raise NotFound
    return row
