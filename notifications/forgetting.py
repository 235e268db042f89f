"""Letters to somebody who is erased go, from the queue and from the folder of letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import or_, select

from accounts.models import ContactPoint
from core.unit_of_work import UnitOfWork
from notifications.gateways.port import Gateway
from notifications.models import Dispatch, RefusedAddress


def forget_letters(gateways: Mapping[str, Gateway]) -> Callable[[UnitOfWork, str], None]:
    """An eraser for `core.holdings`; called while the contact points still are there."""

    def forget(uow: UnitOfWork, person: str) -> None:
        session = uow.session
        reached = select(ContactPoint.value).where(ContactPoint.person == person)
        addresses = list(session.scalars(reached))
        theirs = or_(Dispatch.person == person, Dispatch.address.in_(addresses))
        for row in session.scalars(select(Dispatch).where(theirs)):
            gateways[row.channel].forget(row.n)
            session.delete(row)
        refused = select(RefusedAddress).where(RefusedAddress.address.in_(addresses))
        for gone in session.scalars(refused):
            session.delete(gone)

    return forget
