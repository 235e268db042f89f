"""A deposit is asked of a payer about one matter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import select

from billing.errors import DepositAsked, DepositTooLarge
from billing.models import Deposit
from billing.raising import Raised, law_of, raise_
from billing.rules import DEPOSIT_CAP, is_within_cap
from billing.states import LIVE, Kind
from core.ids import ref
from core.results import Done
from core.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class DepositAsk:
    """`raised` as for any obligation, whatever its kind says; `base`: the floor price in the same
    minor units, 0 where there is none to measure it by."""

    raised: Raised
    base: int = 0


def ask_deposit(uow: UnitOfWork, ask: DepositAsk) -> Done:
    """The caller has permitted it and holds the lock of what it is about. Answers the id by which
    the deposit is named from then on. Raises DepositTooLarge, DepositAsked, Invalid,
    AccountUnfit."""
    raised = replace(ask.raised, kind=Kind.DEPOSIT.value)
    session = uow.open()
    _refuse_large(uow, ask)
    payer = payer_of(raised)
    live = select(Deposit.obligation).where(
        Deposit.about == raised.about, Deposit.payer == payer, Deposit.state.in_(sorted(LIVE))
    )
    if session.scalar(live) is not None:
        raise DepositAsked
    at = raise_(uow, raised)
    at.add(Deposit(obligation=at.row.id, about=raised.about, payer=payer))
    return Done(at.row.id)


def payer_of(raised: Raised) -> str:
    """Who is asked, as one name: the organisation where there is one."""
    if raised.payer_org:
        return ref("organisation", raised.payer_org)
    return ref("person", raised.payer_person or "")


def _refuse_large(uow: UnitOfWork, ask: DepositAsk) -> None:
    if not ask.base:
        return
    rule = law_of(uow, ask.raised, uow.now(uow.session)).value(DEPOSIT_CAP)
    cap = Decimal(str(rule.value))
    if not is_within_cap(ask.raised.amount, ask.base, cap):
        said = f"{cap * 100:f}".rstrip("0").rstrip(".")
        raise DepositTooLarge(cap=said, citation=rule.cite(uow.actor.language))
