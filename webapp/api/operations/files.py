"""Files of listings and rooms: sent as the body of a request, taken out again as they are."""

from __future__ import annotations

from typing import Any, Literal

from accounts.scopes import Scope
from core.errors import NotFound
from core.i18n import N_
from datarooms.actions.add_room_file import LARGEST, add_room_file
from datarooms.actions.view_file import view_file
from listings.actions.add_file import add_file
from listings.actions.remove_file import remove_file
from listings.kinds import Level
from listings.permissions import Do, check_may
from webapp.api.calling import Call, Reply
from webapp.api.declaring import Link, operation
from webapp.api.operations import deals, listings
from webapp.api.operations.octets import given, kept
from webapp.api.schemas.common import FileName, In
from webapp.api.schemas.deals import DataRoomOut
from webapp.api.schemas.listing_answers import FilesOut, files_out
from webapp.downloads import OCTETS


class ListingFileQuery(In):
    name: FileName
    level: Level = Level.MEMBER


class RoomFileQuery(In):
    name: FileName
    level: Literal["own", "both", "nda"] = "nda"


@operation(
    "GET", "/listings/{listing}/files", "listFiles", N_("The files of a listing"), listings.TAG,
    answer=FilesOut, links=(Link("readFile", "sha256", "/items/0/sha256"),),
)  # fmt: skip
def list_files(call: Call) -> Reply:
    return _named(call)


@operation(
    "GET", "/listings/{listing}/files/{sha256}", "readFile",
    N_("A file, where your level opens it"), listings.TAG, streams=OCTETS,
)  # fmt: skip
def read_file(call: Call) -> Reply:
    sha256 = call.id("sha256")
    for file in listings.page_for(call, call.id("listing")).files:
        if file.sha256 == sha256:
            return given(call, sha256, file.name)
    raise NotFound(ref=f"listing:{call.id('listing')}")


@operation(
    "POST", "/listings/{listing}/files", "addFile", N_("Attach a file to a listing"),
    listings.TAG, scope=Scope.WRITE_LISTINGS, query=ListingFileQuery, takes_file=True,
    answer=FilesOut, status=201, links=(Link("removeFile", "sha256", "/items/0/sha256"),),
)  # fmt: skip
def attach(call: Call) -> Reply:
    listing = call.id("listing")
    with call.look() as at:
        check_may(at.session, call.actor, listing, Do.EDIT)
    sent = kept(call, call.query.name, call.runtime.settings.max_upload)
    call.act(
        add_file, listing, sent.sha256, sent.name, sent.media_type, sent.size, call.query.level
    )
    return _named(call)


@operation(
    "DELETE", "/listings/{listing}/files/{sha256}", "removeFile",
    N_("Take a file off a listing"), listings.TAG, scope=Scope.WRITE_LISTINGS,
)  # fmt: skip
def detach(call: Call) -> Reply:
    call.act(remove_file, call.id("listing"), call.id("sha256"))
    return Reply()


@operation(
    "POST", "/deals/{deal}/files", "addRoomFile", N_("Put a file into the deal's room"),
    deals.TAG, scope=Scope.WRITE_DEALS, query=RoomFileQuery, takes_file=True, answer=DataRoomOut,
    status=201, links=(Link("readRoomFile", "file", "/room/files/0/id"),),
)  # fmt: skip
def put_in_room(call: Call) -> Reply:
    room, asked = deals.room(call), call.query
    sent = kept(call, asked.name, LARGEST)
    call.act(add_room_file, room, asked.level, sent.name, sent.sha256, sent.size, sent.media_type)
    return deals.room_shown(call)


@operation(
    "GET", "/deals/{deal}/files/{file}", "readRoomFile",
    N_("A file of the room; that you took it is recorded"), deals.TAG,
    scope=Scope.READ_DEALS, streams=OCTETS,
)  # fmt: skip
def take_from_room(call: Call) -> Reply:
    taken: Any = call.act(view_file, deals.room(call), call.id("file"))
    return given(call, taken.sha256, taken.name)


def _named(call: Call) -> Reply:
    return Reply(files_out(listings.page_for(call, call.id("listing"))))
