"""Begins the contract of a confirmed deal with what the deal carries over."""

from __future__ import annotations

from sqlalchemy import select

from contracts import facts
from contracts.drawing_up import first_draft, matter_of
from contracts.errors import DealNotConfirmed
from contracts.models import Contract
from contracts.numbers import next_number
from contracts.states import ContractState
from contracts.working import add_version
from core.ids import new_id
from core.results import Done
from core.stops import What, refuse_stopped
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from deals import lawful
from deals.models import Deal
from deals.permissions import Do, check_deal
from deals.progress import awaits_contract


def open_contract(uow: UnitOfWork, deal: str) -> Done:
    """By either side. Raises DealNotConfirmed for a deal without a standing price, or with a
    contract that was not abandoned; DealsStopped."""
    uow.check(check_deal, deal, Do.ACT)
    uow.check(refuse_stopped, What.DEALS)
    of_deal = uow.lock(Deal, deal)
    running = select(Contract.id).where(
        Contract.deal == deal, Contract.state != ContractState.ABANDONED
    )
    if not awaits_contract(of_deal.row) or uow.session.scalar(running) is not None:
        raise DealNotConfirmed(state=of_deal.row.state)
    id, today = new_id(), legal_date(of_deal.now, uow.ports.zone)
    number = next_number(uow, lawful.pinned(uow, of_deal.row), today, id)
    at = uow.create(
        Contract(
            id=id,
            deal=deal,
            number=number,
            opened_at=of_deal.now,
            opened_by=uow.actor.person,
            state=ContractState.DRAFTING,
            versions=0,
        )
    )
    uow.session.flush()
    matter = matter_of(uow.session, of_deal.row, uow.ports.language)
    add_version(uow, at, of_deal.row, first_draft(matter))
    at.record("opened", deal=deal, profile=of_deal.row.profile)
    at.fact(facts.CONTRACT_OPENED)
    return Done(id)
