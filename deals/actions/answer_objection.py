"""The owner answers an objection: dismissed, or upheld, which reopens the talks."""

from __future__ import annotations

from core.errors import Invalid, NotFound, Problem
from core.facts import Fact
from core.i18n import N_
from core.ids import ref, split_ref
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.errors import ObjectionAnswered
from deals.models import Deal, Objection
from deals.permissions import Do, acting_side, check_deal
from deals.progress import lock_assets, lock_room, move
from deals.rules import ways_told

OUTCOMES = ("dismissed", "upheld")


def answer_objection(
    uow: UnitOfWork, objection: str, outcome: str, answer: str, told: str = ""
) -> Done:
    """Upheld: notice revoked, claim released, back to talks. The answer goes to the objector's
    account and mail address; `told` says how it went out by hand, and is needed where there is
    neither. Raises Invalid, ObjectionAnswered."""
    about = uow.find(Objection.about, Objection.id == objection)
    if not about:
        raise NotFound(ref=ref("objection", objection))
    deal = split_ref(about[0])[1]
    uow.check(check_deal, deal, Do.ACT)
    _check_answer(outcome, answer)
    at = uow.lock(Deal, deal)
    side = acting_side(uow.actor, at.row)
    lock_room(uow, at.row)
    lock_assets(uow, deal)
    row = uow.session.get_one(Objection, objection)
    if row.state != "open":
        raise ObjectionAnswered
    row.told = ways_told(row.person, row.contact, told)
    if not row.told:
        raise Invalid({"told": [Problem("told_missing", N_("Say how the objector got it."))]})
    row.state, row.answer = outcome, answer.strip()
    row.answered_at, row.answered_by = at.now, uow.actor.person
    uow.session.flush()  # the engine counts open objections
    move(uow, at, "answer_objection", side, {}, objection=objection, outcome=outcome, told=row.told)
    uow.facts.append(Fact(f"objection.{outcome}", ref("objection", objection)))
    return Done(deal)


def _check_answer(outcome: str, answer: str) -> None:
    problems = {}
    if outcome not in OUTCOMES:
        problems["outcome"] = [Problem("outcome_missing", N_("Say how the objection was decided."))]
    if not answer.strip():
        problems["answer"] = [Problem("answer_missing", N_("Write the answer first."))]
    if problems:
        raise Invalid(problems)
