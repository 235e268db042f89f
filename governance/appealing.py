"""What the actions on an appeal share: how long one can be sent, who sends and who decides it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from accounts.permissions import may as may_account
from accounts.queries import answerable
from core.actor import Actor
from core.errors import NotFound
from core.ids import split_ref
from core.law import LegalDate, Profile
from core.times import legal_date
from core.unit_of_work import At
from governance.decisions import Decision
from governance.errors import OwnAppeal
from governance.facts import APPEAL_FACTS
from governance.models import Appeal
from governance.rules import APPEAL_DAYS
from governance.states import AppealAct, after_appeal


def last_day(profile: Profile, decided_at: datetime, zone: ZoneInfo) -> LegalDate:
    """Until when a decision can be appealed."""
    return profile.deadline(APPEAL_DAYS, legal_date(decided_at, zone))


def concerns(session: Session, actor: Actor, found: Decision, now: datetime) -> bool:
    """Is the decision about the actor, or about an organisation that they answer for? Seats are
    not asked: a suspension takes them away."""
    kind, id = split_ref(found.concerns)
    if kind == "person":
        return actor.person is not None and actor.person == id
    return actor.person in answerable(session, id, now)


def may_answer(actor: Actor, row: Appeal) -> bool:
    """Another operator than the first, who neither sent it nor sits where it comes from."""
    involved = actor.person in (row.decided_by, row.sender_person)
    return (
        may_account(actor, "operate")
        and not involved
        and (row.owner_org is None or row.owner_org not in actor.organisations)
    )


def check_answer(session: Session, actor: Actor, appeal: str) -> None:
    """For `uow.check`. Raises NotFound, OwnAppeal."""
    row = session.get(Appeal, appeal)
    if row is None or not may_account(actor, "operate"):
        raise NotFound
    if not may_answer(actor, row):
        raise OwnAppeal


def answer(at: At[Appeal], act: AppealAct, note: str) -> None:
    """Moves a locked appeal. Raises AppealMovedOn."""
    before, at.row.state = at.row.state, after_appeal(at.row.state, act)
    at.row.answered_by, at.row.answered_at = at.uow.actor.person, at.now
    at.row.note = note.strip()
    at.record(f"appeal_{act}", before=before, after=str(at.row.state), about=at.row.about)
    at.fact(APPEAL_FACTS[act])
