"""Show a picture on a listing's page."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select

from core.errors import Invalid, Problem
from core.file_types import PICTURES
from core.i18n import N_
from core.models import StoredFile
from core.results import Done
from core.unit_of_work import UnitOfWork
from listings.models import Listing, Picture
from listings.permissions import Do, check_may


def add_picture(
    uow: UnitOfWork,
    listing: str,
    sha256: str,
    media_type: str,
    size: int,
    captions: Mapping[str, str] | None = None,
) -> Done:
    """`captions` by language. Raises Forbidden, Invalid."""
    uow.check(check_may, listing, Do.EDIT)
    if media_type not in PICTURES:
        words = N_("Send the picture as PNG, JPEG or WebP.")
        raise Invalid({"picture": [Problem("media_type", words)]})
    at = uow.lock(Listing, listing)
    if uow.session.get(StoredFile, sha256) is None:
        uow.add(StoredFile(sha256=sha256, size=size, media_type=media_type, at=at.now))
    mine = Picture.listing == listing
    row = uow.session.scalar(select(Picture).where(mine, Picture.sha256 == sha256))
    if row is None:
        count = uow.session.scalar(select(func.count()).select_from(Picture).where(mine)) or 0
        row = Picture(listing=listing, sha256=sha256, media_type=media_type, position=count)
        at.add(row)
    row.captions = dict(captions or {})
    at.record("picture_added", sha256=sha256)
    return Done(listing)
