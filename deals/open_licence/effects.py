"""Effects of taking an open licence: the fee is asked for, and with it the right arises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from billing.actions.raise_obligation import raise_obligation
from billing.cancelling import call_off
from billing.models import Obligation
from billing.queries import account_for, obligations_about
from billing.raising import Raised
from billing.states import Kind, ObligationState
from core.times import legal_date
from deals import lawful
from deals.doing import Doing
from deals.granting import rights_of
from deals.open_licence.rules import fixed_fee
from listings.rights import grant

PAYMENT_DAYS: Final = "open_licence.payment_days"
PAYMENT_DAYS_OURS: Final = 30
"""Calendar days where the profile sets no figure: a custom of this market, no rule of law."""


def _ask_fee(doing: Doing) -> None:
    """A royalty alone is no sum before it is earned: then nothing is asked for."""
    deal, uow, amount = doing.deal, doing.uow, fixed_fee(doing.agreed_terms())
    if not amount:
        return
    days = lawful.integer(lawful.pinned(uow, deal), PAYMENT_DAYS, PAYMENT_DAYS_OURS)
    raised = Raised(
        Kind.PRICE,
        deal.stream,
        deal.seller_org,
        amount,
        deal.currency,
        legal_date(doing.at.now, uow.ports.zone) + timedelta(days),
        payer_org=deal.buyer_org,
        payer_person=deal.buyer_person,
        account=account_for(uow.session, deal.seller_org, deal.currency),
        jurisdiction=deal.jurisdiction,
    )
    doing.evidence.update(obligation=raise_obligation(uow, raised).ref, amount=amount)


def _drop_fee(doing: Doing) -> None:
    """A part that was paid is owed back. Raises ObligationMovedOn where all of it has just come."""
    for one in obligations_about(doing.uow.session, doing.deal.stream):
        if one.state != ObligationState.CANCELLED:
            call_off(doing.uow.lock(Obligation, one.id))


def _enter_licence(doing: Doing) -> None:
    """By law: the register records it whatever else it says by now."""
    starts = legal_date(doing.at.now, doing.uow.ports.zone)
    for asset, right in rights_of(doing.uow.session, doing.deal, doing.agreed_terms(), starts):
        grant(doing.uow, asset, right, arises=True)


EFFECTS: Final[dict[str, Callable[[Doing], None]]] = {
    "ask_fee": _ask_fee,
    "drop_fee": _drop_fee,
    "enter_licence": _enter_licence,
}
