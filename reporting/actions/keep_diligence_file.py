"""Writes down that a diligence file was taken: who, when, and its hash, in the deal's own chain."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.models import Deal
from reporting.diligence.errors import DealMoved
from reporting.diligence.models import DiligenceFile
from reporting.diligence.permissions import check_may_take


def keep_diligence_file(uow: UnitOfWork, deal: str, sha256: str, size: int, upto: int) -> Done:
    """`upto`: the last entry of the deal's chain that the file holds. Answers the file's hash.

    Raises NotFound, Forbidden, DealMoved.
    """
    uow.check(check_may_take, deal)
    at = uow.lock(Deal, deal)
    if at.seq != upto:
        raise DealMoved
    at.add(
        DiligenceFile(
            deal=deal,
            sha256=sha256,
            size=size,
            upto=upto,
            made_at=at.now,
            made_by=uow.actor.person,
        )
    )
    at.record("diligence_file_taken", file=sha256, size=size)
    return Done(sha256)
