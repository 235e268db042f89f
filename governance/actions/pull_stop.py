"""An operator freezes a part of the market at once."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import LoginSession
from accounts.permissions import may_operate
from core.errors import Invalid, Problem
from core.i18n import N_
from core.results import Done
from core.stops import HOLDING, Stop, What, is_stopped
from core.unit_of_work import UnitOfWork
from governance.errors import StoppedAlready
from governance.rules import text_problems


def pull_stop(uow: UnitOfWork, what: str, reason: str, reason_en: str = "") -> Done:
    """Everybody reads the reason above every page. `sessions` signs everybody out, whoever pulls it
    too, and holds nothing afterwards. Raises Invalid, StoppedAlready."""
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
    ended = 0 if what in HOLDING else _sign_everybody_out(uow)
    at.record("stop_pulled", stopped=what, ended=ended)
    at.fact("stop.pulled")
    return Done(at.row.id)


def _sign_everybody_out(uow: UnitOfWork) -> int:
    now = uow.now(uow.session)
    running = select(LoginSession).where(
        LoginSession.revoked_at.is_(None), LoginSession.expires_at > now
    )
    rows = uow.session.scalars(running).all()
    for row in rows:
        row.revoked_at = now
    return len(rows)
