"""An operator proposes a change of the market's rules or letters, or a year's holiday table."""

from __future__ import annotations

from accounts.permissions import may_operate
from core.amendments import Amendment
from core.errors import Invalid
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from governance.amending import Proposed, proposal_problems


def propose_amendment(uow: UnitOfWork, proposed: Proposed) -> Done:
    """Nothing holds before another operator approves it. Raises Invalid."""
    uow.check(may_operate)
    now = uow.now(uow.open())
    today = legal_date(now, uow.ports.zone)
    profile = uow.law(uow.ports.jurisdiction, today)
    book, letters = uow.executor.law, uow.ports.letters
    if problems := proposal_problems(proposed, book, profile, today, letters):
        raise Invalid(problems)
    at = uow.create(
        Amendment(
            kind=proposed.kind,
            name=proposed.name,
            text=proposed.text,
            takes_effect=None if proposed.kind == "holidays" else proposed.takes_effect,
            reason=proposed.reason.strip(),
            reason_en=proposed.reason_en.strip(),
            proposed_by=uow.actor.person,
            proposed_at=now,
        )
    )
    at.record("amendment_proposed", kind=proposed.kind, name=proposed.name)
    at.fact("amendment.proposed")
    return Done(at.row.id)
