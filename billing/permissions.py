"""Who may read and move money. The payer's side never confirms; custody is the operators' work."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, false, or_, true
from sqlalchemy.orm import Session

from accounts.permissions import may as may_account
from accounts.permissions import oversees
from billing.errors import PayerConfirms
from billing.models import Obligation, ReceivingAccount
from billing.states import CUSTODY
from core.actor import Actor
from core.errors import Forbidden, NotFound

PAYERS: Final = frozenset({"firm_member", "firm_admin", "tto_officer", "broker", "provider_admin"})
"""Who reads and pays what an organisation owes."""
PAYEES: Final = frozenset({"tto_officer", "firm_admin", "provider_admin"})
"""Who answers for what an organisation receives."""


class Do(StrEnum):
    READ = "read"
    PAY = "pay"
    CONFIRM = "confirm"
    PAY_OUT = "pay_out"
    CANCEL = "cancel"
    FORFEIT = "forfeit"
    DECIDE_FORFEIT = "decide_forfeit"
    REVERSE = "reverse"
    INVOICE = "invoice"


def is_payer(actor: Actor, row: Obligation) -> bool:
    """Does the actor pay, or sit with who pays?"""
    alone = actor.person is not None and actor.person == row.payer_person
    return alone or (row.payer_org is not None and row.payer_org in actor.organisations)


def pays(actor: Actor, row: Obligation) -> bool:
    """May the actor act for the payer? A person who pays in an organisation's name needs a seat
    there that is still theirs."""
    if row.payer_org is None:
        return actor.person is not None and actor.person == row.payer_person
    return bool(actor.roles_in(row.payer_org) & PAYERS)


def receives(actor: Actor, row: Obligation) -> bool:
    return bool(actor.roles_in(row.payee_org) & PAYEES)


def may(actor: Actor, do: Do, row: Obligation) -> bool:
    operates = may_account(actor, "operate") and actor.kind == "person"
    if do is Do.READ:
        return oversees(actor) or pays(actor, row) or receives(actor, row)
    if do is Do.PAY:
        return pays(actor, row)
    if is_payer(actor, row):
        return False
    if do in {Do.CONFIRM, Do.PAY_OUT}:
        return operates or (row.receiving not in CUSTODY and receives(actor, row))
    if do in {Do.DECIDE_FORFEIT, Do.REVERSE}:
        return operates
    return operates or receives(actor, row)


def readable(actor: Actor) -> ColumnElement[bool]:
    """The obligations for which `may(actor, READ, …)` says yes."""
    return true() if oversees(actor) else or_(owing(actor), owed(actor))


def owing(actor: Actor) -> ColumnElement[bool]:
    """What the actor's side has to pay."""
    houses = sorted(seat.organisation for seat in actor.seats if seat.roles & PAYERS)
    own = (
        (Obligation.payer_person == actor.person) & Obligation.payer_org.is_(None)
        if actor.person
        else false()
    )
    return or_(Obligation.payer_org.in_(houses), own)


def owed(actor: Actor) -> ColumnElement[bool]:
    """What the actor's side is to receive."""
    houses = sorted(seat.organisation for seat in actor.seats if seat.roles & PAYEES)
    return Obligation.payee_org.in_(houses)


def check_may(session: Session, actor: Actor, obligation: str, do: Do) -> None:
    """For `uow.check`: NotFound where the actor may not know of it; PayerConfirms, Forbidden."""
    row = session.get(Obligation, obligation)
    if row is None or not may(actor, Do.READ, row):
        raise NotFound(ref=f"obligation:{obligation}")
    if may(actor, do, row):
        return
    if do is Do.CONFIRM and is_payer(actor, row):
        raise PayerConfirms
    raise Forbidden(do=str(do))


def keeps_accounts(actor: Actor, organisation: str) -> bool:
    """May the actor add, approve and retire the receiving accounts of an organisation?"""
    return bool(actor.roles_in(organisation) & (PAYEES | {"operator"}))


def check_keeps(_session: Session, actor: Actor, organisation: str) -> None:
    """For `uow.check`. Raises NotFound."""
    if not keeps_accounts(actor, organisation):
        raise NotFound


def check_account(session: Session, actor: Actor, account: str) -> None:
    """For `uow.check`: operators help where an organisation has one officer only. Raises
    NotFound."""
    row = session.get(ReceivingAccount, account)
    if row is None or not (keeps_accounts(actor, row.owner_org) or may_account(actor, "operate")):
        raise NotFound
