"""Listings: read, drafted, edited, checked, approved, published, confirmed, taken off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from accounts.scopes import Scope
from core.errors import NotFound
from core.i18n import N_
from core.ids import show
from core.results import Result
from deals.queries.promises import promised_on
from listings.actions.approve_listing import approve_listing
from listings.actions.archive_listing import archive_listing
from listings.actions.check_title import Finding, check_title
from listings.actions.confirm_listing import confirm_listing
from listings.actions.confirm_share import confirm_share
from listings.actions.draft_result import draft_result
from listings.actions.edit_listing import edit_listing
from listings.actions.publish_listing import publish_listing
from listings.actions.reopen_listing import reopen_listing
from listings.actions.return_listing import return_listing
from listings.actions.state_export import state_export
from listings.actions.submit_listing import submit_listing
from listings.actions.withdraw_listing import withdraw_listing
from listings.errors import StaleEdit
from listings.kinds import AssetKind
from listings.queries import ListingPage, listing_page
from listings.queries.lists import listings_behind
from listings.queries.register import rights_register
from listings.states import ListingState
from webapp.api.calling import Call, Reply
from webapp.api.declaring import Link, operation
from webapp.api.errors import VersionStale
from webapp.api.operations.sharing import page_of, part, place_of
from webapp.api.schemas.common import Empty, Page, plain_id, shown_id
from webapp.api.schemas.listing_answers import (
    ExportOut,
    ListingLineOut,
    ListingOut,
    ListingsOut,
    export_out,
    listing_out,
    relation_of,
)
from webapp.api.schemas.listings import (
    ExportIn,
    ListingDraft,
    ListingPatch,
    ReturnIn,
    ShareIn,
    TitleCheckIn,
    WithdrawIn,
)

TAG: Final = "listings"
_LIST: Final = "listings"
_FOLLOW: Final = (
    *(Link(name, "listing") for name in ("readListing", "listFiles", "submitListing")),
    Link("editListing", "listing", tagged=True),
)


class ListingsQuery(Page):
    owner: shown_id("organisation") | None = None  # type: ignore[valid-type]
    state: ListingState | None = None
    kind: AssetKind | None = None


@operation(
    "GET", "/listings", "listListings", N_("Listings that you may read, newest first"), TAG,
    query=ListingsQuery, answer=ListingsOut,
    links=(Link("readListing", "listing", "/items/0/id"),),
)  # fmt: skip
def list_listings(call: Call) -> Reply:
    asked = call.query
    place = place_of(_LIST, asked.cursor)
    with call.look() as at:
        rows = listings_behind(
            at.session, call.actor, place, asked.limit + 1,
            owner=plain_id(asked.owner), state=asked.state, kind=asked.kind,
        )  # fmt: skip
    shown, following = part(_LIST, rows, asked.limit, lambda row: (row.created_at, row.id))
    items = [
        ListingLineOut(
            id=show("listing", row.id),
            url=page_of("listing", row.id),
            owner=show("organisation", row.owner_org),
            **{name: getattr(row, name) for name in _SAME},
        )
        for row in shown
    ]
    return Reply(ListingsOut(items=items, next=following))


_SAME: Final = ("kind", "state", "title", "value_line", "owner_name", "trl", "published_at")


def page_for(call: Call, id: str) -> ListingPage:
    with call.look() as at:
        nda = promised_on(at.session, call.actor, id, at.now)
        page = listing_page(
            at.session, call.actor, id, at.today, language=call.actor.language, nda=nda
        )
    if page is None:
        raise NotFound(ref=f"listing:{id}")
    return page


def _shown(call: Call, id: str) -> Reply:
    page = page_for(call, id)
    version = page.version if relation_of(page) == "office" else None
    return Reply(listing_out(page, page_of("listing", id)), version)


@operation(
    "GET", "/listings/{listing}", "readListing", N_("One listing, as far as you may see it"), TAG,
    answer=ListingOut, tagged=True,
)  # fmt: skip
def read_listing(call: Call) -> Reply:
    return _shown(call, call.id("listing"))


@operation(
    "POST", "/listings", "draftListing", N_("Begin a draft"), TAG,
    scope=Scope.WRITE_LISTINGS, body=ListingDraft, answer=ListingOut, status=201, tagged=True,
    links=_FOLLOW,
)  # fmt: skip
def draft(call: Call) -> Reply:
    sent = call.body
    done = call.act(
        draft_result,
        plain_id(sent.owner),
        sent.kind,
        sent.text.plain(),
        sent.more.plain() if sent.more else None,
    )
    return _shown(call, _ref(done))


@operation(
    "PATCH", "/listings/{listing}", "editListing", N_("Change what a listing says"), TAG,
    scope=Scope.WRITE_LISTINGS, body=ListingPatch, answer=ListingOut, guarded=True, tagged=True,
)  # fmt: skip
def edit(call: Call) -> Reply:
    id = call.id("listing")
    try:
        call.act(edit_listing, id, call.body.plain(), call.version)
    except StaleEdit:
        raise VersionStale from None
    return _shown(call, id)


@operation(
    "POST", "/listings/{listing}/title-check", "checkTitle", N_("Answer items of the title check"),
    TAG, scope=Scope.WRITE_LISTINGS, body=TitleCheckIn, answer=ListingOut, tagged=True,
)  # fmt: skip
def title(call: Call) -> Reply:
    findings = {item: Finding(**dict(one)) for item, one in call.body.findings.items()}
    call.act(check_title, call.id("listing"), findings)
    return _shown(call, call.id("listing"))


def _export(call: Call) -> Reply:
    """Raises NotFound for whoever is not of the listing's office."""
    id = call.id("listing")
    page = page_for(call, id)
    if relation_of(page) != "office":
        raise NotFound(ref=f"listing:{id}")
    with call.look() as at:
        return Reply(export_out(rights_register(at.session, page.asset).export))


@operation(
    "GET", "/listings/{listing}/export-statement", "readExportStatement",
    N_("The export class of the technology, as its office stated it"), TAG,
    scope=Scope.READ_ORGANISATION, answer=ExportOut,
)  # fmt: skip
def read_export(call: Call) -> Reply:
    return _export(call)


@operation(
    "POST", "/listings/{listing}/export-statement", "stateExport",
    N_("State whether the technology may leave the country"), TAG,
    scope=Scope.WRITE_LISTINGS, body=ExportIn, answer=ExportOut,
)  # fmt: skip
def state(call: Call) -> Reply:
    call.act(state_export, call.id("listing"), call.body.kind, call.body.basis)
    return _export(call)


@operation(
    "POST", "/listings/{listing}/withdraw", "withdrawListing", N_("Take a listing off the market"),
    TAG, scope=Scope.WRITE_LISTINGS, body=WithdrawIn, answer=ListingOut, tagged=True,
)  # fmt: skip
def withdraw(call: Call) -> Reply:
    call.act(withdraw_listing, call.id("listing"), call.body.reason, call.body.note)
    return _shown(call, call.id("listing"))


@operation(
    "POST", "/listings/{listing}/return", "returnListing", N_("Send a draft back to its author"),
    TAG, scope=Scope.WRITE_LISTINGS, body=ReturnIn, answer=ListingOut, tagged=True,
)  # fmt: skip
def give_back(call: Call) -> Reply:
    call.act(return_listing, call.id("listing"), call.body.reason, call.body.note)
    return _shown(call, call.id("listing"))


@operation(
    "POST", "/listings/{listing}/confirm-share", "confirmShare",
    N_("Confirm the share that the record gives you"), TAG,
    scope=Scope.WRITE_LISTINGS, body=ShareIn, answer=ListingOut, tagged=True,
)  # fmt: skip
def confirm(call: Call) -> Reply:
    page = page_for(call, call.id("listing"))
    call.act(confirm_share, page.asset, call.body.share_bp)
    return _shown(call, page.id)


@dataclass(frozen=True)
class _Step:
    """A step without anything to say but the listing: the use case, and the view of it."""

    action: Callable[..., Result]

    def __call__(self, call: Call) -> Reply:
        call.act(self.action, call.id("listing"))
        return _shown(call, call.id("listing"))


_STEPS: Final[dict[str, tuple[str, Any, str]]] = {
    "submit": ("submitListing", submit_listing, N_("Hand a draft to the transfer office")),
    "approve": ("approveListing", approve_listing, N_("Approve as the second person")),
    "publish": ("publishListing", publish_listing, N_("Publish what was approved")),
    "confirm": ("confirmListing", confirm_listing, N_("Say that the listing still holds")),
    "reopen": ("reopenListing", reopen_listing, N_("Turn what was taken off into a draft again")),
    "archive": ("archiveListing", archive_listing, N_("Put a listing away for good")),
}
for _path, (_name, _action, _summary) in _STEPS.items():
    operation(
        "POST", f"/listings/{{listing}}/{_path}", _name, _summary, TAG,
        scope=Scope.WRITE_LISTINGS, body=Empty, answer=ListingOut, tagged=True,
    )(_Step(_action))  # fmt: skip


def _ref(done: Any) -> str:
    return str(done.ref)
