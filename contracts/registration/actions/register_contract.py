"""Writes down that the registry recognised the contract, under which number."""

from __future__ import annotations

from datetime import date

from sqlalchemy.exc import IntegrityError

from contracts.registration import facts
from contracts.registration.errors import NumberTaken
from contracts.registration.models import ContractRegistration
from contracts.registration.permissions import check_registration
from contracts.registration.rules import DIGITS, number_problems
from contracts.registration.states import RegistrationAct, RegistrationState
from contracts.registration.working import expect_nothing, form_of, law, move
from core.errors import Invalid
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.actions.register_deal import register_deal
from deals.permissions import Do


def register_contract(
    uow: UnitOfWork, registration: str, number: str, registered_on: date | None
) -> Done:
    """The first time this moves the deal to `registered`; for a change that was handed in, the
    number may stay or be another. Raises Invalid, NumberTaken, ContractRegistrationMovedOn."""
    uow.check(check_registration, registration, Do.ACT)
    at = uow.lock(ContractRegistration, registration)
    first = at.row.state != RegistrationState.CHANGING
    profile, today = law(uow, at)
    signed = form_of(uow.session, registration, at.row.versions).signed_on or today
    if wrong := number_problems(number, registered_on, (signed, today), profile.integer(DIGITS)):
        raise Invalid(wrong)
    move(at, RegistrationAct.REGISTER, number=number)
    at.row.number, at.row.registered_on = number, registered_on
    at.row.registered_version = at.row.versions
    expect_nothing(at)
    try:
        uow.session.flush()
    except IntegrityError as error:
        raise NumberTaken from error
    if first:
        register_deal(uow, at.row.deal, registration=registration, number=number)
    at.fact(facts.REGISTERED)
    return Done(registration)
