"""What people call a listing, need, inquiry, deal or room that only a reference names."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.ids import PREFIXES, show, split_ref
from datarooms.models import Room
from deals.models import Deal, Inquiry
from listings.models import ListingText, NeedText


def names_of(session: Session, refs: Iterable[str], language: str) -> dict[str, str]:
    """Titles by reference, in `language` where there is one; a short id where nothing has a title.

    For readers who may know of the things already: it asks for no permission.
    """
    wanted = sorted(set(refs))
    about = _listings_behind(session, wanted)
    listings = {id for kind, id in map(split_ref, about.values()) if kind == "listing"}
    needs = {id for kind, id in map(split_ref, about.values()) if kind == "need"}
    titles = _titles(session, ListingText, "listing", listings, language)
    titles |= _titles(session, NeedText, "need", needs, language)
    return {one: titles.get(about[one]) or _shown(one) for one in wanted}


def _listings_behind(session: Session, refs: list[str]) -> dict[str, str]:
    """The listing that an inquiry or a deal is about, and the deal that a room is about."""
    about = {one: one for one in refs}
    of = {kind: [id for k, id in map(split_ref, refs) if k == kind] for kind in PREFIXES}
    for room, deal in session.execute(select(Room.id, Room.ref).where(Room.id.in_(of["room"]))):
        about[f"room:{room}"] = deal
    deals = [id for kind, id in map(split_ref, about.values()) if kind == "deal"]
    behind = dict(session.execute(select(Deal.id, Deal.listing).where(Deal.id.in_(deals))).all())
    asked = select(Inquiry.id, Inquiry.listing).where(Inquiry.id.in_(of["inquiry"]))
    behind |= dict(session.execute(asked).all())
    for one, thing in about.items():
        if (listing := behind.get(split_ref(thing)[1])) is not None:
            about[one] = f"listing:{listing}"
    return about


def _titles(
    session: Session,
    table: type[ListingText] | type[NeedText],
    kind: str,
    ids: set[str],
    language: str,
) -> dict[str, str]:
    head = getattr(table, kind)
    rows = session.execute(
        select(head, table.language, table.original, table.title).where(head.in_(ids))
    ).all()
    ranked = sorted(rows, key=lambda row: (row[1] == language, row[2]))
    return {f"{kind}:{row[0]}": row[3] for row in ranked}


def _shown(ref: str) -> str:
    kind, id = split_ref(ref)
    return show(kind, id)[:12]
