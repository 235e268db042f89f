"""The office records that the patent office has announced the withdrawal of an open licence."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from core.errors import Invalid
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from deals.models import Posting
from deals.open_licence.errors import StatementMovedOn
from deals.open_licence.models import OpenLicence
from deals.open_licence.rules import announcement_problems
from deals.opening import assets_of
from deals.posting import check_office
from listings.models import Listing
from listings.rights import end_grant


def end_licence(uow: UnitOfWork, posting: str, number: str, on: date | None) -> Done:
    """Licences that arose before stay, and so do notices given before, until their fee is due
    (Patent Law art. 50; the latter is this market's custom). Raises Invalid, StatementMovedOn."""
    uow.check(check_office, posting)
    at = uow.lock(Posting, posting)
    row = uow.session.get(OpenLicence, posting)
    if row is None or row.announced_on is None or at.row.state != "open":
        raise StatementMovedOn
    today = legal_date(at.now, uow.ports.zone)
    wrong = announcement_problems(number, on, today, row.announced_on)
    if wrong or on is None:
        raise Invalid(wrong)
    listing = uow.session.get_one(Listing, at.row.listing)
    row.withdrawn_no, row.withdrawn_on = number.strip(), on
    at.row.state, at.row.ended_at, at.row.ended_by = "withdrawn", at.now, uow.actor.person
    for asset in sorted(assets_of(uow.session, listing.asset)):
        end_grant(uow, asset, at.row.stream)
    digest = sha256((row.withdrawn_no or "").encode()).hexdigest()
    at.record("withdrawal_announced", digest=digest, on=on.isoformat())
    at.fact("posting.withdrawn")
    return Done(posting)
