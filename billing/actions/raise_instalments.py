"""A price in instalments becomes one obligation for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from billing.raising import Raised, raise_
from billing.states import Kind
from core.money import allocate
from core.results import Done
from core.unit_of_work import UnitOfWork


def raise_instalments(uow: UnitOfWork, raised: Raised, plan: Sequence[tuple[int, date]]) -> Done:
    """`plan`: weight and last day of each instalment, in their order; the parts sum to the amount
    by largest remainder. The caller has permitted it. Answers the ids, separated by commas.
    Raises Invalid, AccountUnfit; ValueError for a plan without a positive weight."""
    parts = allocate(raised.amount, [weight for weight, _ in plan])
    made = [
        raise_(uow, replace(raised, kind=Kind.INSTALMENT.value, amount=part, due_on=due))
        for part, (_, due) in zip(parts, plan, strict=True)
        if part
    ]
    return Done(",".join(at.row.id for at in made))
