"""Hands in a change of a registered contract: the form as it now is, and what changed."""

from __future__ import annotations

from contracts.models import Contract
from contracts.registration import facts
from contracts.registration.errors import FormMovedOn
from contracts.registration.form import Form
from contracts.registration.models import ContractRegistration
from contracts.registration.permissions import check_registration
from contracts.registration.reasons import check_reason
from contracts.registration.rules import form_problems
from contracts.registration.states import RegistrationAct
from contracts.registration.working import add_version, expect, law, move, text_of
from core.errors import Invalid
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.permissions import Do


def change_registration(
    uow: UnitOfWork, registration: str, form: Form, answering: int, reason: str
) -> Done:
    """The amounts are those of the supplement, so they are not held against the first price.
    Raises Invalid, FormMovedOn, ContractRegistrationMovedOn."""
    uow.check(check_registration, registration, Do.ACT)
    check_reason(reason)
    at = uow.lock(ContractRegistration, registration)
    if answering != at.row.versions:
        raise FormMovedOn(version=at.row.versions)
    _, draft = text_of(uow.session, uow.session.get_one(Contract, at.row.contract))
    profile, _ = law(uow, at)
    if wrong := form_problems(form, draft, profile):
        raise Invalid(wrong)
    add_version(at, form)
    move(at, RegistrationAct.CHANGE, reason.strip(), profile=profile.pin)
    expect(uow, at, form)
    at.fact(facts.CHANGING)
    return Done(registration)
