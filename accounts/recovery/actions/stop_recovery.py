"""Whoever holds a contact of the account, or is signed in to it, stops its recovery."""

from __future__ import annotations

from accounts.codes import Codes
from accounts.recovery.moving import end, lock_recovery
from core.errors import NotFound
from core.results import Done
from core.unit_of_work import UnitOfWork


def stop_recovery(uow: UnitOfWork, recovery: str, token: str = "") -> Done:
    """`token` is of the letter; without one the actor must be the person. Raises NotFound,
    RecoveryMovedOn."""
    by_letter = Codes(uow.ports.secret).read_token("recovery", token) == recovery
    at, row = lock_recovery(uow, recovery)
    if not by_letter and row.person != uow.actor.person:
        raise NotFound
    end(at, row, "stop")
    return Done(recovery)
