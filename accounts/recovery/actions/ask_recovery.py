"""Somebody whose first proof was right has lost every second one."""

from __future__ import annotations

from accounts.challenges import check_limits, count_attempt
from accounts.factors.errors import StepOver
from accounts.factors.models import SignInStep
from accounts.factors.proving import open_step
from accounts.limits import fingerprint
from accounts.models import Person
from accounts.recovery.errors import RecoveryAsked
from accounts.recovery.models import Recovery
from accounts.recovery.moving import open_recovery
from accounts.recovery.states import LONGEST_NOTE
from core.errors import Invalid, Problem
from core.i18n import N_
from core.ids import new_id
from core.results import Done
from core.unit_of_work import UnitOfWork


def ask_recovery(uow: UnitOfWork, step_hash: str, note: str, origin: str = "") -> Done:
    """`step_hash` is of the token that the password, or the sign-on, earned: a stranger cannot ask.
    Operators are told; nothing changes yet. Raises Invalid, StepOver, RecoveryAsked,
    TooManyAttempts."""
    if not note.strip() or len(note) > LONGEST_NOTE:
        text = N_("Write in at most %(most)s characters how the operator reaches you.")
        raise Invalid({"note": [Problem("note", text, {"most": LONGEST_NOTE})]})
    found = uow.find(SignInStep.person, SignInStep.token_hash == step_hash)
    if not found:
        raise StepOver
    subject = fingerprint(f"recovery:{found[0]}")
    check_limits(uow, "send", subject, origin)
    at = uow.lock(Person, found[0])
    step = open_step(at, step_hash)
    if open_recovery(at) is not None:
        raise RecoveryAsked
    row = Recovery(id=new_id(), person=at.row.id, note=note.strip(), asked_at=at.now)
    at.add(row)
    step.used_at = at.now
    count_attempt(uow, "send", subject, origin)
    at.record("recovery_asked", recovery=row.id)
    at.fact("person.recovery_asked")
    return Done(row.id)
