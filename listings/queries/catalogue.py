"""Everything public in plain order of publication: what pages show while search is down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from listings.documents import load_listing_documents, load_need_documents
from listings.models import Listing, Need
from listings.states import ListingState, NeedState
from search.documents import Document


@dataclass(frozen=True)
class Catalogue:
    """One page, newest first, as the documents that search would hold."""

    documents: tuple[Document, ...]
    total: int


def catalogue(
    session: Session,
    kinds: tuple[str, ...],
    on: date,
    *,
    owner: str | None = None,
    page: int = 1,
    size: int = 20,
) -> Catalogue:
    """`kinds` as in `search.queries`: listing, need; () is both. `owner` leaves one's own.

    A constant number of statements. An anonymous need is never counted to its owner.
    """
    offered = select(literal("listing").label("kind"), Listing.id, Listing.published_at).where(
        Listing.state == ListingState.PUBLISHED
    )
    wanted = select(literal("need").label("kind"), Need.id, Need.published_at).where(
        Need.state == NeedState.PUBLISHED, Need.confidential.is_(False)
    )
    if owner is not None:
        offered = offered.where(Listing.owner_org == owner)
        wanted = wanted.where(Need.owner_org == owner, Need.anonymous.is_(False))
    asked = [
        part
        for kind, part in (("listing", offered), ("need", wanted))
        if not kinds or kind in kinds
    ]
    rows = union_all(*asked).subquery()
    total = session.scalar(select(func.count()).select_from(rows)) or 0
    shown = session.execute(
        select(rows.c.kind, rows.c.id)
        .order_by(rows.c.published_at.desc(), rows.c.id)
        .offset((page - 1) * size)
        .limit(size)
    ).all()
    by_kind = {kind: [row.id for row in shown if row.kind == kind] for kind in ("listing", "need")}
    found = {
        "listing": load_listing_documents(session, by_kind["listing"], on),
        "need": load_need_documents(session, by_kind["need"]),
    }
    documents = (found[row.kind].get(row.id) for row in shown)
    return Catalogue(tuple(one for one in documents if one is not None), total)
