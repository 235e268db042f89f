"""An operator proposes that two organisations are one and the same."""

from __future__ import annotations

from sqlalchemy import or_, select

from accounts.models import Organisation
from accounts.permissions import check_uninvolved, may_operate
from core.errors import Invalid
from core.results import Done
from core.unit_of_work import UnitOfWork
from governance.errors import MergeProposedAlready
from governance.merging import check_mergeable
from governance.models import OrganisationMerge
from governance.rules import text_problems


def propose_merge(uow: UnitOfWork, absorbed: str, survivor: str, reason: str) -> Done:
    """Nothing changes before another operator approves. Raises Invalid, NotFound,
    SecondPersonNeeded, MergeUnlawful, MergeProposedAlready."""
    uow.check(may_operate)
    if problems := text_problems("reason", reason):
        raise Invalid(problems)
    for organisation in (absorbed, survivor):
        uow.check(check_uninvolved, organisation)
    locked = [uow.lock(Organisation, id) for id in sorted({absorbed, survivor})]
    uow.check(check_mergeable, absorbed, survivor, locked[0].now)
    m = OrganisationMerge
    sides = or_(m.absorbed.in_((absorbed, survivor)), m.survivor == absorbed)
    if uow.session.scalar(select(m.id).where(m.state == "proposed", sides).limit(1)):
        raise MergeProposedAlready
    at = uow.create(
        OrganisationMerge(
            absorbed=absorbed, survivor=survivor, reason=reason.strip(),
            proposed_by=uow.actor.person, proposed_at=locked[0].now,
        )
    )  # fmt: skip
    at.record("merge_proposed", absorbed=absorbed, survivor=survivor)
    return Done(at.row.id)
