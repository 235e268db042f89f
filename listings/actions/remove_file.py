"""Take a file or picture off a listing; the store keeps the bytes."""

from __future__ import annotations

from sqlalchemy import select

from core.results import Done
from core.unit_of_work import UnitOfWork
from listings.models import Listing, ListingFile, Picture
from listings.permissions import Do, check_may


def remove_file(uow: UnitOfWork, listing: str, sha256: str) -> Done:
    """Nothing happens where the listing has no such file."""
    uow.check(check_may, listing, Do.EDIT)
    at = uow.lock(Listing, listing)
    for model in (ListingFile, Picture):
        row = uow.session.scalar(
            select(model).where(model.listing == listing, model.sha256 == sha256)
        )
        if row is not None:
            at.remove(row)
            at.record("file_removed", sha256=sha256)
    return Done(listing)
