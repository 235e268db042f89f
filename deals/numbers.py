"""Numbers of deals and public notices, given after the fact: what waits for a series then is this
reaction, and never the deal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from core.facts import Fact, Reaction
from core.ids import split_ref
from core.numbering import Pattern, give_number
from core.times import legal_date
from core.unit_of_work import At, UnitOfWork
from deals import lawful
from deals.models import Deal, PublicNotice

DEAL_NUMBER: Final = "numbering.deal"
NOTICE_NUMBER: Final = "numbering.notice"
NUMBER_OURS: Final = "{date}-{id}"
"""Where the profile is silent."""


def give_numbers(uow: UnitOfWork, heard: Sequence[Fact]) -> None:
    """By the rules that each deal pinned; twice is once."""
    named = sorted({split_ref(fact.ref)[1] for fact in heard})
    there = sorted(uow.find(Deal.id, Deal.id.in_(named)))
    for at in [uow.lock(Deal, id) for id in there]:
        if at.row.number is None:
            at.row.number = _number(uow, at, "deal", DEAL_NUMBER, at.row.id)
            at.record("numbered", number=at.row.number)
        for notice in _unnumbered(uow, at):
            notice.number = _number(uow, at, "notice", NOTICE_NUMBER, notice.id)
            at.record("notice_numbered", notice=notice.id, number=notice.number)


def _unnumbered(uow: UnitOfWork, at: At[Deal]) -> Sequence[PublicNotice]:
    n = PublicNotice
    waiting = n.about == at.row.stream, n.number.is_(None)
    return uow.session.scalars(select(n).where(*waiting).order_by(n.begins_at, n.id)).all()


def _number(uow: UnitOfWork, at: At[Deal], kind: str, rule: str, id: str) -> str:
    profile = lawful.pinned(uow, at.row)
    silent = rule not in profile or profile.value(rule).value is None
    pattern = Pattern.parse(NUMBER_OURS if silent else profile.code(rule))

    def taken(number: str) -> bool:
        if kind == "deal":
            found = select(Deal.id).where(Deal.number == number)
        else:
            found = select(PublicNotice.id).where(PublicNotice.number == number)
        return uow.session.scalar(found) is not None

    return give_number(uow, kind, pattern, legal_date(at.now, uow.ports.zone), id, taken)


REACTIONS: Final = (Reaction("numbers", frozenset({"deal.opened", "deal.noticed"}), give_numbers),)
