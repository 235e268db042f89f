"""The result on which an office publishes terms, in whichever mode."""

from __future__ import annotations

from core.errors import NotFound
from core.times import legal_date
from deals.outside import is_asked
from listings.permissions import Do
from listings.queries import ListingPage
from webapp.presenters.posted import currency_for
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.views.workbench.reading import read_listing


def publishable(shown: str) -> tuple[ListingPage, str]:
    """The result, whose office the reader is, and the currency in which it is offered. Asks who
    they are again where that is long ago. Raises NotFound."""
    found = read_listing(need_person(), shown)
    if Do.PUBLISH not in found.may:
        raise NotFound(ref=shown)
    return found, currency_for(found)


def asks_why(owner: str, mode: str) -> bool:
    """Whether the owner says why its price is found in this mode: the form then asks."""
    runtime = the_market()
    with runtime.database.read() as session:
        today = legal_date(runtime.database.now(session), runtime.settings.zone)
        profile = runtime.law.profile(runtime.settings.jurisdiction, today)
        return is_asked(session, owner, profile, mode)
