"""An organisation registers for an open listing and accepts its list price."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.errors import Invalid, Problem
from core.i18n import N_
from core.ids import new_id
from core.results import Done
from core.stops import What, refuse_stopped
from core.unit_of_work import At, UnitOfWork
from deals.errors import stop
from deals.opening import assets_of
from deals.posting import check_buys
from deals.relations import is_related
from deals.rounds import law
from deals.rounds.defaults import broke_off_before
from deals.rounds.errors import BrokeOffBefore, RegisteredBefore, RoundMovedOn
from deals.rounds.models import Registration, Round
from deals.rounds.parties import obstacle_of
from deals.rounds.permissions import check_keeps_none
from deals.rounds.states import RoundState
from listings.models import Listing


def register_interest(
    uow: UnitOfWork, round_id: str, organisation: str, *, confirmed: bool, related: bool = False
) -> Done:
    """`confirmed`: the conditions are met and the list price is accepted, says who may say so;
    `related`: declared, and marked to the end. Raises Invalid, Forbidden, RoundMovedOn past the
    period, RegisteredBefore, BrokeOffBefore, KeeperBids, OwnTerms, BuyerNotVetted, DomesticOnly,
    DealsStopped."""
    uow.check(check_buys, organisation)
    uow.check(refuse_stopped, What.DEALS)
    uow.check(_check_confirmed, confirmed)
    uow.check(check_keeps_none, round_id)
    at = uow.lock(Round, round_id)
    if at.row.state != RoundState.DISCLOSED:
        raise RoundMovedOn
    if code := obstacle_of(uow.session, at.row, organisation):
        raise stop(code)
    _refuse_barred(uow, at, organisation)
    same = select(Registration.id).where(
        Registration.round == round_id, Registration.organisation == organisation
    )
    if uow.session.scalar(same) is not None:
        raise RegisteredBefore
    row = Registration(
        id=new_id(),
        round=round_id,
        organisation=organisation,
        person=uow.actor.person,
        at=at.now,
        related=related or _is_related(uow, at, organisation),
    )
    at.add(row)
    at.record("registered", registration=row.id, related=row.related)
    at.fact("round.registered")
    return Done(row.id)


def _refuse_barred(uow: UnitOfWork, at: At[Round], organisation: str) -> None:
    profile = law.pinned(uow, at.row)
    if not law.says(profile, law.BARRED):
        return
    if broke_off_before(uow.session, at.row.listing, organisation):
        raise BrokeOffBefore(citation=profile.value(law.BARRED).cite(uow.actor.language))


def _is_related(uow: UnitOfWork, at: At[Round], organisation: str) -> bool:
    assets = assets_of(uow.session, uow.session.get_one(Listing, at.row.listing).asset)
    return is_related(uow.session, assets, at.row.owner_org, at.now, organisation=organisation)


def _check_confirmed(_session: Session, _actor: Actor, confirmed: bool) -> None:
    if not confirmed:
        said = N_(
            "Confirm the conditions, the list price, and that you may act for the organisation."
        )
        raise Invalid({"confirmed": [Problem("not_confirmed", said)]})
