"""Taking second factors away; only under the person's lock."""

from __future__ import annotations

from sqlalchemy import select

from accounts.factors.errors import FactorNeeded
from accounts.factors.models import Authenticator
from accounts.factors.proving import drop_codes
from accounts.factors.queries import passkeys_of
from accounts.factors.rules import needs_factor
from accounts.models import Person
from accounts.queries import load_actor
from core.unit_of_work import At


def remove_factors(at: At[Person]) -> None:
    """The password alone signs in again, until a new factor is set up."""
    a = Authenticator
    where = a.person == at.row.id, a.removed_at.is_(None)
    for row in at.uow.session.scalars(select(a).where(*where)):
        row.removed_at = at.now
    for key in passkeys_of(at.uow.session, at.row.id):
        key.removed_at = at.now
    drop_codes(at)


def refuse_needed(at: At[Person]) -> None:
    """Raises FactorNeeded where a role of the person must not be without a second factor."""
    seats = load_actor(at.uow.session, at.row.id, at.now).seats
    if any(needs_factor(seat.roles) for seat in seats):
        raise FactorNeeded
