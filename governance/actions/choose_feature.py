"""An operator switches a feature on, off, or leaves it to one role."""

from __future__ import annotations

from accounts.permissions import may_operate
from accounts.states import Role
from core.errors import Invalid, Problem
from core.features import FEATURES, Access, FeatureChoice
from core.i18n import N_
from core.results import Done
from core.unit_of_work import UnitOfWork
from governance.rules import text_problems


def choose_feature(uow: UnitOfWork, feature: str, state: str, role: str, reason: str) -> Done:
    """`role` counts for the state `role` only. Raises Invalid."""
    uow.check(may_operate)
    if problems := _problems(feature, state, role) | text_problems("reason", reason):
        raise Invalid(problems)
    now = uow.now(uow.open())
    at = uow.create(
        FeatureChoice(
            feature=feature,
            state=state,
            role=role if state == Access.ROLE else "",
            reason=reason.strip(),
            made_by=uow.actor.person,
            made_at=now,
        )
    )
    at.record("feature_chosen", feature=feature, state=state, role=at.row.role)
    return Done(at.row.id)


def _problems(feature: str, state: str, role: str) -> dict[str, list[Problem]]:
    known = FEATURES.get(feature)
    if known is None:
        return {"feature": [Problem("feature", N_("Choose a feature."))]}
    if state not in set(Access) or (state == Access.ROLE and not known.people):
        return {"state": [Problem("state", N_("Choose on, off or, where people use it, a role."))]}
    if state == Access.ROLE and role not in set(Role):
        return {"role": [Problem("role", N_("Choose the role to which it stays open."))]}
    return {}
