"""What the import's views read before they answer."""

from __future__ import annotations

from accounts.queries import organisation_names
from core.actor import Actor
from core.errors import Forbidden, NotFound
from core.ids import parse
from listings.importing.permissions import may
from listings.importing.queries import ImportPage, Progress, import_page, import_progress
from webapp.language import page_language
from webapp.runtime import the_market
from webapp.sessions import need_person


def office() -> Actor:
    """The signed-in person who may import for some organisation. Raises Forbidden."""
    actor = need_person()
    if not any(may(actor, organisation) for organisation in actor.organisations):
        raise Forbidden(do="import")
    return actor


def owners(actor: Actor) -> list[tuple[str, str]]:
    """(id, name) of the organisations that the actor may import for, in the order of seats."""
    mine = (seat.organisation for seat in actor.seats if not seat.house)
    ids = dict.fromkeys(one for one in mine if may(actor, one))
    with the_market().database.read() as session:
        found = organisation_names(session, ids, page_language())
    return [(id, found.get(id, id)) for id in ids]


def import_id(shown: str) -> str:
    """The import that an address names. Raises NotFound."""
    found = parse(shown)
    if found is None or found[0] != "import":
        raise NotFound(ref=shown)
    return found[1]


def read_page(actor: Actor, shown: str) -> ImportPage:
    """Raises NotFound, also for those who may not import for the organisation."""
    with the_market().database.read() as session:
        return import_page(session, actor, import_id(shown))


def read_progress(actor: Actor, shown: str) -> Progress:
    with the_market().database.read() as session:
        return import_progress(session, actor, import_id(shown))
