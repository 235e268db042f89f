"""A keeper gives the private half after the deadline; with the second one the quotes are opened."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core.actor import Actor
from core.errors import Forbidden
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.rounds.advancing import advance, keys_of
from deals.rounds.errors import RoundMovedOn, WrongKey
from deals.rounds.models import Round
from deals.rounds.opening import open_quotes
from deals.rounds.sealing import is_key, public_of
from deals.rounds.states import RoundState


def give_key(uow: UnitOfWork, round_id: str, private_key: str) -> Done:
    """Raises WrongKey, Forbidden for who keeps none, RoundMovedOn before the deadline and once
    opened. From the opening on both keys are public, so that anybody can open every box again."""
    uow.check(_check_form, private_key)
    at = uow.lock(Round, round_id)
    if at.row.state != RoundState.OPENING:
        raise RoundMovedOn
    keys = keys_of(uow.session, round_id)
    mine = next((key for key in keys.values() if key.person == uow.actor.person), None)
    if mine is None:
        raise Forbidden(do="open_quotes")
    if public_of(private_key) != mine.public_key:
        raise WrongKey
    mine.private_key, mine.given_at = private_key, at.now
    at.record("key_given", slot=mine.slot)
    at.fact("round.key_given")
    if all(key.private_key for key in keys.values()):
        open_quotes(uow, at, keys)
    advance(uow, at)
    return Done(round_id)


def _check_form(_session: Session, _actor: Actor, private_key: str) -> None:
    if not is_key(private_key):
        raise WrongKey
