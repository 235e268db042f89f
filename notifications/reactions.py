"""Facts become messages and letters. Reacting twice to a challenge or invitation sends once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Challenge, ContactPoint, Invitation, Person
from accounts.queries import proven_contacts
from core.facts import Fact, Reaction
from core.ids import split_ref
from core.unit_of_work import UnitOfWork
from notifications.audiences import Letter, Told, audience, fill
from notifications.bouncing import bouncing
from notifications.habits import Habits, after_quiet, group_of, habits_of, next_digest
from notifications.models import Dispatch, Message
from notifications.topics import EVERYWHERE, TOPICS, WATCHED

_CHANNELS = {"mail": "mail", "mobile": "sms"}


def tell(uow: UnitOfWork, facts: Sequence[Fact]) -> None:
    """Writes rows only; the letters are made and sent by the task."""
    session = uow.open()
    now = uow.now(session)
    for fact in dict.fromkeys(facts):
        if fact.topic == "person.challenged":
            _challenges(uow, session, split_ref(fact.ref)[1], now)
        elif fact.topic == "organisation.invited":
            _invitations(uow, session, split_ref(fact.ref)[1], now)
        elif fact.topic in EVERYWHERE:
            _everywhere(uow, session, fact, now)
        else:
            _announce(uow, session, fact, now)


def _challenges(uow: UnitOfWork, session: Session, person: str, now: datetime) -> None:
    rows = session.execute(
        select(Challenge.id, ContactPoint.kind, ContactPoint.value, Person.language)
        .join(ContactPoint, ContactPoint.id == Challenge.contact)
        .join(Person, Person.id == Challenge.person)
        .outerjoin(Dispatch, Dispatch.about == Challenge.id)
        .where(
            Challenge.person == person,
            Challenge.used_at.is_(None),
            Challenge.expires_at > now,
            Dispatch.n.is_(None),
        )
    ).all()
    for id, kind, value, language in rows:
        row = _letter(kind, value, language, "person.challenged", f"person:{person}", now)
        row.about = id
        uow.add(row)


def _invitations(uow: UnitOfWork, session: Session, organisation: str, now: datetime) -> None:
    rows = session.scalars(
        select(Invitation)
        .outerjoin(Dispatch, Dispatch.about == Invitation.id)
        .where(
            Invitation.organisation == organisation,
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
            Invitation.expires_at > now,
            Dispatch.n.is_(None),
        )
    ).all()
    for row in rows:
        ref = f"organisation:{organisation}"
        letter = _letter(row.kind, row.value, row.language, "organisation.invited", ref, now)
        letter.about = row.id
        uow.add(letter)


def _everywhere(uow: UnitOfWork, session: Session, fact: Fact, now: datetime) -> None:
    """What concerns the account itself: no habit of the person keeps it back."""
    person = split_ref(fact.ref)[1]
    row = session.get(Person, person)
    if row is None:
        return
    uow.add(Message(person=person, topic=fact.topic, ref=fact.ref, params={}, made_at=now))
    for point in proven_contacts(session, [person]).get(person, []):
        letter = _letter(point.kind, point.value, row.language, fact.topic, fact.ref, now)
        uow.add(letter)


def _announce(uow: UnitOfWork, session: Session, fact: Fact, now: datetime) -> None:
    told = audience(session, fact, now)
    spoken = select(Person.id, Person.language).where(Person.id.in_(told.people))
    languages = {row.id: row.language for row in session.execute(spoken)}
    contacts = proven_contacts(session, told.people) if told.people else {}
    habits = habits_of(session, told.people) if told.people else {}
    mails = {who: _mail_of(points) for who, points in contacts.items()}
    resting = bouncing(session, mails.values())
    for person in told.people:
        if person not in languages:
            continue
        params = fill(session, told, languages[person], leaves=False)
        uow.add(
            Message(
                person=person,
                topic=fact.topic,
                ref=told.ref or fact.ref,
                params=params,
                made_at=now,
            )
        )
        address = mails.get(person)
        if address and TOPICS[fact.topic].mailed and address not in resting:
            row = _mail(session, told, Letter(address, languages[person]), fact, now)
            _time(row, person, habits[person], now, uow)
    for letter in told.letters:
        uow.add(_mail(session, told, letter, fact, now))


def _mail_of(points: Sequence[ContactPoint]) -> str:
    return next((point.value for point in points if point.kind == "mail"), "")


def _time(row: Dispatch, person: str, habits: Habits, now: datetime, uow: UnitOfWork) -> None:
    """At once, in a digest, or not at all, as the person chose for this group of topics."""
    rhythm, zone = habits.rhythm(row.topic), uow.ports.zone
    if rhythm == "never":
        return
    if group_of(row.topic):
        row.person = person
        row.not_before = after_quiet(now, habits, zone)
    if rhythm != "once":
        row.state, row.rhythm, row.not_before = "held", rhythm, next_digest(now, rhythm, zone)
    uow.add(row)


def _mail(session: Session, told: Told, letter: Letter, fact: Fact, now: datetime) -> Dispatch:
    topic, ref = letter.topic or fact.topic, letter.ref or told.ref or fact.ref
    row = _letter("mail", letter.address, letter.language, topic, ref, now)
    row.params = fill(session, told, letter.language, leaves=True)
    return row


def _letter(
    kind: str, address: str, language: str, topic: str, ref: str, now: datetime
) -> Dispatch:
    return Dispatch(
        channel=_CHANNELS[kind],
        address=address,
        language=language,
        topic=topic,
        ref=ref,
        made_at=now,
        not_before=now,
    )


REACTIONS = (Reaction("notifications", WATCHED, tell),)
