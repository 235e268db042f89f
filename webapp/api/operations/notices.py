"""Public notices: read by anybody, objected to, and shown to hang in the owner's own unit."""

from __future__ import annotations

from typing import Final

from accounts.scopes import Scope
from core.errors import NotFound
from core.i18n import N_
from deals.actions.object_to_notice import object_to_notice
from deals.actions.show_posting import show_posting
from deals.engine.declaration import Side
from deals.errors import OwnerPosts
from deals.queries.notice_pictures import deal_of_notice, picture_of, pictures_of
from deals.rules import Shown
from reporting.notices import NoticePage, notice_list, notice_page
from webapp.api.calling import Call, Reply
from webapp.api.declaring import Link, operation
from webapp.api.errors import BadCursor
from webapp.api.operations.octets import given, kept
from webapp.api.operations.sharing import page_of
from webapp.api.paging import MOST, pack, unpack
from webapp.api.schemas.common import Page
from webapp.api.schemas.notices import (
    NoticeLineOut,
    NoticesOut,
    ObjectionIn,
    PostingQuery,
    PostingsShownOut,
    PublicNoticeOut,
    line_out,
    postings_out,
    public_notice,
)
from webapp.downloads import OCTETS
from webapp.language import page_language
from webapp.sessions import origin
from webapp.uploads import LARGEST_POSTING, POSTING_KINDS, POSTING_WANTED

TAG: Final = "notices"
_LIST: Final = "notices"
_DEEPEST: Final = 100_000


@operation(
    "GET", "/notices", "listNotices", N_("Public notices, those that end soonest first"), TAG,
    query=Page, answer=NoticesOut, links=(Link("readNotice", "notice", "/items/0/id"),),
)  # fmt: skip
def list_notices(call: Call) -> Reply:
    page, size = _place(call.query)
    with call.look() as at:
        rows, total = notice_list(at.session, at.now, page_language(), page=page, size=size)
    items = [NoticeLineOut(**line_out(row), url=page_of("notice", row.id)) for row in rows]
    following = pack(_LIST, page + 1, size) if page * size < total else None
    return Reply(NoticesOut(items=items, next=following))


def _place(asked: Page) -> tuple[int, int]:
    """(page, size); a list goes on in parts of the size in which it began. Raises BadCursor."""
    if asked.cursor is None:
        return 1, asked.limit
    page, size = unpack(_LIST, asked.cursor, int, int)
    if not (1 <= page <= _DEEPEST and 1 <= size <= MOST):
        raise BadCursor
    return page, size


def _notice(call: Call) -> NoticePage:
    id = call.id("notice")
    with call.look() as at:
        found = notice_page(at.session, at.now, id, page_language())
    if found is None:
        raise NotFound(ref=f"notice:{id}")
    return found


def _public(call: Call) -> Reply:
    found = _notice(call)
    return Reply(public_notice(found, page_of("notice", found.row.id)))


@operation(
    "GET", "/notices/{notice}", "readNotice", N_("One public notice as it was posted"), TAG,
    answer=PublicNoticeOut,
)  # fmt: skip
def read_notice(call: Call) -> Reply:
    return _public(call)


@operation(
    "POST", "/notices/{notice}/objections", "objectToNotice",
    N_("Object to a running notice, with facts and reasons"), TAG,
    scope=Scope.WRITE_DEALS, body=ObjectionIn, answer=PublicNoticeOut, status=201,
)  # fmt: skip
def object_(call: Call) -> Reply:
    sent, id = call.body, _notice(call).row.id
    call.act(object_to_notice, id, sent.name, sent.contact, sent.text, origin())
    return _public(call)


def _shown(call: Call) -> Reply:
    with call.look() as at:
        _deal, notice, _side = deal_of_notice(at.session, call.actor, call.id("deal"))
        return Reply(postings_out(notice, pictures_of(at.session, notice.id)))


@operation(
    "GET", "/deals/{deal}/notice-postings", "listNoticePostings",
    N_("Pictures of the notice in the owner's own unit"), TAG,
    scope=Scope.READ_DEALS, answer=PostingsShownOut,
    links=(Link("readNoticePosting", "picture", "/items/0/id"),),
)  # fmt: skip
def list_postings(call: Call) -> Reply:
    return _shown(call)


@operation(
    "POST", "/deals/{deal}/notice-postings", "showNoticePosting",
    N_("Show by a picture that the notice hangs in your unit"), TAG,
    scope=Scope.WRITE_DEALS, query=PostingQuery, takes_file=True, answer=PostingsShownOut,
    status=201,
)  # fmt: skip
def show(call: Call) -> Reply:
    """Nobody stores a picture who may not act."""
    asked = call.query
    with call.look() as at:
        _deal, notice, side = deal_of_notice(at.session, call.actor, call.id("deal"))
        id = notice.id
    if side is not Side.SELLER:
        raise OwnerPosts
    sent = kept(call, asked.name, LARGEST_POSTING, POSTING_KINDS, POSTING_WANTED)
    picture = Shown(asked.shows, asked.place, asked.url, sent.sha256, sent.name, sent.size)
    call.act(show_posting, id, picture)
    return _shown(call)


@operation(
    "GET", "/deals/{deal}/notice-postings/{picture}", "readNoticePosting",
    N_("One picture of the notice"), TAG, scope=Scope.READ_DEALS, streams=OCTETS,
)  # fmt: skip
def read_posting(call: Call) -> Reply:
    with call.look() as at:
        row = picture_of(at.session, call.actor, call.id("deal"), call.id("picture"))
        sha256, name = row.sha256, row.name
    return given(call, sha256, name)
