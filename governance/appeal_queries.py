"""Decisions, appeals and sanctions as their readers see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from accounts.console import PAGE, Page
from accounts.models import Membership, Organisation, Person, Sanction
from accounts.permissions import oversees
from accounts.queries import answerable, organisation_names, people_names
from accounts.sanctioning import subject_of
from core.actor import Actor
from core.errors import NotFound
from core.ids import split_ref
from core.law import LawBook
from core.times import legal_date
from governance.appealing import concerns, last_day, may_answer
from governance.decisions import Decision, decision, decisions_for
from governance.models import Appeal
from governance.states import AppealState
from governance.subjects import subject_titles


@dataclass(frozen=True)
class Reader:
    """Who reads, when, and by which law days are counted."""

    actor: Actor
    language: str
    now: datetime
    law: LawBook
    jurisdiction: str
    zone: ZoneInfo

    def last_day(self, at: datetime) -> date:
        """Until when what was decided at this moment can be appealed."""
        profile = self.law.profile(self.jurisdiction, legal_date(at, self.zone))
        return last_day(profile, at, self.zone).day


@dataclass(frozen=True)
class DecisionLine:
    """`last`: the last day for an appeal; `may_appeal`: none was sent and the days run."""

    decision: Decision
    title: str
    last: date
    appeal: Appeal | None
    may_appeal: bool


@dataclass(frozen=True)
class AppealLine:
    row: Appeal
    title: str
    sender: str


@dataclass(frozen=True)
class AppealPage:
    """`decision`: what is appealed; None where something else has been decided since."""

    line: AppealLine
    decision: Decision | None
    first: str
    """Who decided first."""
    may_answer: bool


@dataclass(frozen=True)
class SanctionLine:
    row: Sanction
    whom: str
    by: str


def own_decisions(session: Session, reader: Reader) -> list[DecisionLine]:
    """What is in force about the reader and the organisations that they answer for."""
    person = reader.actor.person or ""
    seats = select(Membership.organisation).where(Membership.person == person)
    houses = select(Organisation.id).where(
        or_(Organisation.id.in_(seats), Organisation.registered_by == person)
    )
    found = decisions_for(session, person, list(session.scalars(houses)), reader.now)
    titles = titles_of(session, [one.about for one in found], reader.language)
    return [_decision_line(session, reader, one, titles) for one in found]


def own_appeals(session: Session, reader: Reader) -> list[AppealLine]:
    """Those that the reader sent, the newest first."""
    mine = select(Appeal).where(Appeal.sender_person == reader.actor.person)
    rows = session.scalars(mine.order_by(Appeal.sent_at.desc(), Appeal.id)).all()
    return _appeal_lines(session, rows, reader.language)


def decision_line(session: Session, reader: Reader, about: str) -> DecisionLine:
    """Raises NotFound for what does not concern the reader."""
    found = decision(session, about)
    if found is None or not concerns(session, reader.actor, found, reader.now):
        raise NotFound
    titles = titles_of(session, [about], reader.language)
    return _decision_line(session, reader, found, titles)


def own_appeal(session: Session, reader: Reader, id: str) -> AppealPage:
    """For whoever sent it, and who answers for the organisation. Raises NotFound."""
    row = session.get(Appeal, id)
    if row is None:
        raise NotFound
    house = answerable(session, row.owner_org, reader.now) if row.owner_org else []
    if reader.actor.person not in (row.sender_person, *house):
        raise NotFound
    return _appeal_page(session, reader, row, first="")


def appeal_page(session: Session, reader: Reader, id: str) -> AppealPage:
    """For overseers. Raises NotFound."""
    row = session.get(Appeal, id)
    if row is None or not oversees(reader.actor):
        raise NotFound
    by = row.decided_by or ""
    return _appeal_page(
        session, reader, row, people_names(session, [by], reader.language).get(by, "")
    )


def appeals(session: Session, language: str, state: str = "", page: int = 1) -> Page:
    """For overseers; those that wait come in the order in which they were sent."""
    where = [Appeal.state == state] if state else []
    total = session.scalar(select(func.count()).select_from(Appeal).where(*where)) or 0
    order = Appeal.sent_at if state == AppealState.RECEIVED else Appeal.sent_at.desc()
    rows = session.scalars(
        select(Appeal)
        .where(*where)
        .order_by(order, Appeal.id)
        .limit(PAGE)
        .offset(PAGE * (page - 1))
    ).all()
    return Page(_appeal_lines(session, rows, language), total, page)


def appeal_counts(session: Session) -> dict[str, int]:
    """How many are in each state. One query."""
    found = session.execute(select(Appeal.state, func.count()).group_by(Appeal.state))
    return {row[0]: row[1] for row in found}


def sanctions(session: Session, language: str, state: str = "", page: int = 1) -> Page:
    """For overseers, the newest first."""
    where = [Sanction.state == state] if state else []
    total = session.scalar(select(func.count()).select_from(Sanction).where(*where)) or 0
    newest = select(Sanction).where(*where).order_by(Sanction.imposed_at.desc(), Sanction.id)
    rows = session.scalars(newest.limit(PAGE).offset(PAGE * (page - 1))).all()
    return Page(_sanction_lines(session, rows, language), total, page)


def sanctions_on(session: Session, about: str, language: str) -> tuple[str, list[SanctionLine]]:
    """The name of a person or organisation, and every measure on it. Raises NotFound."""
    kind, id = split_ref(about)
    model = Person if kind == "person" else Organisation
    if session.get(model, id) is None:
        raise NotFound
    column = Sanction.person if kind == "person" else Sanction.organisation
    listed = select(Sanction).where(column == id).order_by(Sanction.imposed_at.desc(), Sanction.id)
    rows = session.scalars(listed).all()
    title = titles_of(session, [about], language).get(about, "")
    return title, _sanction_lines(session, rows, language)


def subject(session: Session, sanction: str) -> str:
    """Whom a sanction concerns, as a stream's name. Raises NotFound."""
    row = session.get(Sanction, sanction)
    if row is None:
        raise NotFound
    return subject_of(row)


def titles_of(session: Session, abouts: Sequence[str], language: str) -> dict[str, str]:
    """By stream's name; a sanction is called like whom it concerns. At most five queries."""
    ids = [split_ref(one)[1] for one in abouts if one.startswith("sanction:")]
    rows = session.scalars(select(Sanction).where(Sanction.id.in_(ids))).all() if ids else []
    whom = {row.stream: subject_of(row) for row in rows}
    wanted = [whom.get(one, one) for one in abouts]
    people = [split_ref(one)[1] for one in wanted if one.startswith("person:")]
    names = {f"person:{id}": name for id, name in people_names(session, people, language).items()}
    others = [one for one in wanted if not one.startswith(("person:", "sanction:"))]
    names |= subject_titles(session, others, language)
    return {one: names.get(whom.get(one, one), "") for one in abouts}


def _decision_line(
    session: Session, reader: Reader, found: Decision, titles: dict[str, str]
) -> DecisionLine:
    sent = select(Appeal).where(Appeal.about == found.about, Appeal.decision == found.key)
    appeal = session.scalars(sent).first()
    last = reader.last_day(found.at)
    open_ = appeal is None and legal_date(reader.now, reader.zone) <= last
    return DecisionLine(found, titles.get(found.about, ""), last, appeal, open_)


def _appeal_page(session: Session, reader: Reader, row: Appeal, first: str) -> AppealPage:
    found = decision(session, row.about)
    same = found if found is not None and found.key == row.decision else None
    waits = row.state == AppealState.RECEIVED
    line = _appeal_lines(session, [row], reader.language)[0]
    return AppealPage(line, same, first, waits and may_answer(reader.actor, row))


def _appeal_lines(session: Session, rows: Sequence[Appeal], language: str) -> list[AppealLine]:
    titles = titles_of(session, [row.about for row in rows], language)
    people = people_names(session, [row.sender_person for row in rows], language)
    return [
        AppealLine(row, titles.get(row.about, ""), people.get(row.sender_person, ""))
        for row in rows
    ]


def _sanction_lines(
    session: Session, rows: Sequence[Sanction], language: str
) -> list[SanctionLine]:
    people = [row.person for row in rows if row.person]
    by = [row.imposed_by for row in rows if row.imposed_by]
    names = people_names(session, [*people, *by], language)
    names |= organisation_names(
        session, [row.organisation for row in rows if row.organisation], language
    )
    return [
        SanctionLine(
            row,
            names.get(row.person or row.organisation or "", ""),
            names.get(row.imposed_by or "", ""),
        )
        for row in rows
    ]
