"""Saved searches: what is published later is asked against them."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import Field, StringConstraints

from accounts.scopes import Scope
from core.i18n import N_
from core.ids import show, split_ref
from listings.queries import said_of
from matching.actions.pause_search import pause_search
from matching.actions.remove_search import remove_search
from matching.actions.save_search import save_search
from matching.queries import SearchRow, saved_search, saved_searches
from matching.rules import LONGEST_NAME
from search.documents import FACETS
from webapp.api.calling import Call, Reply
from webapp.api.declaring import Link, operation
from webapp.api.operations.search import FacetsQuery, plain_facet
from webapp.api.operations.sharing import address_of, page_of
from webapp.api.schemas.common import Empty, Keepable
from webapp.api.schemas.saved_searches import (
    SavedMatchOut,
    SavedSearchesOut,
    SavedSearchLineOut,
    SavedSearchOut,
    line_of,
)
from webapp.finding import of_today, to_keep
from webapp.presenters.searching import Asked

TAG: Final = "personal"
_PLACES: Final = {"listings": "/search", "needs": "/needs"}


class SavedSearchIn(FacetsQuery):
    """`literal`: words that are to stay words although they could be read as conditions."""

    what: Literal["listings", "needs"] = "listings"
    name: Annotated[str, StringConstraints(max_length=LONGEST_NAME), Keepable] = ""
    literal: Annotated[
        tuple[Annotated[str, StringConstraints(min_length=1, max_length=80), Keepable], ...],
        Field(max_length=24),
    ] = ()

    def asked(self) -> Asked:
        """As the page's address would ask it."""
        filters = {
            name: tuple(plain_facet(name, value) for value in dict.fromkeys(getattr(self, name)))
            for name in FACETS
            if getattr(self, name)
        }
        return Asked(
            text=" ".join(self.q.split()),
            filters=of_today(filters) if "institute" in filters else filters,
            trl=(self.trl_from, self.trl_to),
            match=self.match,
            literal=self.literal,
        )


@operation(
    "GET", "/saved-searches", "listSavedSearches", N_("Your saved searches, newest first"), TAG,
    scope=Scope.READ_PERSONAL, answer=SavedSearchesOut,
    links=(Link("readSavedSearch", "saved_search", "/items/0/id"),),
)  # fmt: skip
def list_searches(call: Call) -> Reply:
    with call.look() as at:
        rows = saved_searches(at.session, call.actor)
    return Reply(SavedSearchesOut(items=[_line(row) for row in rows]))


def _line(row: SearchRow) -> SavedSearchLineOut:
    return line_of(row, page_of("saved_search", row.id), address_of(row.address))


def _shown(call: Call, id: str) -> Reply:
    with call.look() as at:
        row, matches = saved_search(at.session, call.actor, id)
        named = said_of(at.session, call.actor, [one.ref for one in matches], call.actor.language)
    found = []
    for match in matches:
        if match.ref in named:
            kind, about = split_ref(match.ref)
            found.append(
                SavedMatchOut(
                    item=show(kind, about),
                    url=page_of(kind, about),
                    title=named[match.ref][0],
                    found_at=match.found_at,
                )
            )
    return Reply(SavedSearchOut(**dict(_line(row)), matches=found))


@operation(
    "GET", "/saved-searches/{saved_search}", "readSavedSearch",
    N_("One saved search with what it found since"), TAG,
    scope=Scope.READ_PERSONAL, answer=SavedSearchOut,
)  # fmt: skip
def read_search(call: Call) -> Reply:
    return _shown(call, call.id("saved_search"))


@operation(
    "POST", "/saved-searches", "saveSearch", N_("Keep a search, to be told of what fits later"),
    TAG, scope=Scope.WRITE_PERSONAL, body=SavedSearchIn, answer=SavedSearchOut, status=201,
    links=tuple(Link(name, "saved_search") for name in (
        "readSavedSearch", "pauseSearch", "resumeSearch", "removeSearch"
    )),
)  # fmt: skip
def save(call: Call) -> Reply:
    kept = to_keep(call.body.asked(), _PLACES[call.body.what], call.body.name)
    done: Any = call.act(save_search, kept.name, kept.address, kept.question)
    return _shown(call, split_ref(done.ref)[1])


def _paused(call: Call, *, paused: bool) -> Reply:
    call.act(pause_search, call.id("saved_search"), paused=paused)
    return _shown(call, call.id("saved_search"))


@operation(
    "POST", "/saved-searches/{saved_search}/pause", "pauseSearch",
    N_("Be told of nothing that it finds, for a while"), TAG,
    scope=Scope.WRITE_PERSONAL, body=Empty, answer=SavedSearchOut,
)  # fmt: skip
def pause(call: Call) -> Reply:
    return _paused(call, paused=True)


@operation(
    "POST", "/saved-searches/{saved_search}/resume", "resumeSearch",
    N_("Be told again of what it finds"), TAG,
    scope=Scope.WRITE_PERSONAL, body=Empty, answer=SavedSearchOut,
)  # fmt: skip
def resume(call: Call) -> Reply:
    return _paused(call, paused=False)


@operation(
    "DELETE", "/saved-searches/{saved_search}", "removeSearch",
    N_("Forget a saved search and what it found"), TAG,
    scope=Scope.WRITE_PERSONAL, status=204,
)  # fmt: skip
def remove(call: Call) -> Reply:
    call.act(remove_search, call.id("saved_search"))
    return Reply()
