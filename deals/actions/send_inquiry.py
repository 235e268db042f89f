"""Anyone asks for a published listing; vetting follows, it does not stand in the way."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from accounts.contacts import read_contact
from core.actor import Actor
from core.errors import Invalid, NotFound
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from deals import lawful
from deals.errors import ListingNotOpen
from deals.inquiring import ESCALATE, REMIND, add_event, country_of, own_organisation
from deals.limits import check_inquiries
from deals.models import Inquiry
from deals.permissions import check_ask
from deals.rules import Promise, Question, promise, question_problems
from listings.models import Listing
from listings.states import ListingState


def send_inquiry(uow: UnitOfWork, asked: Question, source: str = "") -> Done:
    """`source`: from where, for the hourly limit. Raises Sanctioned, Invalid, ListingNotOpen,
    NotFound, TooManyInquiries. The institute's promise of working days becomes the inquiry's due
    day."""
    uow.check(check_ask)
    uow.check(_check_question, asked)
    listing = uow.lock(Listing, asked.listing)
    if listing.row.state != ListingState.PUBLISHED:
        raise ListingNotOpen if listing.row.was_public else NotFound(ref=listing.row.stream)
    check_inquiries(uow.session, source, listing.now)
    due = _promise(uow, listing.row.jurisdiction, listing.row.answer_days, listing.now)
    at = uow.create(_row(uow, asked, source, listing.row, due))
    uow.session.flush()
    add_event(at, "sent")
    at.timer(REMIND, due.remind_at if due.remind_at > at.now else None)
    at.timer(ESCALATE, due.escalate_at)
    at.record("sent", listing=asked.listing, way=asked.way, due_on=due.due_on)
    at.fact("inquiry.sent")
    return Done(at.row.id)


def _check_question(_session: Session, _actor: Actor, asked: Question) -> None:
    contact = read_contact(asked.mail) if asked.mail.strip() else None
    good = contact is not None and contact.kind == "mail"
    if problems := question_problems(asked, mail_is_good=good):
        raise Invalid(problems)


def _promise(uow: UnitOfWork, jurisdiction: str, days: int, now: datetime) -> Promise:
    today = legal_date(now, uow.ports.zone)
    profile = uow.law(jurisdiction, today)
    around = (
        lawful.integer(profile, lawful.REMIND_DAYS, 1),
        lawful.integer(profile, lawful.ESCALATE_DAYS, 2),
        lawful.integer(profile, lawful.PUBLIC_DAYS, 5),
    )
    return promise(profile.calendar, uow.ports.zone, today, days, around)


def _row(uow: UnitOfWork, asked: Question, source: str, listing: Listing, due: Promise) -> Inquiry:
    organisation = own_organisation(uow.actor, listing.owner_org)
    phone = read_contact(asked.phone) if asked.phone.strip() else None
    mail = read_contact(asked.mail) if asked.mail.strip() else None
    return Inquiry(
        listing=listing.id,
        owner_org=listing.owner_org,
        asked_at=uow.held[listing.stream].now,
        source=source,
        language=uow.actor.language,
        jurisdiction=listing.jurisdiction,
        way=asked.way,
        purpose=asked.purpose.strip(),
        timetable=asked.timetable,
        budget_minor=asked.budget,
        currency=asked.currency if asked.budget is not None else None,
        question=asked.question.strip(),
        sender_name=asked.name.strip(),
        sender_firm=asked.firm.strip(),
        sender_phone=phone.value if phone else asked.phone.strip() or None,
        sender_mail=mail.value if mail else None,
        sender_person=uow.actor.person,
        sender_org=organisation,
        sender_country=country_of(uow.session, organisation) or asked.country or None,
        contact_person=listing.contact_person,
        **vars(due),
    )
