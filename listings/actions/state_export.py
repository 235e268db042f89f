"""The owner's office states whether the technology may leave the country, and by what."""

from __future__ import annotations

from core.errors import Invalid
from core.results import Done
from core.unit_of_work import UnitOfWork
from listings.errors import StaleEdit
from listings.exporting import statement_problems, statement_version
from listings.models import Asset, ExportStatement, Listing
from listings.permissions import Do, check_may


def state_export(
    uow: UnitOfWork, listing: str, kind: str, basis: str = "", version: int | None = None
) -> Done:
    """`kind`: a code of `ExportClass`; `basis`: the item of the catalogue, or why none fits.

    A later statement replaces it; talks and signing with a buyer abroad look at the newest.
    `version` is the one the writer saw. Raises Forbidden, NotFound, Invalid, StaleEdit.
    """
    uow.check(check_may, listing, Do.CHECK)
    if problems := statement_problems(kind, basis):
        raise Invalid(problems)
    at = uow.lock(Listing, listing)
    asset = uow.lock(Asset, at.row.asset)
    row = uow.session.get(ExportStatement, asset.row.id)
    if version is not None and version != statement_version(row):
        raise StaleEdit
    before = row.kind if row is not None else None
    if row is None:
        row = ExportStatement(asset=asset.row.id)
        asset.add(row)
    row.kind, row.basis = kind, basis.strip()
    row.by, row.at = str(uow.actor.person), asset.now
    asset.record("export_stated", export=kind, before=before)
    return Done(listing)
