"""Whom the provider named comes in, where an account is linked to them."""

from __future__ import annotations

from sqlalchemy import select

from accounts.factors.models import SignInStep
from accounts.factors.queries import has_factor
from accounts.factors.rules import STEP_LIFE
from accounts.models import Person
from accounts.results import SecondNeeded, SessionOpened
from accounts.sessions import open_session
from accounts.sign_on.checking import Claims
from accounts.sign_on.errors import SignOnOver
from accounts.sign_on.linking import in_force
from accounts.sign_on.models import LinkedIdentity, SignOn
from accounts.sign_on.parties import in_use
from accounts.sign_on.results import Stranger
from accounts.states import PersonState
from core.unit_of_work import At, UnitOfWork


def enter_by_sign_on(
    uow: UnitOfWork,
    sign_on: str,
    claims: Claims,
    token_hash: str,
    agent: str = "",
    network: str = "",
) -> SessionOpened | SecondNeeded | Stranger:
    """The sign-on is one proof: a second factor of ours is asked for as after a password. An
    account is never found by a mail address, only by a link that its owner made. Raises
    SignOnOver, also where the organisation has ended its sign-on meanwhile."""
    i = LinkedIdentity
    linked = i.issuer == claims.issuer, i.subject == claims.subject
    at = None
    for person in sorted(set(uow.find(i.person, *linked))):
        at = uow.lock(Person, person)
        row = uow.session.scalars(
            select(i).where(*linked, i.person == person, *in_force())
        ).one_or_none()
        if row is not None and at.row.state == PersonState.ACTIVE:
            _need_in_use(uow, sign_on, claims)
            row.used_at = at.now
            return _open(at, row, token_hash, agent, network)
    return _remember(uow, sign_on, claims)


def _need_in_use(uow: UnitOfWork, sign_on: str, claims: Claims) -> SignOn:
    session = uow.open()
    row = session.scalars(
        select(SignOn).where(SignOn.id == sign_on).with_for_update()
    ).one_or_none()
    if row is None or row.used_at is None or row.done_at is not None or row.purpose != "enter":
        raise SignOnOver
    provider = in_use(session, row.provider)
    if provider is None or provider.issuer != claims.issuer:
        raise SignOnOver
    return row


def _open(
    at: At[Person], row: LinkedIdentity, token_hash: str, agent: str, network: str
) -> SessionOpened | SecondNeeded:
    if has_factor(at.uow.session, at.row.id):
        step = SignInStep(
            token_hash=token_hash,
            person=at.row.id,
            made_at=at.now,
            expires_at=at.now + STEP_LIFE,
        )
        at.add(step)
        at.record("sign_on_fits", identity=row.id)
        return SecondNeeded(at.row.id)
    session = open_session(at, token_hash, agent, network)
    at.record("signed_in", session=session.id, by="sign_on", identity=row.id)
    return SessionOpened(session.id, at.row.id)


def _remember(uow: UnitOfWork, sign_on: str, claims: Claims) -> Stranger:
    row = _need_in_use(uow, sign_on, claims)
    row.subject, row.name = claims.subject, claims.name or None
    return Stranger(row.id)
