"""Another operator approves: two organisations become one, and the old address leads to it."""

from __future__ import annotations

from accounts.models import Organisation
from accounts.permissions import check_uninvolved, may_operate
from accounts.states import OrganisationState
from core.results import Done
from core.unit_of_work import UnitOfWork
from governance.errors import MergeMovedOn, OtherOperatorNeeded
from governance.merging import (
    check_mergeable,
    close_doors,
    hold_rows,
    move_seats,
    move_units,
    take_over,
)
from governance.models import OrganisationMerge


def approve_merge(uow: UnitOfWork, merge: str) -> Done:
    """Seats move; results, needs, deals and money keep the id that they have, and whoever sits in
    the survivor sits there too. No undo is promised. Raises NotFound, MergeMovedOn,
    OtherOperatorNeeded, SecondPersonNeeded, MergeUnlawful."""
    uow.check(may_operate)
    at = uow.lock(OrganisationMerge, merge)
    row = at.row
    if row.state != "proposed":
        raise MergeMovedOn
    if row.proposed_by == uow.actor.person:
        raise OtherOperatorNeeded
    for organisation in (row.absorbed, row.survivor):
        uow.check(check_uninvolved, organisation)
    earlier = uow.find(Organisation.id, Organisation.merged_into == row.absorbed)
    wanted = sorted({row.absorbed, row.survivor, *earlier})
    locked = {id: uow.lock(Organisation, id) for id in wanted}
    hold_rows(uow, wanted)
    uow.check(check_mergeable, row.absorbed, row.survivor, at.now)
    gone, kept = locked[row.absorbed], locked[row.survivor]
    take_over(gone, kept)
    moved = move_seats(gone, kept, move_units(gone, kept))
    close_doors(gone)
    gone.row.state = OrganisationState.MERGED
    for id in {row.absorbed, *earlier}:
        locked[id].row.merged_into = row.survivor
        locked[id].record("merged_into", survivor=row.survivor, merge=merge)
        locked[id].fact("organisation.merged")
    kept.record("absorbed", organisation=row.absorbed, merge=merge, seats=moved)
    kept.fact("organisation.members_changed")
    row.state, row.decided_by, row.decided_at = "approved", uow.actor.person, at.now
    at.record("merge_approved", absorbed=row.absorbed, survivor=row.survivor)
    return Done(merge)
