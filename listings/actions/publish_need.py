"""Show a need to the market, until its deadline or the profile's period ends."""

from __future__ import annotations

from core.errors import Invalid, Problem
from core.i18n import N_
from core.results import Done
from core.times import end_of_day, legal_date
from core.unit_of_work import UnitOfWork
from listings import facts
from listings.errors import Incomplete
from listings.history import move_need
from listings.models import Need, NeedText
from listings.need_rules import EXPIRE_NEED, NEED_PUBLISHED, NeedFilled, need_missing
from listings.permissions import Do, check_may_need
from listings.rules import fields_of
from listings.states import NeedAction


def publish_need(uow: UnitOfWork, need: str) -> Done:
    """A confidential need is matched from now on, and shown to nobody else. Raises Invalid,
    Incomplete."""
    uow.check(check_may_need, need, Do.PUBLISH)
    at = uow.lock(Need, need)
    text = uow.session.get(NeedText, (need, at.row.language))
    move_need(at, NeedAction.PUBLISH)
    today = legal_date(at.now, uow.ports.zone)
    profile = uow.law(uow.ports.jurisdiction, today)
    lacking = need_missing(_filled(at.row, text), profile.codes(NEED_PUBLISHED))
    if "problem" in lacking:
        words = N_("Say in one sentence what is wanted.")
        raise Invalid({"summary": [Problem("missing", words)]})
    if lacking:
        raise Incomplete(fields=fields_of(lacking))
    last = profile.deadline(EXPIRE_NEED, today).day
    if at.row.deadline is not None:
        last = min(last, max(at.row.deadline, today))
    at.row.published_at, at.row.expires_at = at.now, end_of_day(last, uow.ports.zone)
    at.timer("expire", at.row.expires_at)
    at.fact(facts.need_fact(facts.NEED_PUBLISHED, confidential=at.row.confidential))
    return Done(need)


def _filled(row: Need, text: NeedText | None) -> NeedFilled:
    """What the need has; its text in its own language counts, and who wrote it answers where nobody
    else is named."""
    return NeedFilled(
        problem=text is not None and bool(text.summary.strip() or text.description.strip()),
        contact=bool(row.contact_person or row.contact_name or row.author),
        budget=row.budget_high_minor is not None or row.budget_low_minor is not None,
        deadline=row.deadline is not None,
        region=bool(row.region),
        keywords=text is not None and bool(text.keywords),
        classes=bool(row.fields or row.industries),
    )
