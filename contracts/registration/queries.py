"""Registrations as their pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.queries import people_names
from contracts.matter import Draft, Matter
from contracts.models import Contract
from contracts.registration.form import Form, needs_summary
from contracts.registration.models import (
    ContractRegistration,
    RegistrationStep,
    RegistrationVersion,
)
from contracts.registration.permissions import may_register
from contracts.registration.rules import Problems, form_problems, price_problems
from contracts.registration.states import RegistrationAct, acts_from
from contracts.registration.working import form_of, text_of
from contracts.states import ContractState
from core.actor import Actor
from core.law import Profile
from deals.models import Deal
from deals.permissions import Do, deal_facts, may, readable
from deals.permissions import side_of as side_in

MOST: Final = 500
"""Rows of a list and of a batch for the registry."""


@dataclass(frozen=True)
class RegistrationPage:
    """A signed contract's registration from one side; `row` None before it was begun. `acts`:
    what the reader may do, empty for the other side and for overseers."""

    deal: Deal
    contract: Contract
    matter: Matter
    draft: Draft
    row: ContractRegistration | None
    form: Form | None
    registered: Form | None
    """What the registry has recognised, where that is not the newest state."""
    steps: tuple[RegistrationStep, ...]
    acts: frozenset[RegistrationAct]
    may_begin: bool
    people: dict[str, str]

    @property
    def wants_summary(self) -> bool:
        """Whether the parties wrote in another language than Chinese."""
        return needs_summary(self.draft)

    def lacks(self, profile: Profile) -> Problems:
        """What keeps the form from being handed in, by field."""
        if self.form is None:
            return {}
        wanted = price_problems(self.form, self.matter.terms)
        return wanted | form_problems(self.form, self.draft, profile)


@dataclass(frozen=True)
class RegistrationLine:
    """One in the list of an office."""

    row: ContractRegistration
    contract: Contract
    form: Form


def registration_page(session: Session, actor: Actor, deal: str) -> RegistrationPage | None:
    """None where no contract is signed, or the reader may not know."""
    of = session.get(Deal, deal)
    if of is None or not may(actor, Do.READ, deal_facts(of)):
        return None
    signed = Contract.deal == deal, Contract.state == ContractState.SIGNED
    contract = session.scalars(select(Contract).where(*signed)).first()
    if contract is None:
        return None
    mine = ContractRegistration.contract == contract.id
    row = session.scalars(select(ContractRegistration).where(mine)).one_or_none()
    steps = _steps(session, row.id) if row else ()
    matter, draft = text_of(session, contract)
    acting = side_in(actor, deal_facts(of)) is not None
    return RegistrationPage(
        deal=of,
        contract=contract,
        matter=matter,
        draft=draft,
        row=row,
        form=form_of(session, row.id, row.versions) if row else None,
        registered=_registered(session, row) if row else None,
        steps=steps,
        acts=acts_from(row.state) if row and acting and may_register(session, actor, row)
        else frozenset(),
        may_begin=row is None and acting,
        people=people_names(session, {one.by for one in steps if one.by}, actor.language),
    )  # fmt: skip


def registrations(
    session: Session, actor: Actor, states: Sequence[str] = ()
) -> list[RegistrationLine]:
    """Those of the deals that the reader may see, what waits longest first; `states` narrows."""
    r, v = ContractRegistration, RegistrationVersion
    found = (
        select(r, Contract, v.content)
        .join(Contract, Contract.id == r.contract)
        .join(Deal, Deal.id == r.deal)
        .join(v, (v.registration == r.id) & (v.version == r.versions))
        .where(readable(actor))
        .order_by(r.opened_at, r.id)
        .limit(MOST)
    )
    if states:
        found = found.where(r.state.in_(states))
    return [
        RegistrationLine(row, contract, Form.load(content))
        for row, contract, content in session.execute(found)
    ]


def deal_of_registration(session: Session, actor: Actor, registration: str) -> str | None:
    """The deal that a registration's page stands in, for whoever may read it."""
    return _readable_deal(session, actor, session.get(ContractRegistration, registration))


def deal_of_contract(session: Session, actor: Actor, contract: str) -> str | None:
    """The deal that a contract's page stands in, for whoever may read it."""
    return _readable_deal(session, actor, session.get(Contract, contract))


def standing(session: Session, contract: str) -> str | None:
    """The state of a contract's registration, for a line elsewhere. Permission is the caller's."""
    mine = ContractRegistration.contract == contract
    return session.scalar(select(ContractRegistration.state).where(mine))


def _readable_deal(
    session: Session, actor: Actor, row: ContractRegistration | Contract | None
) -> str | None:
    deal = session.get(Deal, row.deal) if row else None
    if deal is None or not may(actor, Do.READ, deal_facts(deal)):
        return None
    return deal.id


def _registered(session: Session, row: ContractRegistration) -> Form | None:
    if row.registered_version is None or row.registered_version == row.versions:
        return None
    return form_of(session, row.id, row.registered_version)


def _steps(session: Session, registration: str) -> tuple[RegistrationStep, ...]:
    rows = select(RegistrationStep).where(RegistrationStep.registration == registration)
    return tuple(session.scalars(rows.order_by(RegistrationStep.n)))
