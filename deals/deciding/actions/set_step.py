"""An organisation sets another step of its own decision."""

from __future__ import annotations

from accounts.models import Organisation
from accounts.permissions import may_organisation
from accounts.queries import people_in
from accounts.states import Role
from core.errors import Invalid
from core.ids import new_id
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.deciding.drawing_up import rules_of
from deals.deciding.models import DecisionRule
from deals.deciding.rules import Gate, gate_problems
from deals.deciding.states import StepKind
from deals.modes import MODES
from listings.kinds import AssetKind, Way


def set_step(uow: UnitOfWork, organisation: str, gate: Gate) -> Done:
    """By its administrators. Prices that are agreed from now on must pass it; those agreed before
    keep the steps they have. Answers the step's id. Raises Invalid, NotFound, Forbidden."""
    uow.check(may_organisation, "manage", organisation)
    at = uow.lock(Organisation, organisation)
    members = people_in(uow.session, organisation, at.now, list(Role))
    count = len(rules_of(uow.session, organisation))
    if wrong := gate_problems(gate, MODES, set(Way), set(AssetKind), members, count):
        raise Invalid(wrong)
    row = DecisionRule(
        id=new_id(), organisation=organisation, position=gate.position, kind=gate.kind,
        name=gate.name.strip(), person=gate.person if gate.kind == StepKind.PERSON else None,
        days=gate.days, modes=list(gate.modes), ways=list(gate.ways), assets=list(gate.assets),
        least_minor=gate.least.minor if gate.least else None,
        currency=gate.least.currency if gate.least else None,
        related_only=gate.related_only, made_at=at.now, made_by=uow.actor.person,
    )  # fmt: skip
    at.add(row)
    at.record("decision_step_set", step=row.id, kind=row.kind, position=row.position)
    return Done(row.id)
