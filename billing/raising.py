"""What an obligation needs before it is a row: a fitting account, a law profile, its timers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from accounts.queries import one_house
from billing import facts
from billing.errors import AccountUnfit
from billing.models import Obligation, ReceivingAccount
from billing.rules import REMIND_DAYS, reference_code
from billing.states import CUSTODY, Kind
from core.errors import Invalid, Problem
from core.i18n import N_
from core.ids import new_id
from core.law import Profile
from core.times import end_of_day, legal_date, start_of_day
from core.unit_of_work import At, UnitOfWork

REMIND: Final = "remind"
DUE: Final = "due"


@dataclass(frozen=True)
class Raised:
    """What is owed. `amount` in minor units; `about` is the stream's name of why; `account` a
    receiving account, "" where the parties pay directly; `jurisdiction` "" for the market's."""

    kind: str
    about: str
    payee_org: str
    amount: int
    currency: str
    due_on: date
    payer_org: str | None = None
    payer_person: str | None = None
    account: str = ""
    jurisdiction: str = ""


def raise_(uow: UnitOfWork, raised: Raised) -> At[Obligation]:
    """A new obligation with its timers. The caller has permitted it. Raises Invalid,
    AccountUnfit."""
    if raised.amount <= 0:
        raise Invalid({"amount": [Problem("amount_missing", N_("Enter an amount."))]})
    if raised.kind not in set(Kind):
        raise Invalid({"kind": [Problem("kind", N_("Say what is owed."))]})
    receiving = _receiving(uow, raised)
    id = new_id()
    now = uow.now(uow.open())
    profile = law_of(uow, raised, now)
    row = Obligation(
        id=id,
        kind=raised.kind,
        about=raised.about,
        payer_org=raised.payer_org,
        payer_person=raised.payer_person,
        payee_org=raised.payee_org,
        currency=raised.currency,
        amount=raised.amount,
        due_on=raised.due_on,
        account=raised.account or None,
        receiving=receiving,
        reference=reference_code(id),
        profile=profile.pin,
        raised_by=uow.actor.person,
        raised_at=now,
        due_at=end_of_day(raised.due_on, uow.ports.zone),
        remind_at=start_of_day(
            raised.due_on - timedelta(days=profile.integer(REMIND_DAYS)), uow.ports.zone
        ),
    )
    at = uow.create(row)
    uow.session.flush()
    at.record(
        "raise",
        kind=raised.kind,
        about=raised.about,
        amount=raised.amount,
        currency=raised.currency,
        profile=profile.pin,
    )
    at.fact(facts.RAISED)
    if row.remind_at > at.now:
        at.timer(REMIND, row.remind_at)
    at.timer(DUE, row.due_at)
    return at


def law_of(uow: UnitOfWork, raised: Raised, now: datetime) -> Profile:
    """The profile in force for an obligation on this day."""
    on = legal_date(now, uow.ports.zone)
    return uow.law(raised.jurisdiction or uow.ports.jurisdiction, on)


def pinned(uow: UnitOfWork, row: Obligation, now: datetime) -> Profile:
    """The profile of an obligation's jurisdiction as it stands now."""
    return uow.law(row.profile.partition("@")[0], legal_date(now, uow.ports.zone))


def stop_clock(at: At[Obligation]) -> None:
    """Nothing is due any more."""
    at.timer(REMIND, None)
    at.timer(DUE, None)


def _receiving(uow: UnitOfWork, raised: Raised) -> str | None:
    """The account's kind. An account in custody belongs to the market's operator; any other to
    the payee."""
    if not raised.account:
        return None
    row = uow.lock(ReceivingAccount, raised.account).row
    fits = row.approved_at is not None and row.retired_at is None
    same = uow.session.scalars(one_house(raised.payee_org)).all()
    own = row.kind in CUSTODY or row.owner_org in same
    if not (fits and own and row.currency == raised.currency):
        raise AccountUnfit
    return row.kind
