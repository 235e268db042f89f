"""What changed since a cursor: everything public, in the sequencer's order."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from core.i18n import N_
from core.ids import show
from listings.public_record import PublicNeed, PublicRecord
from syndication.changes import Changed, changes_since
from webapp.api.calling import Call, Reply
from webapp.api.declaring import operation
from webapp.api.operations.sharing import page_of
from webapp.api.paging import pack, unpack
from webapp.api.schemas.common import Out, Page
from webapp.api.schemas.public import PublicListingOut, PublicNeedOut, public_listing, public_need

TAG: Final = "feeds"
_LIST: Final = "changes"


class ChangeOut(Out):
    """`gone`: forget what you hold of it. Else `listing` or `need` is what everyone may know."""

    id: str
    kind: str
    at: datetime
    gone: bool
    listing: PublicListingOut | None
    need: PublicNeedOut | None


class ChangesOut(Out):
    """`next` never ends: keep it, and ask again with it later. `more`: ask again at once."""

    items: list[ChangeOut]
    next: str
    more: bool


@operation(
    "GET", "/changes", "listChanges", N_("What changed in public since a cursor"), TAG,
    query=Page, answer=ChangesOut,
)  # fmt: skip
def list_changes(call: Call) -> Reply:
    asked = call.query
    since = unpack(_LIST, asked.cursor, int)[0] if asked.cursor else 0
    with call.look() as at:
        found = changes_since(at.session, since, at.today, asked.limit)
    items = [_change(row) for row in found.rows]
    return Reply(ChangesOut(items=items, next=pack(_LIST, found.last), more=found.more))


def _change(row: Changed) -> ChangeOut:
    url, record = page_of(row.kind, row.id), row.public
    return ChangeOut(
        id=show(row.kind, row.id),
        kind=row.kind,
        at=row.at,
        gone=record is None,
        listing=public_listing(record, url) if isinstance(record, PublicRecord) else None,
        need=public_need(record, url) if isinstance(record, PublicNeed) else None,
    )
