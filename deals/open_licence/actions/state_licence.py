"""The owner's office publishes the statement with which it offers an open licence."""

from __future__ import annotations

from core.errors import Invalid
from core.results import Done
from core.stops import What, refuse_stopped
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from deals.open_licence.models import OpenLicence
from deals.open_licence.register import patent_of
from deals.open_licence.rules import Statement, above_guide, patent_problems, statement_problems
from deals.opening import assets_of
from deals.posting import check_posts
from deals.publishing import publish
from listings.models import Listing


def state_licence(uow: UnitOfWork, listing: str, said: Statement) -> Done:
    """A standing offer until `announce_licence`. The statement never changes. Raises Invalid,
    ListingNotOpen, WayTaken, DealsStopped."""
    uow.check(check_posts, listing)
    uow.check(refuse_stopped, What.DEALS)
    at = uow.lock(Listing, listing)
    today = legal_date(at.now, uow.ports.zone)
    profile = uow.law(at.row.jurisdiction, today)
    if wrong := statement_problems(said, profile):
        raise Invalid(wrong)
    posting = publish(uow, at, said.standing)
    patent = patent_of(uow.session, assets_of(uow.session, at.row.asset), today)
    if wrong := patent_problems(said, patent, profile):
        raise Invalid(wrong)
    row = OpenLicence(
        posting=posting.row.id,
        patent=patent.number if patent else "",
        report=said.report.strip(),
        fee_reason=said.fee_reason.strip(),
    )
    posting.add(row)
    above = list(above_guide(said.posted.terms, profile))
    posting.record("stated", patent=row.patent, above=above, profile=profile.pin)
    return Done(posting.row.id)
