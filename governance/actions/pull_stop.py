"""An operator freezes a part of the market at once."""

from __future__ import annotations

from accounts.permissions import may_operate
from accounts.revoking import REVOKE_ALL_JOB
from core.errors import Invalid, Problem
from core.i18n import N_
from core.jobs import start_job
from core.results import Done
from core.stops import HOLDING, Stop, What, is_stopped
from core.unit_of_work import UnitOfWork
from governance.errors import StoppedAlready
from governance.rules import text_problems


def pull_stop(uow: UnitOfWork, what: str, reason: str, reason_en: str = "") -> Done:
    """Everybody reads the reason above every page. `sessions` ends every session, token and half
    sign-in, those of whoever pulls it too, and holds nothing afterwards: its row shuts the door, a
    job writes each person's chain and tells them. Raises Invalid, StoppedAlready."""
    uow.check(may_operate)
    if what not in set(What):
        raise Invalid({"what": [Problem("what", N_("Choose what is stopped."))]})
    if problems := text_problems("reason", reason):
        raise Invalid(problems)
    session = uow.open()
    now = uow.now(session)
    if what in HOLDING and is_stopped(session, What(what)):
        raise StoppedAlready
    at = uow.create(
        Stop(
            what=what,
            reason=reason.strip(),
            reason_en=reason_en.strip(),
            pulled_by=uow.actor.person,
            pulled_at=now,
            released_at=None if what in HOLDING else now,
        )
    )
    at.record("stop_pulled", stopped=what)
    if what not in HOLDING:
        start_job(uow, REVOKE_ALL_JOB, at.row.id)
    at.fact("stop.pulled")
    return Done(at.row.id)
