"""What the workbench's views read before they answer."""

from __future__ import annotations

from accounts.queries import organisation_names
from core.actor import Actor
from core.errors import NotFound
from core.ids import parse
from core.times import legal_date
from listings.permissions import WRITERS
from listings.queries import ListingPage, listing_page
from webapp.language import page_language
from webapp.runtime import the_market


def listing_id(shown: str) -> str:
    """The listing that an address names. Raises NotFound."""
    return _id("listing", shown)


def need_id(shown: str) -> str:
    """The need that an address names. Raises NotFound."""
    return _id("need", shown)


def _id(kind: str, shown: str) -> str:
    found = parse(shown)
    if found is None or found[0] != kind:
        raise NotFound(ref=shown)
    return found[1]


def read_listing(actor: Actor, shown: str, language: str | None = None) -> ListingPage:
    """The listing in its original language, unless another is asked for. Raises NotFound."""
    runtime = the_market()
    id = listing_id(shown)
    with runtime.database.read() as session:
        today = legal_date(runtime.database.now(session), runtime.settings.zone)
        page = listing_page(session, actor, id, today, language=language or page_language())
        if page is not None and language is None and page.language != page.text.language:
            page = listing_page(session, actor, id, today, language=page.language)
    if page is None:
        raise NotFound(ref=shown)
    return page


def writable_organisations(actor: Actor) -> list[tuple[str, str]]:
    """(id, name) of the organisations in whose name the actor may write."""
    ids = [seat.organisation for seat in actor.seats if seat.roles & WRITERS and not seat.house]
    with the_market().database.read() as session:
        names = organisation_names(session, ids, page_language())
    return [(id, names.get(id, id)) for id in ids]
