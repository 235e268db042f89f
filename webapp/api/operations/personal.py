"""One's own: who the token is, messages, saved items."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from accounts.actions.edit_profile import edit_profile
from accounts.errors import StaleDetails
from accounts.members import own_account, profile_version
from accounts.scopes import Scope
from core.errors import NotFound
from core.i18n import N_
from core.ids import PREFIXES, parse, ref, show, split_ref
from listings.actions.save_item import save_item
from listings.queries import saved_items
from notifications.actions.mark_read import mark_read
from notifications.queries import messages_before
from notifications.wordings import Wordings
from webapp.api.calling import Call, Reply
from webapp.api.declaring import Link, operation
from webapp.api.errors import VersionStale
from webapp.api.operations.sharing import page_of
from webapp.api.paging import pack, unpack
from webapp.api.schemas.common import LARGEST, In, Language, Line, Out, Page

TAG: Final = "personal"
_MESSAGES: Final = "messages"
Item = Annotated[str, StringConstraints(pattern=r"^(lst|ned)_[0-9a-f]{32}$")]


class OwnSeatOut(Out):
    organisation: str
    name: str
    kind: str
    roles: list[str]


class MeOut(Out):
    """`seats` are those that the token lends in this moment."""

    person: str
    name: str
    latin_name: str
    language: str
    seats: list[OwnSeatOut]


class MeIn(In):
    """`latin_name`: for English pages; empty where the name is written so anyway."""

    name: Annotated[Line, Field(min_length=1, max_length=200)]
    latin_name: Annotated[Line, Field(max_length=200)] = ""
    language: Language


class MessageOut(Out):
    number: int
    text: str
    about: str | None
    at: datetime
    unread: bool


class MessagesOut(Out):
    """`next` is the cursor of what is older; null at the end."""

    items: list[MessageOut]
    next: str | None


class ReadIn(In):
    """Everything up to this number was read."""

    upto: Annotated[int, Field(ge=0, le=LARGEST)]


class SavedOut(Out):
    """`title` is null where it may no longer be read."""

    item: str
    url: str
    note: str
    saved_at: datetime
    title: str | None
    state: str | None


class SavedListOut(Out):
    items: list[SavedOut]


class SaveIn(In):
    item: Item
    note: Line = ""


@operation(
    "GET", "/me", "readMe", N_("Whose token this is, and the seats it lends"), TAG,
    scope=Scope.READ_PERSONAL, answer=MeOut, tagged=True,
)  # fmt: skip
def read_me(call: Call) -> Reply:
    return _me(call)


@operation(
    "PUT", "/me", "editMe", N_("Write how you are named and in which language letters come"), TAG,
    scope=Scope.WRITE_PERSONAL, body=MeIn, answer=MeOut, guarded=True, tagged=True,
)  # fmt: skip
def edit_me(call: Call) -> Reply:
    sent = call.body
    try:
        call.act(edit_profile, sent.name, sent.latin_name, sent.language, version=call.version)
    except StaleDetails:
        raise VersionStale from None
    return _me(call)


def _me(call: Call) -> Reply:
    with call.look() as at:
        account = own_account(at.session, call.actor, at.now)
    lent = call.actor.organisations
    seats = [
        OwnSeatOut(
            organisation=show("organisation", seat.organisation),
            name=seat.organisation_name,
            kind=seat.kind,
            roles=sorted(seat.works),
        )
        for seat in account.seats
        if seat.organisation in lent
    ]
    person = show("person", call.actor.person or "")
    body = MeOut(
        person=person, name=account.name, latin_name=account.latin_name or "",
        language=account.language, seats=seats,
    )  # fmt: skip
    return Reply(body, profile_version(account))


@operation(
    "GET", "/messages", "listMessages", N_("Your messages, newest first"), TAG,
    scope=Scope.READ_PERSONAL, query=Page, answer=MessagesOut,
)  # fmt: skip
def list_messages(call: Call) -> Reply:
    asked, person = call.query, call.actor.person or ""
    before = unpack(_MESSAGES, asked.cursor, int)[0] if asked.cursor else None
    with call.look() as at:
        words = Wordings(call.runtime.law, at.today)
        language, limit = call.actor.language, asked.limit + 1
        rows = messages_before(at.session, person, language, before, limit, words)
    shown = rows[: asked.limit]
    following = pack(_MESSAGES, shown[-1].n) if len(rows) > asked.limit else None
    items = [
        MessageOut(
            number=row.n, text=row.text, about=_about(row.ref), at=row.made_at, unread=row.unread
        )
        for row in shown
    ]
    return Reply(MessagesOut(items=items, next=following))


@operation(
    "POST", "/messages/read", "markRead", N_("Note messages as read"), TAG,
    scope=Scope.WRITE_PERSONAL, body=ReadIn, status=204,
)  # fmt: skip
def read(call: Call) -> Reply:
    call.act(mark_read, call.body.upto)
    return Reply()


@operation(
    "GET", "/saved", "listSaved", N_("What you saved, newest first"), TAG,
    scope=Scope.READ_PERSONAL, answer=SavedListOut,
)  # fmt: skip
def list_saved(call: Call) -> Reply:
    return _saved(call)


def _saved(call: Call) -> Reply:
    with call.look() as at:
        rows = saved_items(at.session, call.actor, call.actor.language)
    items = []
    for row in rows:
        kind, id = split_ref(row.ref)
        items.append(
            SavedOut(
                item=show(kind, id),
                url=page_of(kind, id),
                note=row.note,
                saved_at=row.saved_at,
                title=row.title,
                state=row.state,
            )
        )
    return Reply(SavedListOut(items=items))


@operation(
    "POST", "/saved", "saveItem", N_("Keep a listing or need on your list"), TAG,
    scope=Scope.WRITE_PERSONAL, body=SaveIn, answer=SavedListOut, status=201, refuses=(404,),
    links=(Link("removeItem", "item", "/items/0/item"),),
)  # fmt: skip
def save(call: Call) -> Reply:
    call.act(save_item, ref(*_kind_and_id(call.body.item)), note=call.body.note)
    return _saved(call)


@operation(
    "DELETE", "/saved/{item}", "removeItem", N_("Take it off your list"), TAG,
    scope=Scope.WRITE_PERSONAL, status=204,
)  # fmt: skip
def remove(call: Call) -> Reply:
    call.act(save_item, call.id("item"), keep=False)
    return Reply()


def _kind_and_id(shown: str) -> tuple[str, str]:
    found = parse(shown)
    if found is None:
        raise NotFound(ref=shown)
    return found


def _about(stream: str) -> str | None:
    """The identifier of what a message is about, where it has one that is shown."""
    kind, id = split_ref(stream)
    return show(kind, id) if kind in PREFIXES else None
