"""Who sets an institution's steps, who reads those of a deal, and who decides which."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import Session

from core.actor import Actor
from core.errors import Forbidden, NotFound
from deals.deciding.models import DecisionStep
from deals.deciding.states import CONSENTS, StepKind
from deals.engine.declaration import Side
from deals.errors import DecidesForTheOther
from deals.models import Deal
from deals.permissions import OFFICERS, Do, deal_facts, may, side_of, view_side


def reads_all(actor: Actor, deal: Deal) -> bool:
    """The owner's side and its overseers; the buyer learns only how far the decision is."""
    facts = deal_facts(deal)
    return may(actor, Do.READ, facts) and view_side(actor, facts) is not Side.BUYER


def is_office(actor: Actor, organisation: str) -> bool:
    return bool(actor.roles_in(organisation) & OFFICERS)


def is_own(actor: Actor, step: DecisionStep) -> bool:
    """Whether the decision or consent is the actor's own, so that it needs no paper."""
    if actor.person is None:
        return False
    if step.kind == StepKind.PERSON:
        if step.person is None:
            return is_office(actor, step.organisation)
        return step.person == actor.person and step.organisation in actor.organisations
    return step.kind in CONSENTS and step.party == actor.person


def may_decide(actor: Actor, step: DecisionStep) -> bool:
    """Whose step it is; of meetings and consents the office too, which puts the paper on file."""
    return is_own(actor, step) or (
        step.kind != StepKind.PERSON and is_office(actor, step.organisation)
    )


def named_in(actor: Actor) -> ColumnElement[bool]:
    """The steps that name the actor, and of which they may therefore know."""
    mine = DecisionStep.person == actor.person
    return or_(mine & DecisionStep.organisation.in_(sorted(actor.organisations)),
               DecisionStep.party == actor.person)  # fmt: skip


def check_decides(session: Session, actor: Actor, step: str) -> None:
    """For `uow.check`. Raises NotFound, Forbidden, DecidesForTheOther."""
    row = session.get(DecisionStep, step)
    deal = session.get_one(Deal, row.deal) if row else None
    if row is None or deal is None:
        raise NotFound(ref=f"step:{step}")
    if not (may_decide(actor, row) or reads_all(actor, deal)):
        raise NotFound(ref=f"step:{step}")
    if not may_decide(actor, row):
        raise Forbidden(do="decide")
    if side_of(actor, deal_facts(deal)) is Side.BUYER and row.kind not in CONSENTS:
        raise DecidesForTheOther


def check_asks_again(session: Session, actor: Actor, step: str) -> None:
    """For `uow.check`: the office puts a refused step again. Raises NotFound, Forbidden."""
    row = session.get(DecisionStep, step)
    if row is None or not reads_all(actor, session.get_one(Deal, row.deal)):
        raise NotFound(ref=f"step:{step}")
    if not is_office(actor, row.organisation):
        raise Forbidden(do="ask_again")
