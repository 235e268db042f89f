"""Write down what a firm looks for."""

from __future__ import annotations

from core.errors import Invalid
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from listings.history import move_need
from listings.inputs import NeedInput
from listings.models import Need
from listings.need_writing import write_need
from listings.permissions import check_may_draft
from listings.rules import need_problems
from listings.states import NeedAction


def draft_need(uow: UnitOfWork, owner_org: str, need: NeedInput) -> Done:
    """Answers with the need's id. Raises Forbidden, Invalid."""
    uow.check(check_may_draft, owner_org)
    now = uow.now(uow.open())
    if found := need_problems(need, legal_date(now, uow.ports.zone)):
        raise Invalid(found)
    at = uow.create(
        Need(
            owner_org=owner_org,
            author=uow.actor.person,
            language=need.language,
            state="draft",
            created_at=now,
            edited_at=now,
        )
    )
    move_need(at, NeedAction.EDIT)
    write_need(at, need)
    return Done(at.row.id)
