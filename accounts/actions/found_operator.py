"""The market's own organisation, made once when the market is set up."""

from __future__ import annotations

from sqlalchemy.orm import Session

from accounts.errors import OperatorExists
from accounts.models import Organisation
from accounts.registration import write_names
from accounts.seats import give_seat
from accounts.states import OrganisationKind, OrganisationState, Role
from core.actor import Actor
from core.errors import Forbidden
from core.results import Done
from core.unit_of_work import UnitOfWork


def found_operator(
    uow: UnitOfWork, names: dict[str, str], number: str, person: str, original: str = "zh"
) -> Done:
    """Only the system, and only once: `person` becomes the first operator. Raises OperatorExists,
    Forbidden."""
    uow.check(_once)
    at = uow.create(
        Organisation(
            kind=OrganisationKind.OPERATOR.value,
            state=OrganisationState.VETTED.value,
            number=number,
            registered_at=uow.now(uow.open()),
        )
    )
    write_names(at, names, original)
    give_seat(at, person, [Role.OPERATOR])
    at.record("founded")
    return Done(at.row.id)


def _once(session: Session, actor: Actor) -> None:
    if actor.kind != "system":
        raise Forbidden
    if session.query(Organisation.id).filter_by(kind=OrganisationKind.OPERATOR.value).first():
        raise OperatorExists
