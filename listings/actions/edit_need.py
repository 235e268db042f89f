"""Change what a need says."""

from __future__ import annotations

from core.errors import Invalid
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from listings import facts
from listings.errors import StaleEdit
from listings.history import move_need
from listings.inputs import NeedInput
from listings.models import Need
from listings.need_writing import write_need
from listings.permissions import Do, check_may_need
from listings.rules import need_problems
from listings.states import NeedAction, NeedState


def edit_need(uow: UnitOfWork, need: str, change: NeedInput, version: int | None = None) -> Done:
    """`version` is the one the writer saw. Raises Forbidden, Invalid, StaleEdit, WrongState."""
    uow.check(check_may_need, need, Do.EDIT)
    at = uow.lock(Need, need)
    if version is not None and at.row.version != version:
        raise StaleEdit
    if found := need_problems(change, legal_date(at.now, uow.ports.zone)):
        raise Invalid(found)
    was_public = at.row.state == NeedState.PUBLISHED and not at.row.confidential
    move_need(at, NeedAction.EDIT)
    write_need(at, change)
    if was_public and at.row.confidential:
        at.fact(facts.NEED_WITHDRAWN)  # whoever follows the feed must forget it
    elif at.row.state == NeedState.PUBLISHED:
        at.fact(facts.need_fact(facts.NEED_PUBLISHED, confidential=at.row.confidential))
    return Done(need)
