"""Links by which a person passes a result on, and what came through them."""

from __future__ import annotations

from typing import Any, Final

from accounts.scopes import Scope
from core.i18n import N_
from core.ids import show, split_ref
from listings.actions.make_share_link import make_share_link
from listings.queries import SharedRow, shared_by
from webapp.api.calling import Call, Reply
from webapp.api.declaring import operation
from webapp.api.operations import listings
from webapp.api.operations.sharing import page_of
from webapp.api.schemas.common import Empty
from webapp.api.schemas.shares import ShareOut, SharesOut
from webapp.presenters.showing import market

TAG: Final = "personal"


def _share(row: SharedRow) -> ShareOut:
    kind, id = split_ref(row.ref)
    return ShareOut(
        code=row.code,
        url=f"{market().base_url}/s/{row.code}",
        item=show(kind, id),
        page=page_of(kind, id),
        channel=row.channel,
        created_at=row.created_at,
        visits=row.visits,
    )


@operation(
    "GET", "/shares", "listShares", N_("Links that you made, and how often they were followed"),
    TAG, scope=Scope.READ_PERSONAL, answer=SharesOut,
)  # fmt: skip
def list_shares(call: Call) -> Reply:
    with call.look() as at:
        rows = shared_by(at.session, call.actor)
    return Reply(SharesOut(items=[_share(row) for row in rows]))


@operation(
    "POST", "/listings/{listing}/share", "shareListing", N_("Make your own link to a listing"),
    TAG, scope=Scope.WRITE_PERSONAL, body=Empty, answer=ShareOut, status=201,
)  # fmt: skip
def share(call: Call) -> Reply:
    page = listings.page_for(call, call.id("listing"))
    made: Any = call.act(make_share_link, f"listing:{page.id}")
    with call.look() as at:
        rows = shared_by(at.session, call.actor)
    return Reply(_share(next(row for row in rows if row.code == made.ref)))
