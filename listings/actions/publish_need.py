"""Show a need to the market, until its deadline or the profile's period ends."""

from __future__ import annotations

from core.errors import Invalid, Problem
from core.i18n import N_
from core.results import Done
from core.times import end_of_day, legal_date
from core.unit_of_work import UnitOfWork
from listings import facts
from listings.history import move_need
from listings.models import Need, NeedText
from listings.need_rules import EXPIRE_NEED
from listings.permissions import Do, check_may_need
from listings.states import NeedAction


def publish_need(uow: UnitOfWork, need: str) -> Done:
    """A confidential need is matched from now on, and shown to nobody else. Raises Invalid."""
    uow.check(check_may_need, need, Do.PUBLISH)
    at = uow.lock(Need, need)
    text = uow.session.get(NeedText, (need, at.row.language))
    move_need(at, NeedAction.PUBLISH)
    if text is None or not (text.summary.strip() or text.description.strip()):
        words = N_("Say in one sentence what is wanted.")
        raise Invalid({"summary": [Problem("missing", words)]})
    today = legal_date(at.now, uow.ports.zone)
    last = uow.law(uow.ports.jurisdiction, today).deadline(EXPIRE_NEED, today).day
    if at.row.deadline is not None:
        last = min(last, max(at.row.deadline, today))
    at.row.published_at, at.row.expires_at = at.now, end_of_day(last, uow.ports.zone)
    at.timer("expire", at.row.expires_at)
    at.fact(facts.need_fact(facts.NEED_PUBLISHED, confidential=at.row.confidential))
    return Done(need)
