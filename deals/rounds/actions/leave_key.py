"""A keeper leaves the public half of a key made in their own browser."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core.actor import Actor
from core.errors import Forbidden
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.rounds import law
from deals.rounds.advancing import advance, keys_of
from deals.rounds.errors import KeyKept, RoundMovedOn, UnreadableBox
from deals.rounds.models import Round, RoundKey
from deals.rounds.permissions import check_keeper, is_market
from deals.rounds.sealing import is_key
from deals.rounds.states import RoundState

_EARLY = frozenset({RoundState.DISCLOSED, RoundState.DECIDING, RoundState.KEYS})


def leave_key(uow: UnitOfWork, round_id: str, slot: str, public_key: str) -> Done:
    """`slot`: office or second; `public_key`: X25519 in hexadecimal. Two different people keep
    them; the second is an operator, or of the office too where the law profile allows it. Raises
    KeyKept, RoundMovedOn, Forbidden, UnreadableBox."""
    uow.check(check_keeper, round_id, slot)
    uow.check(_check_form, slot, public_key)
    at = uow.lock(Round, round_id)
    if at.row.state not in _EARLY:
        raise RoundMovedOn
    allowed = slot == "office" or is_market(uow.actor) or law.two_of_office(law.pinned(uow, at.row))
    if not allowed or uow.actor.person is None:
        raise Forbidden(do="keep_key")
    kept = keys_of(uow.session, round_id)
    if slot in kept or uow.actor.person in {key.person for key in kept.values()}:
        raise KeyKept
    at.add(
        RoundKey(
            round=round_id, slot=slot, person=uow.actor.person, public_key=public_key, at=at.now
        )
    )
    at.record("key_left", slot=slot, key=public_key)
    uow.session.flush()
    advance(uow, at)
    return Done(round_id)


def _check_form(_session: Session, _actor: Actor, slot: str, public_key: str) -> None:
    if slot not in {"office", "second"} or not is_key(public_key):
        raise UnreadableBox
