"""Anyone reports what is public (E-Commerce Law, arts. 42 and 59)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from accounts.contacts import read_contact
from core.actor import Actor
from core.errors import Invalid, NotFound
from core.results import Done
from core.unit_of_work import UnitOfWork
from governance.facts import COMPLAINT_SENT
from governance.limits import check_complaints
from governance.models import Complaint
from governance.rules import Notice, notice_problems
from governance.states import Kind
from governance.subjects import subject


def send_complaint(uow: UnitOfWork, notice: Notice, source: str = "") -> Done:
    """`source`: from where, for the hourly limit. Raises Invalid, NotFound, TooManyComplaints."""
    uow.check(_check_notice, notice)
    uow.check(_check_public, notice.about)
    session = uow.open()
    now = uow.now(session)
    check_complaints(session, source, now)
    found = subject(session, notice.about)
    if found is None:
        raise NotFound(ref=notice.about)
    contact = read_contact(notice.mail)
    claim = notice.claim.strip() if notice.kind == Kind.INFRINGEMENT else ""
    at = uow.create(
        Complaint(
            about=notice.about,
            owner_org=found.owner_org,
            kind=notice.kind,
            source=source,
            sent_at=now,
            language=uow.actor.language,
            sender_person=uow.actor.person,
            sender_name=notice.name.strip(),
            sender_mail=contact.value if contact else notice.mail.strip(),
            claim=claim,
            text=notice.text.strip(),
        )
    )
    at.record("complained", about=notice.about, kind=notice.kind)
    at.fact(COMPLAINT_SENT)
    return Done(at.row.id)


def _check_notice(_session: Session, _actor: Actor, notice: Notice) -> None:
    contact = read_contact(notice.mail) if notice.mail.strip() else None
    good = contact is not None and contact.kind == "mail"
    if problems := notice_problems(notice, mail_is_good=good):
        raise Invalid(problems)


def _check_public(session: Session, _actor: Actor, about: str) -> None:
    found = subject(session, about)
    if found is None or not found.public:
        raise NotFound(ref=about)
