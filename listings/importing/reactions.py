"""Keeps the keys under which alike titles are found, whoever wrote the title."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from core.facts import Fact
from core.ids import split_ref
from core.unit_of_work import UnitOfWork
from listings import facts
from listings.importing.alike import bands
from listings.importing.models import TitleKey
from listings.models import ListingText

TOPICS = frozenset({facts.LISTING_DRAFTED, facts.LISTING_EDITED, facts.LISTING_PUBLISHED})


def note_titles(uow: UnitOfWork, heard: Sequence[Fact]) -> None:
    """Re-reads the original title of each listing, in any order, any number of times."""
    ids = {split_ref(fact.ref)[1] for fact in heard}
    session = uow.open()
    original = (ListingText.listing.in_(ids), ListingText.original.is_(True))
    texts = session.execute(select(ListingText.listing, ListingText.title).where(*original)).all()
    held = {
        key.listing: key
        for key in session.scalars(select(TitleKey).where(TitleKey.listing.in_(ids)))
    }
    for listing, title in texts:
        a, b, c = bands(title)
        key = held.get(listing)
        if key is None:
            row = TitleKey(listing=listing, title=title, band_a=a, band_b=b, band_c=c)
            session.add(row)
        elif key.title != title:
            key.title, key.band_a, key.band_b, key.band_c = title, a, b, c
