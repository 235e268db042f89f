"""The app shows the right code: from now on signing in takes two proofs."""

from __future__ import annotations

from sqlalchemy import select

from accounts.codes import Codes
from accounts.factors.errors import WrongFactor
from accounts.factors.models import Authenticator
from accounts.factors.proving import app_of, matching_step, new_codes
from accounts.factors.queries import has_factor
from accounts.models import Person
from accounts.permissions import is_person
from accounts.results import CodesMade
from accounts.sessions import revoke_all
from core.errors import NotFound
from core.unit_of_work import UnitOfWork


def confirm_app(
    uow: UnitOfWork, authenticator: str, code: str, keep: str | None = None
) -> CodesMade:
    """With the first factor come recovery codes, and every session but `keep` ends, since one proof
    had opened it. A further app takes the place of the one before. Raises WrongFactor, NotFound.
    """
    uow.check(is_person)
    at = uow.lock(Person, uow.actor.person or "")
    a = Authenticator
    where = a.id == authenticator, a.person == at.row.id
    row = uow.session.scalars(select(a).where(*where)).one_or_none()
    if row is None or row.proven_at is not None or row.removed_at is not None:
        raise NotFound
    step = matching_step(Codes(uow.ports.secret).app_secret(row.id), code, at.now, 0)
    if step is None:
        raise WrongFactor
    had, old = has_factor(uow.session, at.row.id), app_of(at)
    if old is not None:
        old.removed_at = at.now
        uow.session.flush()  # the table holds one in force
    row.proven_at, row.last_step = at.now, step
    made = [] if had else new_codes(at)
    revoke_all(at, keep)
    at.record("app_confirmed", authenticator=row.id)
    at.fact("person.factors_changed")
    return CodesMade(made)
