"""Begins the registration of a signed contract with what is known already."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from contracts.models import Contract
from contracts.permissions import check_contract
from contracts.registration import facts
from contracts.registration.errors import ContractNotSigned, NoRegistry
from contracts.registration.models import ContractRegistration
from contracts.registration.rules import REGISTERED_BY
from contracts.registration.rules import REMIND as REMIND_DAYS
from contracts.registration.working import REMIND, add_version, begin_form, registering_side
from contracts.states import ContractState
from core.ids import new_id
from core.results import Done
from core.times import end_of_day, legal_date
from core.unit_of_work import UnitOfWork
from deals.lawful import integer
from deals.models import Deal
from deals.permissions import Do

REMIND_DAYS_OURS = 30
"""Calendar days where the profile sets no figure: a custom of this market, no rule of law."""


def open_registration(uow: UnitOfWork, contract: str) -> Done:
    """By either side, or by the market once a contract is signed; the one that is there already
    is answered again. Raises ContractNotSigned; NoRegistry where the profile is silent."""
    uow.check(check_contract, contract, Do.ACT)
    of = uow.lock(Contract, contract)
    known = select(ContractRegistration.id).where(ContractRegistration.contract == contract)
    if (found := uow.session.scalar(known)) is not None:
        return Done(found)
    if of.row.state != ContractState.SIGNED or of.row.signed_at is None:
        raise ContractNotSigned
    deal = uow.session.get_one(Deal, of.row.deal)
    zone, now = uow.ports.zone, of.now
    signed = legal_date(of.row.signed_at, zone)
    profile = uow.law(deal.jurisdiction, legal_date(now, zone))
    if REGISTERED_BY not in profile:
        raise NoRegistry
    form = begin_form(uow.session, deal, of.row, signed)
    days = integer(profile, REMIND_DAYS, REMIND_DAYS_OURS)
    remind_at = end_of_day(signed + timedelta(days=days), zone)
    at = uow.create(
        ContractRegistration(
            id=new_id(),
            contract=contract,
            deal=deal.id,
            side=registering_side(form),
            opened_at=now,
            remind_at=remind_at,
            profile=profile.pin,
            versions=0,
        )
    )
    uow.session.flush()
    add_version(at, form)
    at.record("opened", contract=contract, deal=deal.id, profile=profile.pin)
    at.fact(facts.OPENED)
    if remind_at > at.now:
        at.timer(REMIND, remind_at)
    return Done(at.row.id)
