"""The approval steps that an organisation has: read by its members, set and ended by those who
administer it. How a step on one deal is decided is in `decisions.py`."""

from __future__ import annotations

from typing import Final

from accounts.permissions import may_organisation
from accounts.scopes import Scope
from core.errors import NotFound
from core.i18n import N_
from deals.deciding.actions.end_step import end_step
from deals.deciding.actions.set_step import set_step
from deals.deciding.queries import decision_rules
from webapp.api.calling import Call, Reply
from webapp.api.declaring import Link, operation
from webapp.api.schemas.deciding import SetStepsOut, StepIn, step_out
from webapp.language import page_language

TAG: Final = "decisions"


def _shown(call: Call) -> SetStepsOut:
    id = call.id("organisation")
    with call.look() as at:
        may_organisation(at.session, call.actor, "read_members", id)
        rows, people = decision_rules(at.session, id, page_language())
        return SetStepsOut(items=[step_out(row, people) for row in rows])


@operation(
    "GET", "/organisations/{organisation}/approval-steps", "listApprovalSteps",
    N_("The approval steps of an organisation, for its members"), TAG,
    scope=Scope.READ_ORGANISATION, answer=SetStepsOut,
)  # fmt: skip
def list_steps(call: Call) -> Reply:
    return Reply(_shown(call))


@operation(
    "POST", "/organisations/{organisation}/approval-steps", "setApprovalStep",
    N_("Set another step: prices agreed from now on must pass it"), TAG,
    scope=Scope.WRITE_ORGANISATION, body=StepIn, answer=SetStepsOut, status=201,
    links=(Link("endApprovalStep", "rule", "/items/0/id"),),
)  # fmt: skip
def set_(call: Call) -> Reply:
    call.act(set_step, call.id("organisation"), call.body.plain())
    return Reply(_shown(call))


@operation(
    "DELETE", "/organisations/{organisation}/approval-steps/{rule}", "endApprovalStep",
    N_("End a step: prices agreed before keep it"), TAG,
    scope=Scope.WRITE_ORGANISATION, status=204,
)  # fmt: skip
def end(call: Call) -> Reply:
    rule = call.id("rule")
    if rule not in {one.id for one in _shown(call).items}:
        raise NotFound(ref=f"decision_rule:{rule}")
    call.act(end_step, rule)
    return Reply()
