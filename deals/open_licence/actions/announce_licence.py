"""The office records that the patent office has announced the open licence."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from core.errors import Invalid
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from deals.models import Posting
from deals.offers import Terms
from deals.open_licence.errors import StatementMovedOn
from deals.open_licence.models import OpenLicence
from deals.open_licence.register import patent_of
from deals.open_licence.rules import Statement, announcement_problems, patent_problems
from deals.opening import assets_of
from deals.posting import Posted, check_office
from listings.models import Asset, Listing
from listings.rights import open_to_all


def announce_licence(uow: UnitOfWork, posting: str, number: str, on: date | None) -> Done:
    """From `on` the patent is under open licence: the register keeps exclusive and sole licences
    away; the chain keeps a digest of the number. Raises Invalid, StatementMovedOn."""
    uow.check(check_office, posting)
    at = uow.lock(Posting, posting)
    row = uow.session.get(OpenLicence, posting)
    if row is None or at.row.state != "open" or row.announced_on is not None:
        raise StatementMovedOn
    today = legal_date(at.now, uow.ports.zone)
    wrong = announcement_problems(number, on, today, None)
    if wrong or on is None:
        raise Invalid(wrong)
    listing = uow.lock(Listing, at.row.listing).row
    assets = [uow.lock(Asset, id).row.id for id in assets_of(uow.session, listing.asset)]
    terms = Terms.load(at.row.terms)
    said = Statement(Posted(at.row.mode, terms), row.report, unsuspended=True)
    patent = patent_of(uow.session, assets, today)
    if wrong := patent_problems(said, patent, uow.law(listing.jurisdiction, today)):
        raise Invalid(wrong)
    row.announced_no, row.announced_on = number.strip(), on
    for asset in assets:
        open_to_all(uow, asset, at.row.stream, on, terms.until)
    digest = sha256((row.announced_no or "").encode()).hexdigest()
    at.record("announced", digest=digest, on=on.isoformat())
    at.fact("posting.announced")
    return Done(posting)
