"""What contracts do when they hear of deals and of themselves: an ended deal takes its unsigned
contract along; a signed one makes its price and the market's fee due and begins its
registration."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from contracts import facts
from contracts.actions.abandon_contract import abandon_contract
from contracts.actions.raise_fees import raise_fees
from contracts.actions.raise_price import raise_price
from contracts.models import Contract
from contracts.registration.actions.open_registration import open_registration
from contracts.registration.errors import NoRegistry
from contracts.states import RUNNING
from core.facts import Fact, Reaction
from core.ids import split_ref
from core.unit_of_work import UnitOfWork
from deals.actions.begin_trial import begin_trial
from deals.models import Deal
from deals.progress import awaits_contract


def follow_deals(uow: UnitOfWork, heard: Sequence[Fact]) -> None:
    """Abandons what is still running of deals that are over; twice is once."""
    ended = sorted({split_ref(fact.ref)[1] for fact in heard})
    for contract in sorted(uow.find(Contract.id, Contract.deal.in_(ended))):
        at = uow.lock(Contract, contract)
        deal = uow.session.get_one(Deal, at.row.deal)
        if at.row.state in RUNNING and not awaits_contract(deal):
            abandon_contract(uow, contract)


def charge(uow: UnitOfWork, heard: Sequence[Fact]) -> None:
    """Twice is once. Where accounts and deposits of several contracts would be locked out of
    order, the drain delivers each fact alone."""
    for contract in sorted({split_ref(fact.ref)[1] for fact in heard}):
        raise_price(uow, contract)


def charge_fees(uow: UnitOfWork, heard: Sequence[Fact]) -> None:
    """Twice is once; a market without a fee charges nothing."""
    for contract in sorted({split_ref(fact.ref)[1] for fact in heard}):
        raise_fees(uow, contract)


def begin_trials(uow: UnitOfWork, heard: Sequence[Fact]) -> None:
    """Twice is once; a contract of another way begins nothing."""
    named = sorted({split_ref(fact.ref)[1] for fact in heard})
    for deal in sorted(uow.find(Contract.deal, Contract.id.in_(named))):
        begin_trial(uow, deal)


def begin_registration(uow: UnitOfWork, heard: Sequence[Fact]) -> None:
    """Twice is once; where no law asks for a registration, none begins."""
    for contract in sorted({split_ref(fact.ref)[1] for fact in heard}):
        with suppress(NoRegistry):
            open_registration(uow, contract)


_SIGNED: Final = frozenset({facts.CONTRACT_SIGNED})
REACTIONS: Final = (
    Reaction("contracts", frozenset({"deal.walked_away"}), follow_deals),
    Reaction("contract_price", _SIGNED, charge),
    Reaction("contract_fees", _SIGNED, charge_fees),
    Reaction("contract_trial", _SIGNED, begin_trials),
    Reaction("contract_registration", _SIGNED, begin_registration),
)
