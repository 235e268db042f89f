"""Organisations: found, read, and their members for who may know them."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import StringConstraints

from accounts.directory import organisation_entry, organisations_behind
from accounts.members import members_page
from accounts.permissions import may_organisation
from accounts.scopes import Scope
from core.errors import NotFound
from core.i18n import N_
from webapp.api.calling import Call, Reply
from webapp.api.declaring import Link, operation
from webapp.api.operations.sharing import page_of
from webapp.api.paging import pack, unpack
from webapp.api.schemas.common import Page
from webapp.api.schemas.organisations import (
    OrganisationOut,
    OrganisationsOut,
    SeatsOut,
    organisation_out,
    seat_out,
)

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
    shown = rows[: asked.limit]
    following = pack(_LIST, shown[-1].row.id) if len(rows) > asked.limit else None
    language = call.actor.language
    items = [organisation_out(one, language, page_of("organisation", one.row.id)) for one in shown]
    return Reply(OrganisationsOut(items=items, next=following))


@operation(
    "GET", "/organisations/{organisation}", "readOrganisation", N_("One organisation"), TAG,
    answer=OrganisationOut,
)  # fmt: skip
def read_organisation(call: Call) -> Reply:
    id = call.id("organisation")
    with call.look() as at:
        found = organisation_entry(at.session, call.actor, id)
    if found is None:
        raise NotFound(ref=f"organisation:{id}")
    return Reply(organisation_out(found, call.actor.language, page_of("organisation", id)))


@operation(
    "GET", "/organisations/{organisation}/members", "listMembers",
    N_("Who belongs to an organisation, for its members"), TAG,
    scope=Scope.READ_ORGANISATION, answer=SeatsOut,
)  # fmt: skip
def list_members(call: Call) -> Reply:
    id = call.id("organisation")
    with call.look() as at:
        may_organisation(at.session, call.actor, "read_members", id)
        page = members_page(at.session, id, at.now, call.actor.language)
    return Reply(SeatsOut(items=[seat_out(seat) for seat in page.seats]))
