"""Keeps another state of the registry's form; it may be incomplete."""

from __future__ import annotations

from contracts.registration.errors import FormMovedOn
from contracts.registration.form import Form
from contracts.registration.models import ContractRegistration
from contracts.registration.permissions import check_registration
from contracts.registration.states import RegistrationAct
from contracts.registration.working import add_version, form_of, move
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.permissions import Do


def save_registration_form(uow: UnitOfWork, registration: str, form: Form, answering: int) -> Done:
    """`answering`: the state that the writer had before them. Saving what is there already writes
    nothing. Raises FormMovedOn, ContractRegistrationMovedOn, OtherSideRegisters."""
    uow.check(check_registration, registration, Do.ACT)
    at = uow.lock(ContractRegistration, registration)
    if answering != at.row.versions:
        raise FormMovedOn(version=at.row.versions)
    if form == form_of(uow.session, registration, at.row.versions):
        return Done(registration)
    add_version(at, form)
    move(at, RegistrationAct.SAVE)
    return Done(registration)
