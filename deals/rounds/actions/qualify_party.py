"""The owner's office finds that a registered organisation meets the conditions."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.errors import stop
from deals.rounds import deposits
from deals.rounds.advancing import advance
from deals.rounds.deciding import locked_with
from deals.rounds.parties import obstacle_of
from deals.rounds.permissions import check_decides
from deals.rounds.states import RegistrationAct, registration_after


def qualify_party(uow: UnitOfWork, registration: str) -> Done:
    """Raises RoundMovedOn, RegistrationMovedOn, KeeperBids, and what stands against the
    organisation today: BuyerNotVetted, DomesticOnly."""
    uow.check(check_decides, registration)
    at, row = locked_with(uow, registration)
    if code := obstacle_of(uow.session, at.row, row.organisation):
        raise stop(code)
    row.state = registration_after(row.state, RegistrationAct.QUALIFY)
    row.decided_at, row.decided_by = at.now, uow.actor.person
    at.record("qualified", registration=row.id)
    at.fact("round.qualified")
    deposits.ask(uow, at, row)
    advance(uow, at)
    return Done(row.round)
