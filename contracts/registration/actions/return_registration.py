"""Writes down that the registry gave the form back, and why."""

from __future__ import annotations

from contracts.registration import facts
from contracts.registration.models import ContractRegistration
from contracts.registration.permissions import check_registration
from contracts.registration.reasons import check_reason
from contracts.registration.states import RegistrationAct
from contracts.registration.working import expect_nothing, move
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.permissions import Do


def return_registration(uow: UnitOfWork, registration: str, reason: str) -> Done:
    """A change that goes back leaves the contract registered as it was. Raises Invalid,
    ContractRegistrationMovedOn."""
    uow.check(check_registration, registration, Do.ACT)
    check_reason(reason)
    at = uow.lock(ContractRegistration, registration)
    move(at, RegistrationAct.RETURN, reason.strip())
    expect_nothing(at)
    at.fact(facts.RETURNED)
    return Done(registration)
