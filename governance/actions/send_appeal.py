"""Whoever a decision of the operator concerns appeals it, once and in time."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.errors import Invalid, NotFound
from core.holdings import lock_all
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from governance.appealing import concerns, last_day
from governance.decisions import decision
from governance.errors import AppealedAlready, AppealLate
from governance.facts import APPEAL_SENT
from governance.models import Appeal
from governance.rules import APPEAL_DAYS, text_problems


def send_appeal(uow: UnitOfWork, about: str, text: str) -> Done:
    """`about`: the stream that was decided about. Raises Invalid, NotFound, AppealedAlready,
    AppealLate."""
    uow.check(_check_decided, about)
    if problems := text_problems("text", text):
        raise Invalid(problems)
    subject = lock_all(uow, [about])[about]
    found = decision(uow.session, about)
    if found is None or not concerns(uow.session, uow.actor, found, subject.now):
        raise NotFound
    sent = select(Appeal.id).where(Appeal.about == about, Appeal.decision == found.key)
    if uow.session.scalar(sent) is not None:
        raise AppealedAlready
    zone = uow.ports.zone
    profile = uow.law(uow.ports.jurisdiction, legal_date(found.at, zone))
    last = last_day(profile, found.at, zone).day
    if legal_date(subject.now, zone) > last:
        raise AppealLate(last=last.isoformat())
    at = uow.create(
        Appeal(
            about=about,
            decision=found.key,
            decided_by=found.by,
            owner_org=found.organisation,
            sender_person=uow.actor.person,
            sent_at=subject.now,
            text=text.strip(),
            rule=APPEAL_DAYS,
            profile=profile.pin,
        )
    )
    at.record("appealed", about=about, decision=found.key, profile=profile.pin)
    at.fact(APPEAL_SENT)
    return Done(at.row.id)


def _check_decided(session: Session, _actor: Actor, about: str) -> None:
    if decision(session, about) is None:
        raise NotFound
