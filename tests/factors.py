"""What a person's telephone shows, for tests that sign in as those who need one."""

from __future__ import annotations

from sqlalchemy import select

from accounts.codes import Codes
from accounts.factors.models import Authenticator
from accounts.factors.proving import app_of, next_code
from accounts.factors.queries import has_factor, in_force
from accounts.models import Person
from accounts.queries import find_person
from core.actor import SYSTEM
from core.unit_of_work import UnitOfWork


def protect(uow: UnitOfWork, person: str) -> None:
    """An app in force, without typing its first code."""
    at = uow.lock(Person, person)
    if not has_factor(uow.session, person):
        at.add(Authenticator(person=person, made_at=at.now, proven_at=at.now))
        at.record("app_confirmed")


def code_of(executor, person: str) -> str:
    """The code that is taken next."""
    with executor.database.read() as session:
        where = Authenticator.person == person, *in_force()
        app = session.scalars(select(Authenticator).where(*where)).one()
        now = executor.database.now(session)
    return next_code(Codes(executor.ports.secret).app_secret(app.id), now, app.last_step)


def code_by_mail(executor, mail: str) -> str:
    with executor.database.read() as session:
        person = find_person(session, "mail", mail)
    return code_of(executor, person)


def forget_used_codes(executor, mail: str) -> None:
    """As time would do it: the same code serves again, so that tests need not wait."""
    with executor.database.read() as session:
        person = find_person(session, "mail", mail)
    executor.run(SYSTEM, _forget, person)


def _forget(uow: UnitOfWork, person: str) -> None:
    at = uow.lock(Person, person)
    app = app_of(at)
    if app is not None:
        app.last_step = 0
        at.record("app_confirmed")
