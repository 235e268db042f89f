"""Writes down that the form was handed in to the registry."""

from __future__ import annotations

from contracts.models import Contract
from contracts.registration import facts
from contracts.registration.errors import FormMovedOn
from contracts.registration.models import ContractRegistration
from contracts.registration.permissions import check_registration
from contracts.registration.rules import form_problems, price_problems
from contracts.registration.states import RegistrationAct
from contracts.registration.working import REMIND, expect, form_of, law, move, text_of
from core.errors import Invalid
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.permissions import Do


def hand_in_registration(uow: UnitOfWork, registration: str, version: int) -> Done:
    """`version`: the state of the form that goes. The day by which the registry decides is counted
    from today. Raises Invalid with what the form lacks, FormMovedOn,
    ContractRegistrationMovedOn."""
    uow.check(check_registration, registration, Do.ACT)
    at = uow.lock(ContractRegistration, registration)
    if version != at.row.versions:
        raise FormMovedOn(version=at.row.versions)
    form = form_of(uow.session, registration, version)
    matter, draft = text_of(uow.session, uow.session.get_one(Contract, at.row.contract))
    profile, _ = law(uow, at)
    if wrong := {**price_problems(form, matter.terms), **form_problems(form, draft, profile)}:
        raise Invalid(wrong)
    move(at, RegistrationAct.HAND_IN, profile=profile.pin)
    expect(uow, at, form)
    at.timer(REMIND, None)
    at.fact(facts.HANDED_IN)
    return Done(registration)
