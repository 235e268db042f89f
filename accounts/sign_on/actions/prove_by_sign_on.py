"""Before a step that weighs much, a person shows who they are at their institution again."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import Person
from accounts.permissions import is_person
from accounts.results import TurnedAway
from accounts.sessions import note_proof
from accounts.sign_on.checking import Claims
from accounts.sign_on.errors import NotShownAgain, SignOnOver
from accounts.sign_on.linking import in_force
from accounts.sign_on.models import LinkedIdentity, SignOn
from accounts.sign_on.parties import in_use
from accounts.sign_on.rules import CLOCK_SKEW
from core.results import Done
from core.unit_of_work import UnitOfWork


def prove_by_sign_on(
    uow: UnitOfWork, sign_on: str, claims: Claims, session: str
) -> Done | TurnedAway:
    """The session counts as fresh where the provider names who is linked to this account, and says
    that they proved themselves after the journey began: what it remembered is no proof. Answers
    NotShownAgain, which is written down. Raises SignOnOver, NotFound."""
    uow.check(is_person)
    at, i = uow.lock(Person, uow.actor.person or ""), LinkedIdentity
    held = select(SignOn).where(SignOn.id == sign_on).with_for_update()
    journey = uow.session.scalars(held).one_or_none()
    if journey is None or journey.person != at.row.id or journey.purpose != "again":
        raise SignOnOver
    if journey.used_at is None or journey.done_at is not None:
        raise SignOnOver
    provider = in_use(uow.session, journey.provider)
    if provider is None or provider.issuer != claims.issuer:
        raise SignOnOver
    journey.done_at = at.now
    mine = i.person == at.row.id, i.issuer == claims.issuer, i.subject == claims.subject
    row = uow.session.scalars(select(i).where(*mine, *in_force())).one_or_none()
    begun = int(journey.made_at.timestamp()) - CLOCK_SKEW
    if row is None or claims.proven_at is None or claims.proven_at < begun:
        at.record("proof_refused", by="sign_on")
        return TurnedAway(NotShownAgain.code)
    row.used_at = at.now
    note_proof(at, session)
    at.record("proven_again", session=session, by="sign_on", identity=row.id)
    return Done(session)
