"""Organisations: found and read."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import StringConstraints

from accounts.directory import Entry, organisation_entry, organisations_behind
from core.errors import NotFound
from core.i18n import N_
from webapp.api.calling import Call, Reply
from webapp.api.declaring import Link, operation
from webapp.api.operations.octets import given
from webapp.api.operations.sharing import page_of
from webapp.api.paging import pack, unpack
from webapp.api.schemas.common import Page
from webapp.api.schemas.organisations import (
    OrganisationOut,
    OrganisationsOut,
    logo_of,
    organisation_out,
)
from webapp.downloads import OCTETS

TAG: Final = "organisations"
_LIST: Final = "organisations"


class OrganisationsQuery(Page):
    kind: Literal["institute", "firm", "brokerage", "provider"] | None = None
    q: Annotated[str, StringConstraints(max_length=120)] = ""


@operation(
    "GET", "/organisations", "listOrganisations", N_("Organisations that you may read"), TAG,
    query=OrganisationsQuery, answer=OrganisationsOut,
    links=(Link("readOrganisation", "organisation", "/items/0/id"),),
)  # fmt: skip
def list_organisations(call: Call) -> Reply:
    asked = call.query
    last = unpack(_LIST, asked.cursor, str)[0] if asked.cursor else ""
    with call.look() as at:
        rows = organisations_behind(
            at.session, call.actor, last, asked.limit + 1, kind=asked.kind, words=asked.q
        )
    part = rows[: asked.limit]
    following = pack(_LIST, part[-1].row.id) if len(rows) > asked.limit else None
    language = call.actor.language
    items = [organisation_out(one, language, page_of("organisation", one.row.id)) for one in part]
    return Reply(OrganisationsOut(items=items, next=following))


@operation(
    "GET", "/organisations/{organisation}", "readOrganisation", N_("One organisation"), TAG,
    answer=OrganisationOut,
)  # fmt: skip
def read_organisation(call: Call) -> Reply:
    return shown(call, call.id("organisation"))


def shown(call: Call, id: str) -> Reply:
    """The organisation as the caller may see it now."""
    found = _entry(call, id)
    return Reply(organisation_out(found, call.actor.language, page_of("organisation", id)))


def _entry(call: Call, id: str) -> Entry:
    with call.look() as at:
        found = organisation_entry(at.session, call.actor, id)
    if found is None:
        raise NotFound(ref=f"organisation:{id}")
    return found


@operation(
    "GET", "/organisations/{organisation}/logo", "readLogo", N_("The picture of an organisation"),
    TAG, streams=OCTETS,
)  # fmt: skip
def read_logo(call: Call) -> Reply:
    sha256 = logo_of(_entry(call, call.id("organisation")))
    if sha256 is None:
        raise NotFound(ref=f"organisation:{call.id('organisation')}")
    return given(call, sha256, "logo")
