"""The owner's office takes an open listing back, as long as nobody is qualified."""

from __future__ import annotations

from sqlalchemy import select

from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.rounds.advancing import advance, end_round
from deals.rounds.errors import RoundBegun
from deals.rounds.models import Registration, Round
from deals.rounds.permissions import check_office
from deals.rounds.states import RegistrationState, RoundAct


def withdraw_round(uow: UnitOfWork, round_id: str) -> Done:
    """Raises RoundBegun once a party is qualified, RoundMovedOn past the period."""
    uow.check(check_office, round_id)
    at = uow.lock(Round, round_id)
    active = Registration.round == round_id, Registration.state == RegistrationState.ACTIVE
    if uow.session.scalar(select(Registration.id).where(*active).limit(1)) is not None:
        raise RoundBegun
    end_round(uow, at, RoundAct.WITHDRAW, "owner")
    advance(uow, at)
    return Done(round_id)
