"""An operator signs a whole organisation out: its accounts may be in a stranger's hands."""

from __future__ import annotations

from accounts.models import Organisation
from accounts.permissions import may_operate
from accounts.revoking import REVOKE_JOB, end_access_of_members
from core.jobs import start_job
from core.results import Done
from core.unit_of_work import UnitOfWork


def revoke_organisation(uow: UnitOfWork, organisation: str) -> Done:
    """Sessions and tokens of everybody who sits in it, those in other organisations' names too,
    since a person signs in once. Raises NotFound."""
    uow.check(may_operate)
    at = uow.lock(Organisation, organisation)
    count, more = end_access_of_members(uow, organisation, at.now, at.now)
    at.record("members_signed_out", count=count)
    if more:
        start_job(uow, REVOKE_JOB, organisation)
    return Done(organisation)
