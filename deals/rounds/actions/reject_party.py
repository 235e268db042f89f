"""The owner's office turns a registration down, with its reason."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core.actor import Actor
from core.errors import Invalid, Problem
from core.i18n import N_
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.rounds.advancing import advance
from deals.rounds.deciding import REASONS, locked_with
from deals.rounds.permissions import check_decides
from deals.rounds.states import RegistrationAct, registration_after
from deals.rules import LONGEST_LINE


def reject_party(uow: UnitOfWork, registration: str, reason: str, note: str = "") -> Done:
    """`reason`: a code of `REASONS`. Raises Invalid, RoundMovedOn, RegistrationMovedOn."""
    uow.check(check_decides, registration)
    uow.check(_check_reason, reason, note)
    at, row = locked_with(uow, registration)
    row.state = registration_after(row.state, RegistrationAct.REJECT)
    row.decided_at, row.decided_by = at.now, uow.actor.person
    row.reason, row.note = reason, note.strip()
    at.record("rejected", registration=row.id, reason=reason)
    at.fact("round.rejected")
    advance(uow, at)
    return Done(row.round)


def _check_reason(_session: Session, _actor: Actor, reason: str, note: str) -> None:
    found: dict[str, list[Problem]] = {}
    if reason not in REASONS:
        found["reason"] = [Problem("reason_unknown", N_("Choose the reason."))]
    if len(note) > LONGEST_LINE:
        text, params = N_("Use at most %(limit)s characters."), {"limit": LONGEST_LINE}
        found["note"] = [Problem("too_long", text, params)]
    if found:
        raise Invalid(found)
