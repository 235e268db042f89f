"""What deals do when they hear of money: a deal that waits for its fee is looked at again, and so
is a deposit whose forfeiture was dropped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from billing import facts
from billing.models import Obligation
from core.facts import Fact, Reaction
from core.ids import split_ref
from core.unit_of_work import UnitOfWork
from deals.actions.settle_deal import settle_deal
from deals.models import Deal
from deals.rounds.actions.free_deposit import free_deposit


def look_again(uow: UnitOfWork, heard: Sequence[Fact]) -> None:
    """Settling what is not due writes nothing, so twice is once."""
    named = {split_ref(fact.ref)[1] for fact in heard}
    about = uow.find(Obligation.about, Obligation.id.in_(sorted(named)))
    deals = {split_ref(one)[1] for one in about if split_ref(one)[0] == Deal.PREFIX}
    for deal in sorted(uow.find(Deal.id, Deal.id.in_(sorted(deals)))):
        settle_deal(uow, deal)


def free_dropped(uow: UnitOfWork, heard: Sequence[Fact]) -> None:
    """Twice is once: what went back is held no more."""
    for deposit in sorted({split_ref(fact.ref)[1] for fact in heard}):
        free_deposit(uow, deposit)


_FEE: Final = frozenset({facts.PAID, facts.CONFIRMED, facts.REFUSED, facts.REVERSED})
REACTIONS: Final = (
    Reaction("deal_fee", _FEE, look_again),
    Reaction("deal_deposit", frozenset({facts.FORFEIT_DROPPED}), free_dropped),
)
