"""Another operator refuses a merge, or who proposed it takes it back."""

from __future__ import annotations

from accounts.permissions import may_operate
from core.errors import Invalid
from core.results import Done
from core.unit_of_work import UnitOfWork
from governance.errors import MergeMovedOn
from governance.models import OrganisationMerge
from governance.rules import text_problems


def refuse_merge(uow: UnitOfWork, merge: str, note: str) -> Done:
    """They stay two. Raises Invalid, NotFound, MergeMovedOn."""
    uow.check(may_operate)
    if problems := text_problems("note", note):
        raise Invalid(problems)
    at = uow.lock(OrganisationMerge, merge)
    if at.row.state != "proposed":
        raise MergeMovedOn
    own = at.row.proposed_by == uow.actor.person
    at.row.state, at.row.note = "withdrawn" if own else "refused", note.strip()
    at.row.decided_by, at.row.decided_at = None if own else uow.actor.person, at.now
    at.record(f"merge_{at.row.state}", absorbed=at.row.absorbed, survivor=at.row.survivor)
    return Done(merge)
