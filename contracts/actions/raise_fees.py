"""What the market charges for a signed contract becomes an obligation of each side, once."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from accounts.models import Organisation
from accounts.states import OrganisationKind
from billing.actions.raise_obligation import raise_obligation
from billing.queries import own_account
from billing.raising import Raised
from billing.states import Kind
from contracts.fees import FEE_DAYS, FEE_DAYS_OURS, fees
from contracts.matter import Matter
from contracts.models import Contract
from contracts.permissions import check_contract
from contracts.queries import fees_owed
from contracts.states import ContractState
from contracts.working import deal_of
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from deals import lawful
from deals.permissions import Do


def raise_fees(uow: UnitOfWork, contract: str) -> Done:
    """By the market, when a contract is signed, by the rules that the deal pinned; doing it twice
    is doing it once. It is owed to the market's operator, on the operator's own account."""
    uow.check(check_contract, contract, Do.ACT)
    at = uow.lock(Contract, contract)
    if at.row.state != ContractState.SIGNED:
        return Done(contract)
    deal, signed_at = deal_of(uow, at.row), at.row.signed_at or at.now
    profile = lawful.pinned(uow, deal)
    operates = select(Organisation.id).where(Organisation.kind == OrganisationKind.OPERATOR)
    house = uow.session.scalar(operates.order_by(Organisation.registered_at).limit(1))
    asked = fees(profile, Matter.load(at.row.matter or {}).terms)
    if house is None or not asked or fees_owed(uow.session, contract):
        return Done(contract)
    payers = {
        "seller": (deal.seller_org, None),
        "buyer": (deal.buyer_org, deal.buyer_person),
    }
    days = lawful.integer(profile, FEE_DAYS, FEE_DAYS_OURS)
    for side, amount in asked.items():
        organisation, person = payers[side]
        if organisation == house or (organisation is None and person is None):
            continue
        raised = Raised(
            Kind.FEE,
            at.row.stream,
            house,
            amount.minor,
            amount.currency,
            legal_date(signed_at, uow.ports.zone) + timedelta(days),
            payer_org=organisation,
            payer_person=person,
            account=own_account(uow.session, house, amount.currency) or "",
            jurisdiction=deal.jurisdiction,
        )
        owed = raise_obligation(uow, raised).ref
        at.record("fee_charged", side=side, obligation=owed, amount=amount.minor)
    return Done(contract)
