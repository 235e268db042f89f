"""What transitions do to the institution's steps: drawn up once, decided one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Final

from core.ids import new_id
from core.models import Approval
from core.times import legal_date
from deals import lawful
from deals.deciding import drawing_up
from deals.deciding.models import DecisionStep
from deals.deciding.rules import Decided, asked_now, last_turns
from deals.deciding.states import STEP, StepAct, StepKind, StepState
from deals.doing import Doing

_ACT: Final = {StepState.PASSED: StepAct.PASS, StepState.REFUSED: StepAct.REFUSE}


def _ask_institution(doing: Doing) -> None:
    """The steps of this price, as the institution's rules stand now; they stay as they are."""
    made = drawing_up.steps_of(doing)
    for step in made:
        doing.at.add(step)
    if made:
        doing.evidence["steps"] = len(made)
        _open(doing, made)


def _decide_step(doing: Doing) -> None:
    step: DecisionStep = doing.data["step"]
    decided: Decided = doing.data["decided"]
    step.state = STEP[StepState(step.state), _ACT[StepState(decided.outcome)]]
    step.decided_at, step.decided_by = doing.at.now, doing.uow.actor.person
    step.held_on, step.number = decided.held_on, decided.number.strip()
    step.note = decided.note.strip()
    step.sha256, step.file = decided.sha256 or None, decided.file
    step.size = decided.size or None
    doing.evidence.update({"step": step.id, "n": step.n, "outcome": step.state})
    if step.sha256:
        doing.evidence["paper"] = step.sha256
    if step.kind == StepKind.PERSON and step.state == StepState.PASSED:
        _approve(doing, step)
    doing.uow.session.flush()
    _tell(doing, step)


def _ask_step_again(doing: Doing) -> None:
    """As another turn: what was refused stays on file with its reason."""
    old: DecisionStep = doing.data["step"]
    again = DecisionStep(
        id=new_id(), deal=old.deal, version=old.version, n=old.n, turn=old.turn + 1,
        position=old.position, kind=old.kind, name=old.name, rule=old.rule,
        organisation=old.organisation, person=old.person, party=old.party,
        days=old.days, state=StepState.WAITING,
    )  # fmt: skip
    doing.at.add(again)
    doing.evidence.update({"step": again.id, "n": again.n, "turn": again.turn})
    doing.uow.session.flush()
    _open(doing, drawing_up.steps_on(doing.uow.session, doing.deal.id, old.version))


def _approve(doing: Doing, step: DecisionStep) -> None:
    """One person approves one turn of one step once, as for everything that people approve."""
    named = f"decision:{step.version}.{step.n}.{step.turn}"
    person = doing.uow.actor.person or ""
    doing.uow.add(Approval(ref=step.stream, step=named, person=person, at=doing.at.now))


def _tell(doing: Doing, step: DecisionStep) -> None:
    if step.state == StepState.REFUSED:
        doing.at.fact("deal.step_refused")
        return
    steps = drawing_up.steps_on(doing.uow.session, doing.deal.id, step.version)
    if all(one.state == StepState.PASSED for one in last_turns(steps)):
        doing.at.fact("deal.decided")
    else:
        _open(doing, steps)


def _open(doing: Doing, steps: Iterable[DecisionStep]) -> None:
    """Whose turn it is now is told, with the day by which the institution expects it."""
    fresh = [one for one in asked_now(list(steps)) if one.asked_at is None]
    for step in fresh:
        step.asked_at = doing.at.now
        step.due_on = _due(doing, doing.at.now, step.days)
    if fresh:
        doing.at.fact("deal.step_asked")


def _due(doing: Doing, now: datetime, days: int | None) -> date | None:
    if days is None:
        return None
    calendar = lawful.pinned(doing.uow, doing.deal).calendar
    return calendar.after_working_days(legal_date(now, doing.uow.ports.zone), days).day


EFFECTS: Final[dict[str, Callable[[Doing], None]]] = {
    "ask_institution": _ask_institution,
    "decide_step": _decide_step,
    "ask_step_again": _ask_step_again,
}
