"""What deciding about a registration shares."""

from __future__ import annotations

from typing import Final

from core.unit_of_work import At, UnitOfWork
from deals.rounds.errors import RoundMovedOn
from deals.rounds.models import Registration, Round
from deals.rounds.states import RoundState

REASONS: Final = ("conditions", "papers", "conflict", "export", "other")
"""Why a registration is turned down by the office."""
_OPEN: Final = (RoundState.DISCLOSED, RoundState.DECIDING)


def locked_with(
    uow: UnitOfWork, registration: str, *states: RoundState
) -> tuple[At[Round], Registration]:
    """The round under its lock, in one of the states, and the registration. Raises RoundMovedOn."""
    (round_id,) = uow.find(Registration.round, Registration.id == registration)
    at = uow.lock(Round, round_id)
    if at.row.state not in (states or _OPEN):
        raise RoundMovedOn
    return at, uow.session.get_one(Registration, registration)
