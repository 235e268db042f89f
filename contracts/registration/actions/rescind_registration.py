"""Writes down that a registered contract was rescinded and struck out of the register."""

from __future__ import annotations

from contracts.registration import facts
from contracts.registration.models import ContractRegistration
from contracts.registration.permissions import check_registration
from contracts.registration.reasons import check_reason
from contracts.registration.states import RegistrationAct
from contracts.registration.working import move
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.permissions import Do


def rescind_registration(uow: UnitOfWork, registration: str, reason: str) -> Done:
    """The deal stays as it was: what the parties owe each other is for them to settle. Raises
    Invalid, ContractRegistrationMovedOn."""
    uow.check(check_registration, registration, Do.ACT)
    check_reason(reason)
    at = uow.lock(ContractRegistration, registration)
    move(at, RegistrationAct.RESCIND, reason.strip())
    at.fact(facts.RESCINDED)
    return Done(registration)
