"""A party withdraws its registration, as long as it has left no quote."""

from __future__ import annotations

from sqlalchemy import select

from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.rounds import deposits
from deals.rounds.advancing import advance
from deals.rounds.deciding import locked_with
from deals.rounds.errors import RegistrationMovedOn
from deals.rounds.models import Quote
from deals.rounds.permissions import check_party
from deals.rounds.states import RegistrationAct, RoundState, registration_after


def leave_round(uow: UnitOfWork, registration: str) -> Done:
    """A quote binds, and so does the list price once the period is over. Raises RoundMovedOn,
    RegistrationMovedOn."""
    uow.check(check_party, registration)
    at, row = locked_with(uow, registration, RoundState.DISCLOSED)
    quoted = select(Quote.n).where(Quote.registration == registration).limit(1)
    if uow.session.scalar(quoted) is not None:
        raise RegistrationMovedOn
    row.state = registration_after(row.state, RegistrationAct.WITHDRAW)
    at.record("left", registration=row.id)
    at.fact("round.left")
    deposits.free_of(uow, at.row, row.organisation)
    advance(uow, at)
    return Done(row.round)
