"""The owner's office puts a valuation on file."""

from __future__ import annotations

from core.errors import Invalid
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from listings.models import Asset, Listing, Valuation
from listings.permissions import Do, check_may
from listings.valuing import Valued, valuation_problems


def file_valuation(uow: UnitOfWork, listing: str, said: Valued) -> Done:
    """Evidence for prices: what was posted under an earlier one keeps it. Raises Forbidden,
    NotFound, Invalid."""
    uow.check(check_may, listing, Do.CHECK)
    at = uow.lock(Listing, listing)
    asset = uow.lock(Asset, at.row.asset)
    today = legal_date(asset.now, uow.ports.zone)
    if wrong := valuation_problems(said, uow.law(at.row.jurisdiction, today), today):
        raise Invalid(wrong)
    sha256, file, size = said.document or (None, "", None)
    row = Valuation(
        asset=asset.row.id,
        methods=sorted(set(said.methods)),
        one_method=said.one_method.strip(),
        minor=said.minor,
        currency=said.currency,
        valued_on=said.valued_on,
        valid_until=said.valid_until,
        provider=said.provider.strip(),
        number=said.number.strip(),
        appraisers=[name.strip() for name in said.appraisers if name.strip()],
        sha256=sha256,
        file=file,
        size=size,
        by=uow.actor.person,
        at=asset.now,
    )
    asset.add(row)
    uow.session.flush()
    asset.record("valued", valuation=row.n, value=said.minor, currency=said.currency, report=sha256)
    return Done(str(row.n))
