"""What approving and refusing an amendment share."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from accounts.permissions import may_operate
from core.amendments import Amendment
from core.errors import Invalid
from core.i18n import N_, translator
from core.results import Done
from core.times import end_of_day, legal_date
from core.unit_of_work import At, UnitOfWork
from governance.amending import Proposed, proposal_problems
from governance.errors import AmendmentMovedOn, OtherOperatorNeeded
from governance.models import Announcement
from governance.states import Audience

SHOWN_AFTER: Final = timedelta(days=7)
"""So long a change is announced after it took effect."""
TITLE: Final = N_("Change of rules: %(name)s, from %(day)s")
TEXT: Final = N_("%(reason)s The change stands under “Rules of this market”.")


def decide(uow: UnitOfWork, amendment: str, state: str, note: str) -> Done:
    """By another operator than who proposed it; checked again as if proposed today. Raises Invalid,
    NotFound, AmendmentMovedOn, OtherOperatorNeeded."""
    uow.check(may_operate)
    at = uow.lock(Amendment, amendment)
    row = at.row
    if row.state != "proposed":
        raise AmendmentMovedOn
    if row.proposed_by == uow.actor.person:
        raise OtherOperatorNeeded
    if state == "approved":
        today = legal_date(at.now, uow.ports.zone)
        profile = uow.law(uow.ports.jurisdiction, today)
        typed = Proposed(row.kind, row.name, row.text, row.takes_effect, row.reason, row.reason_en)
        book, letters = uow.executor.law, uow.ports.letters
        if problems := proposal_problems(typed, book, profile, today, letters):
            raise Invalid({"": [one for many in problems.values() for one in many]})
    row.state, row.decided_by, row.decided_at = state, uow.actor.person, at.now
    row.note = note.strip()
    at.record(f"amendment_{state}", kind=row.kind, name=row.name, takes_effect=row.takes_effect)
    at.fact(f"amendment.{state}")
    if state == "approved" and row.kind == "profile":
        _announce(uow, at)
    return Done(amendment)


def _announce(uow: UnitOfWork, at: At[Amendment]) -> None:
    """Everybody reads of a change of rules above every page, from its approval until it has held
    for a week (E-Commerce Law, art. 34: in a prominent place)."""
    row = at.row
    if row.takes_effect is None:
        return
    day, title = row.takes_effect, uow.executor.law.title
    said = {
        language: {"name": title(row.name, language), "day": day.isoformat(),
                   "reason": row.said(language)}
        for language in ("zh", "en")
    }  # fmt: skip
    told = uow.create(
        Announcement(
            title=translator("zh").gettext(TITLE) % said["zh"],
            title_en=translator("en").gettext(TITLE) % said["en"],
            text=translator("zh").gettext(TEXT) % said["zh"],
            text_en=translator("en").gettext(TEXT) % said["en"],
            audience=Audience.EVERYBODY,
            starts_at=at.now,
            ends_at=end_of_day(day + SHOWN_AFTER, uow.ports.zone),
            made_by=uow.actor.person,
            made_at=at.now,
        )
    )
    told.record("announced", audience=Audience.EVERYBODY, amendment=row.id)
