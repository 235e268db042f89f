"""An operator imposes a measure on a person or an organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounts.models import Organisation, Person, Sanction
from accounts.permissions import may_operate
from accounts.sanctioning import TERM, check_subject
from accounts.sanctions import sanction_problems
from core.errors import Invalid
from core.ids import split_ref
from core.results import Done
from core.times import end_of_day, legal_date
from core.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Imposed:
    """What an operator wrote. `about`: `person:…` or `organisation:…`."""

    about: str
    measure: str
    rule: str
    reason: str
    last_day: date | None = None


def impose_sanction(uow: UnitOfWork, imposed: Imposed) -> Done:
    """It holds at once, to the end of its last day. Nobody sanctions themselves or their own
    house, nor the market's operator. Raises Invalid, NotFound, SecondPersonNeeded."""
    uow.check(may_operate)
    uow.check(check_subject, imposed.about)
    kind, id = split_ref(imposed.about)
    # The subject is locked, so that two operators see each other's measures.
    at_subject = uow.lock(Person, id) if kind == "person" else uow.lock(Organisation, id)
    now, zone = at_subject.now, uow.ports.zone
    typed = (imposed.measure, imposed.rule, imposed.reason, imposed.last_day)
    if problems := sanction_problems(*typed, legal_date(now, zone)):
        raise Invalid(problems)
    at = uow.create(
        Sanction(
            person=id if kind == "person" else None,
            organisation=id if kind == "organisation" else None,
            measure=imposed.measure,
            rule=imposed.rule,
            reason=imposed.reason.strip(),
            imposed_by=uow.actor.person,
            imposed_at=now,
            until=end_of_day(imposed.last_day, zone) if imposed.last_day else None,
        )
    )
    at.timer(TERM, at.row.until)
    at.record("imposed", about=imposed.about, measure=imposed.measure, rule=imposed.rule)
    at.fact("sanction.imposed")
    return Done(at.row.id)
