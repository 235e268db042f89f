"""An organisation ends a step of its own decision."""

from __future__ import annotations

from accounts.models import Organisation
from accounts.permissions import may_organisation
from core.errors import NotFound
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.deciding.models import DecisionRule


def end_step(uow: UnitOfWork, rule: str) -> Done:
    """By its administrators; ending it twice is ending it once. Prices that were agreed before
    keep it. Answers the organisation's id. Raises NotFound, Forbidden."""
    found = uow.find(DecisionRule.organisation, DecisionRule.id == rule)
    if not found:
        raise NotFound
    uow.check(may_organisation, "manage", found[0])
    at = uow.lock(Organisation, found[0])
    row = uow.session.get_one(DecisionRule, rule)
    if row.ended_at is None:
        row.ended_at, row.ended_by = at.now, uow.actor.person
        at.record("decision_step_ended", step=rule)
    return Done(found[0])
