"""A firm accepts published terms as they stand: that opens a deal with the price agreed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from accounts.models import Person
from accounts.queries import organisation_names
from core.actor import Actor
from core.errors import Invalid, Problem
from core.i18n import N_
from core.results import Done
from core.stops import What, refuse_stopped
from core.unit_of_work import UnitOfWork
from deals.engine.declaration import Side
from deals.errors import OwnTerms
from deals.models import Posting
from deals.offers import Terms
from deals.opening import Beginning, Party, begin_deal
from deals.posting import check_buys, ineligible
from deals.progress import move
from listings.models import Listing


def take_terms(
    uow: UnitOfWork, posting: str, organisation: str, *, confirmed: bool, related: bool = False
) -> Done:
    """In the name of an organisation. `confirmed`: it meets the conditions, says who accepts;
    `related`: it is related to the owner or a contributor. Nothing binds before a contract.

    Raises Invalid, TermsWithdrawn, WayTaken, OwnTerms, BuyerNotVetted, DomesticOnly,
    DealsStopped.
    """
    uow.check(check_buys, organisation)
    uow.check(refuse_stopped, What.DEALS)
    uow.check(_check_confirmed, confirmed)
    at = uow.lock(Posting, posting)
    listing = uow.lock(Listing, at.row.listing)
    terms = Terms.load(at.row.terms)
    how = Beginning(
        at.row.mode,
        terms.currency,
        _party(uow, organisation),
        posting=posting,
        related=related,
    )
    problem = ineligible(uow.session, at.row, organisation)
    if problem == OwnTerms.code:  # no deal can be begun for the mode to refuse it
        raise OwnTerms
    deal = begin_deal(uow, listing.row, listing.now, how)
    move(uow, deal, "take", Side.BUYER, {"terms": terms, "ineligible": problem}, posting=posting)
    return Done(deal.row.id)


def _check_confirmed(_session: Session, _actor: Actor, confirmed: bool) -> None:
    if not confirmed:
        said = N_("Confirm that the conditions are met and that you may act for the organisation.")
        raise Invalid({"confirmed": [Problem("not_confirmed", said)]})


def _party(uow: UnitOfWork, organisation: str) -> Party:
    person = uow.session.get_one(Person, uow.actor.person)
    firm = organisation_names(uow.session, [organisation], uow.actor.language)
    return Party(person.id, organisation, person.name, firm.get(organisation, ""))
