"""A signed contract was not handed in yet, or the registry's time is over without an answer."""

from __future__ import annotations

from contracts.registration import facts
from contracts.registration.models import ContractRegistration
from contracts.registration.states import TO_HAND_IN, WITH_REGISTRY
from contracts.registration.working import ANSWER, REMIND
from core.results import Done
from core.unit_of_work import UnitOfWork


def settle_registration(uow: UnitOfWork, registration: str) -> Done:
    """Timer and Due both come here. Nobody loses anything by it: the side is told, once each."""
    at = uow.lock(ContractRegistration, registration)
    row = at.row
    if at.now >= row.remind_at:
        at.timer(REMIND, None)
        if row.state in TO_HAND_IN and row.reminded_at is None:
            row.reminded_at = at.now
            at.record("reminded")
            at.fact(facts.REMINDED)
    if row.due_at is not None and at.now >= row.due_at:
        at.timer(ANSWER, None)
        row.due_at = None
        at.record("unanswered", expected=row.expected_on)
        if row.state in WITH_REGISTRY:
            at.fact(facts.UNANSWERED)
    return Done(registration)
