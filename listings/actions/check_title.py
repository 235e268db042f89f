"""Answer items of the title check: owner, co-owners, pledge, earlier licences, annuity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.results import Done
from core.unit_of_work import UnitOfWork
from listings import facts
from listings.history import move
from listings.kinds import CheckItem, CheckOutcome
from listings.models import Listing, TitleFinding
from listings.permissions import Do, check_may
from listings.states import ListingAction


@dataclass(frozen=True)
class Finding:
    """`note` names the document seen; `seen_on` the day it was looked at."""

    outcome: CheckOutcome
    note: str = ""
    seen_on: date | None = None


def check_title(uow: UnitOfWork, listing: str, findings: Mapping[CheckItem, Finding]) -> Done:
    """Items not named stay as they were. Raises Forbidden, WrongState."""
    uow.check(check_may, listing, Do.CHECK)
    at = uow.lock(Listing, listing)
    move(at, ListingAction.CHECK_TITLE)
    at.row.handler = at.row.handler or uow.actor.person
    for item, finding in sorted(findings.items()):
        row = uow.session.get(TitleFinding, (listing, item))
        if row is None:
            row = TitleFinding(listing=listing, item=item)
            at.add(row)
        row.outcome, row.note, row.seen_on = finding.outcome, finding.note.strip(), finding.seen_on
        row.by, row.at = uow.actor.person, at.now
        at.record("found", item=str(item), outcome=str(finding.outcome))
    at.fact(facts.LISTING_CHECKED)
    return Done(listing)
