"""The owner's office takes published terms back; what was accepted before stays accepted."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.errors import TermsWithdrawn
from deals.models import Posting
from deals.modes import MODES
from deals.open_licence.errors import LicenceAnnounced
from deals.open_licence.models import OpenLicence
from deals.posting import check_office
from deals.rounds.errors import RoundDecides


def withdraw_terms(uow: UnitOfWork, posting: str) -> Done:
    """Raises TermsWithdrawn where somebody did so before, RoundDecides where a round runs,
    LicenceAnnounced where only the patent office's announcement ends them."""
    uow.check(check_office, posting)
    at = uow.lock(Posting, posting)
    if MODES[at.row.mode].rounds:
        raise RoundDecides
    if at.row.state != "open":
        raise TermsWithdrawn
    statement = uow.session.get(OpenLicence, posting)
    if statement is not None and statement.announced_on is not None:
        raise LicenceAnnounced
    at.row.state, at.row.ended_at, at.row.ended_by = "withdrawn", at.now, uow.actor.person
    at.record("withdrawn")
    at.fact("posting.withdrawn")
    return Done(posting)
