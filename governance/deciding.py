"""What approving and refusing an amendment share."""

from __future__ import annotations

from accounts.permissions import may_operate
from core.amendments import Amendment
from core.errors import Invalid
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from governance.amending import Proposed, proposal_problems
from governance.errors import AmendmentMovedOn, OtherOperatorNeeded


def decide(uow: UnitOfWork, amendment: str, state: str, note: str) -> Done:
    """By another operator than who proposed it; checked again as if proposed today. Raises Invalid,
    NotFound, AmendmentMovedOn, OtherOperatorNeeded."""
    uow.check(may_operate)
    at = uow.lock(Amendment, amendment)
    row = at.row
    if row.state != "proposed":
        raise AmendmentMovedOn
    if row.proposed_by == uow.actor.person:
        raise OtherOperatorNeeded
    if state == "approved":
        today = legal_date(at.now, uow.ports.zone)
        profile = uow.law(uow.ports.jurisdiction, today)
        typed = Proposed(row.kind, row.name, row.text, row.takes_effect, row.reason, row.reason_en)
        if problems := proposal_problems(typed, uow.executor.law, profile, today):
            raise Invalid({"": [one for many in problems.values() for one in many]})
    row.state, row.decided_by, row.decided_at = state, uow.actor.person, at.now
    row.note = note.strip()
    at.record(f"amendment_{state}", kind=row.kind, name=row.name, takes_effect=row.takes_effect)
    at.fact(f"amendment.{state}")
    return Done(amendment)
