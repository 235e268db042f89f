"""The code came back: the contact is proven and the person active."""

from __future__ import annotations

from sqlalchemy import select

from accounts.challenges import answer_challenge, refuse_proven
from accounts.models import ContactPoint
from accounts.results import SessionOpened, TurnedAway
from accounts.sessions import open_session
from accounts.sign_on.linking import settle_waiting
from accounts.states import PersonState
from core.unit_of_work import UnitOfWork


def confirm_contact(
    uow: UnitOfWork,
    challenge: str,
    code: str,
    token_hash: str,
    agent: str = "",
    origin: str = "",
    network: str = "",
) -> SessionOpened | TurnedAway:
    """Proves the contact point of a sign-up and signs the person in.

    Raises ContactTaken when somebody else proved it in between, TooManyAttempts.
    """
    answered = answer_challenge(uow, challenge, "confirm", code, origin)
    if isinstance(answered, TurnedAway):
        return answered
    at, asked = answered
    point = uow.session.scalars(select(ContactPoint).where(ContactPoint.id == asked.contact)).one()
    refuse_proven(at, point)
    point.verified_at = at.now
    at.row.state = PersonState.ACTIVE
    at.timer("unproven", None)
    settle_waiting(at)
    session = open_session(at, token_hash, agent, network)
    at.record("contact_confirmed", contact=point.id, session=session.id)
    at.fact("person.confirmed")
    return SessionOpened(session.id, at.row.id)
