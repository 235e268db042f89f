"""A side says in which country a buyer without an organisation sits: law on exports asks."""

from __future__ import annotations

from core.errors import Invalid
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.border import country_problems
from deals.engine.declaration import Side
from deals.errors import CountryStated, WrongDealState
from deals.models import Deal
from deals.modes import MODES
from deals.permissions import Do, acting_side, check_deal


def state_country(uow: UnitOfWork, deal: str, country: str) -> Done:
    """`country`: two letters of ISO 3166-1, ZZ for one that the form does not name. Either side
    says it first, the owner's side alone corrects it. An organisation's own country is in the
    market's register. Raises Invalid, CountryStated, WrongDealState."""
    uow.check(check_deal, deal, Do.ACT)
    if wrong := country_problems(country):
        raise Invalid({"country": wrong})
    at = uow.lock(Deal, deal)
    side, before = acting_side(uow.actor, at.row), at.row.buyer_country
    state = MODES[at.row.mode].state(at.row.state)
    if state.ended and not state.signed:
        raise WrongDealState
    if at.row.buyer_org is not None or (before is not None and side is not Side.SELLER):
        raise CountryStated
    if before != country:
        at.row.buyer_country = country
        at.record("buyer_country", side=str(side), before=before, after=country)
    return Done(deal)
