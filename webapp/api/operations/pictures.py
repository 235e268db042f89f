"""Pictures of a listing: seen by whoever reads it, added and taken off by its writers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from accounts.scopes import Scope
from core.errors import NotFound
from core.i18n import N_
from listings.actions.add_picture import add_picture
from listings.actions.remove_file import remove_file
from listings.permissions import Do, check_may
from webapp.api.calling import Call, Reply
from webapp.api.declaring import Link, operation
from webapp.api.operations import listings
from webapp.api.operations.octets import given, picture
from webapp.api.schemas.common import FileName, In, Line, Word
from webapp.api.schemas.listing_answers import PicturesOut, pictures_out
from webapp.downloads import OCTETS
from webapp.uploads import LARGEST_PICTURE


class PictureQuery(In):
    name: FileName
    caption_zh: Word = ""
    caption_en: Annotated[Line, Field(max_length=200)] = ""

    def captions(self) -> dict[str, str]:
        said = {"zh": self.caption_zh.strip(), "en": self.caption_en.strip()}
        return {language: text for language, text in said.items() if text}


def _shown(call: Call) -> Reply:
    return Reply(PicturesOut(items=pictures_out(listings.page_for(call, call.id("listing")))))


@operation(
    "GET", "/listings/{listing}/pictures", "listPictures", N_("The pictures of a listing"),
    listings.TAG, answer=PicturesOut, links=(Link("readPicture", "sha256", "/items/0/sha256"),),
)  # fmt: skip
def list_pictures(call: Call) -> Reply:
    return _shown(call)


@operation(
    "GET", "/listings/{listing}/pictures/{sha256}", "readPicture", N_("A picture as pages show it"),
    listings.TAG, streams=OCTETS,
)  # fmt: skip
def read_picture(call: Call) -> Reply:
    page, sha256 = listings.page_for(call, call.id("listing")), call.id("sha256")
    if sha256 not in {one for one, _caption in page.pictures}:
        raise NotFound(ref=f"listing:{page.id}")
    return given(call, sha256, sha256[:12])


@operation(
    "POST", "/listings/{listing}/pictures", "addPicture", N_("Show a picture on a listing"),
    listings.TAG, scope=Scope.WRITE_LISTINGS, query=PictureQuery, takes_file=True,
    answer=PicturesOut, status=201, links=(Link("removePicture", "sha256", "/items/0/sha256"),),
)  # fmt: skip
def add(call: Call) -> Reply:
    listing, asked = call.id("listing"), call.query
    with call.look() as at:
        check_may(at.session, call.actor, listing, Do.EDIT)
    sent = picture(call, asked.name, LARGEST_PICTURE)
    call.act(add_picture, listing, sent.sha256, sent.media_type, sent.size, asked.captions())
    return _shown(call)


@operation(
    "DELETE", "/listings/{listing}/pictures/{sha256}", "removePicture",
    N_("Take a picture off a listing"), listings.TAG, scope=Scope.WRITE_LISTINGS,
)  # fmt: skip
def remove(call: Call) -> Reply:
    call.act(remove_file, call.id("listing"), call.id("sha256"))
    return Reply()
