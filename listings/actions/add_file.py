"""Attach a file that the store already holds to a listing, at a disclosure level."""

from __future__ import annotations

from sqlalchemy import select

from core.errors import Invalid, Problem
from core.i18n import N_
from core.models import StoredFile
from core.results import Done
from core.unit_of_work import UnitOfWork
from listings.kinds import Level
from listings.models import Listing, ListingFile
from listings.permissions import Do, check_may

_LONGEST_NAME = 160


def add_file(
    uow: UnitOfWork,
    listing: str,
    sha256: str,
    name: str,
    media_type: str,
    size: int,
    level: Level = Level.MEMBER,
) -> Done:
    """The same bytes twice change the name and level of the first. Raises Forbidden, Invalid."""
    uow.check(check_may, listing, Do.EDIT)
    name = name.replace("\\", "/").rsplit("/", 1)[-1].strip()
    if not name or len(name) > _LONGEST_NAME:
        words = N_("Give the file a name of at most %(most)s characters.")
        raise Invalid({"file": [Problem("name", words, {"most": _LONGEST_NAME})]})
    at = uow.lock(Listing, listing)
    uow.check(check_may, listing, Do.EDIT)
    if uow.session.get(StoredFile, sha256) is None:
        uow.add(StoredFile(sha256=sha256, size=size, media_type=media_type, at=at.now))
    row = uow.session.scalar(
        select(ListingFile).where(ListingFile.listing == listing, ListingFile.sha256 == sha256)
    )
    if row is None:
        row = ListingFile(listing=listing, sha256=sha256, added_at=at.now)
        row.media_type, row.size = media_type, size
        at.add(row)
    row.name, row.level = name, level
    at.record("file_added", sha256=sha256, level=str(level), size=size)
    return Done(listing)
