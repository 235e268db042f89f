"""An organisation says where it receives money, and on what basis."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Organisation
from billing.models import ReceivingAccount
from billing.permissions import check_keeps
from billing.rules import LONGEST_ACCOUNT
from billing.states import CUSTODY, Receiving
from core.errors import Invalid, Problem
from core.i18n import N_
from core.money import is_currency
from core.results import Done
from core.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class NewAccount:
    """`basis`: the contract, the supervision agreement or the licence by which it may receive."""

    owner_org: str
    kind: str
    currency: str
    account_name: str
    bank: str
    number: str
    basis: str


def add_account(uow: UnitOfWork, new: NewAccount) -> Done:
    """It serves once another person has approved it. Raises Invalid."""
    uow.check(check_keeps, new.owner_org)
    if problems := _problems(new):
        raise Invalid(problems)
    session = uow.open()
    owner = session.get_one(Organisation, new.owner_org)
    if (new.kind in CUSTODY) != (owner.kind == "operator"):
        words = N_("Only the market's operator keeps accounts that hold other people's money.")
        raise Invalid({"kind": [Problem("kind", words)]})
    row = ReceivingAccount(
        owner_org=new.owner_org,
        kind=new.kind,
        currency=new.currency,
        account_name=new.account_name.strip(),
        bank=new.bank.strip(),
        number=new.number.strip(),
        basis=new.basis.strip(),
        added_by=uow.actor.person,
        added_at=uow.now(session),
    )
    at = uow.create(row)
    at.record("account_added", kind=new.kind, currency=new.currency)
    return Done(at.row.id)


def _problems(new: NewAccount) -> dict[str, list[Problem]]:
    problems: dict[str, list[Problem]] = {}
    if new.kind not in set(Receiving):
        problems["kind"] = [Problem("kind", N_("Choose whose account it is."))]
    if not is_currency(new.currency):
        problems["currency"] = [Problem("currency", N_("Choose a currency."))]
    for name in ("account_name", "bank", "number", "basis"):
        typed = getattr(new, name)
        if not typed.strip():
            problems[name] = [Problem("missing", N_("Fill this in."))]
        elif len(typed) > LONGEST_ACCOUNT:
            words = N_("Shorten this to %(length)s characters.")
            problems[name] = [Problem("long", words, {"length": LONGEST_ACCOUNT})]
    return problems
