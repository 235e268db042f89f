"""What several use cases on a registration share."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from accounts.models import Organisation
from contracts.matter import Draft, Matter
from contracts.models import Contract, ContractVersion
from contracts.registration.form import HOME, Form, Party, country_code, first_form
from contracts.registration.models import (
    ContractRegistration,
    RegistrationStep,
    RegistrationVersion,
)
from contracts.registration.rules import expected_answer
from contracts.registration.states import RegistrationAct, after
from core.law import Profile
from core.times import end_of_day, legal_date
from core.unit_of_work import At, UnitOfWork
from deals.engine.declaration import Side
from deals.models import Deal

REMIND = "remind"
ANSWER = "answer"
"""Timers: not handed in yet, and no answer yet."""
_LEGAL_TYPES = {"institute": "institution", "firm": "enterprise"}


def move(
    at: At[ContractRegistration], act: RegistrationAct, reason: str = "", **ids: object
) -> None:
    """Takes the step of the table and writes it down. Raises ContractRegistrationMovedOn."""
    at.row.state = after(at.row.state, act)
    at.record(str(act), version=at.row.versions, **ids)
    step = RegistrationStep(
        registration=at.row.id,
        act=act,
        version=at.row.versions,
        by=at.uow.actor.person,
        at=at.now,
        reason=reason,
    )
    at.add(step)


def add_version(at: At[ContractRegistration], form: Form) -> None:
    """The next state of the form."""
    at.row.versions += 1
    row = RegistrationVersion(
        registration=at.row.id,
        version=at.row.versions,
        by=at.uow.actor.person,
        at=at.now,
        content=form.dump(),
    )
    at.add(row)


def form_of(session: Session, registration: str, version: int) -> Form:
    """A saved state of the form."""
    row = session.get_one(RegistrationVersion, (registration, version))
    return Form.load(row.content)


def law(uow: UnitOfWork, at: At[ContractRegistration]) -> tuple[Profile, date]:
    """The profile that holds today where the deal is, and today: registering is a step of its own,
    which goes by the rules of its day."""
    today = legal_date(at.now, uow.ports.zone)
    return uow.law(uow.session.get_one(Deal, at.row.deal).jurisdiction, today), today


def text_of(session: Session, contract: Contract) -> tuple[Matter, Draft]:
    """What was frozen and signed."""
    row = session.get_one(ContractVersion, (contract.id, contract.versions))
    return Matter.load(contract.matter or {}), Draft.load(row.content)


def begin_form(session: Session, deal: Deal, contract: Contract, signed: date) -> Form:
    """The form with all that is known already."""
    matter, draft = text_of(session, contract)
    seller, buyer = _party(session, deal.seller_org), _party(session, deal.buyer_org)
    return first_form(matter, draft, seller, buyer, signed)


def registering_side(form: Form) -> Side:
    """The seller; the buyer where technology comes in from abroad (`contract.registered_by`)."""
    inbound = form.seller.country != HOME and form.buyer.country == HOME
    return Side.BUYER if inbound else Side.SELLER


def expect(uow: UnitOfWork, at: At[ContractRegistration], form: Form) -> None:
    """Sets the day by which the registry's answer is expected, and the timer behind it."""
    profile, today = law(uow, at)
    expected = expected_answer(form, profile, today)
    at.row.profile = profile.pin
    at.row.handed_in_at = at.now
    at.row.expected_on = expected.day if expected else None
    at.row.provisional = expected.provisional if expected else False
    at.row.due_at = end_of_day(expected.day, uow.ports.zone) if expected else None
    at.timer(ANSWER, at.row.due_at)


def expect_nothing(at: At[ContractRegistration]) -> None:
    """The answer is there."""
    at.row.due_at = None
    at.timer(ANSWER, None)


def _party(session: Session, organisation: str | None) -> Party:
    """A buyer without an organisation is somebody in person, at home as far as anyone knows."""
    row = session.get(Organisation, organisation) if organisation else None
    if row is None:
        return Party("", legal_type="person")
    if row.country != "CN":
        return Party("", country_code(row.country), "", "abroad")
    return Party("", HOME, row.region or "", _LEGAL_TYPES.get(row.kind, "other"))
