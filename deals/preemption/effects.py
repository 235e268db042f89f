"""What transitions do to claims to come first: drawn up, served, answered, lapsed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from core.times import end_of_day, legal_date
from deals import lawful
from deals.doing import Doing
from deals.preemption.drawing_up import Holder, answering, claim, claims_of, preemptions_on
from deals.preemption.models import Preemption
from deals.preemption.rules import Paper, ran_out
from deals.preemption.states import CLAIM, ClaimAct, ClaimState, HolderKind


def _ask_holders(doing: Doing) -> None:
    """Whoever has an account, or an office here, is told by the market at once; the owner's
    office serves the others."""
    made = claims_of(doing)
    for one in made:
        if one.party is not None or answering(doing.uow.session, one, doing.at.now):
            _run(doing, one, legal_date(doing.at.now, doing.uow.ports.zone))
        doing.at.add(one)
    if made:
        doing.evidence["claims"] = len(made)
        doing.at.fact("deal.preemption_asked")
    doing.uow.session.flush()


def _name_holder(doing: Doing) -> None:
    """Somebody whom the result does not name: who commissioned the development."""
    deal = doing.deal
    known = preemptions_on(doing.uow.session, deal.id, deal.agreed)
    row = claim(deal, len(known) + 1, Holder(HolderKind.COMMISSIONER, doing.data["name"]))
    doing.at.add(row)
    doing.evidence["claim"] = row.id
    doing.uow.session.flush()


def _serve_claim(doing: Doing) -> None:
    row: Preemption = doing.data["claim"]
    paper: Paper = doing.data["paper"]
    _run(doing, row, paper.day or legal_date(doing.at.now, doing.uow.ports.zone))
    row.served_by = doing.uow.actor.person
    row.service, row.service_file, row.service_size = paper.sha256, paper.file, paper.size
    doing.evidence.update({"claim": row.id, "paper": paper.sha256, "until": str(row.ends_on)})
    doing.uow.session.flush()


def _use_claim(doing: Doing) -> None:
    _answer(doing, ClaimAct.EXERCISE)


def _waive_claim(doing: Doing) -> None:
    _answer(doing, ClaimAct.WAIVE)


def _lapse_claims(doing: Doing) -> None:
    rows = preemptions_on(doing.uow.session, doing.deal.id, doing.deal.agreed)
    gone = [row for row in rows if ran_out(row, doing.at.now)]
    for row in gone:
        row.state, row.answered_at = CLAIM[ClaimState.SERVED, ClaimAct.LAPSE], doing.at.now
    doing.evidence["claims"] = [row.id for row in gone]
    doing.uow.session.flush()


def _run(doing: Doing, row: Preemption, served_on: date) -> None:
    """Starts the time: the day of service itself is not counted."""
    profile, zone = lawful.pinned(doing.uow, doing.deal), doing.uow.ports.zone
    row.state = CLAIM[ClaimState(row.state), ClaimAct.SERVE]
    row.served_at, row.served_on = doing.at.now, served_on
    row.ends_on = lawful.preemption_end(profile, served_on)
    row.ends_at = end_of_day(row.ends_on, zone)


def _answer(doing: Doing, act: ClaimAct) -> None:
    row: Preemption = doing.data["claim"]
    paper: Paper = doing.data["paper"]
    row.state = CLAIM[ClaimState(row.state), act]
    row.answered_at, row.answered_by = doing.at.now, doing.uow.actor.person
    doing.evidence.update({"claim": row.id, "answer": row.state})
    if paper.sha256:
        row.answer, row.answer_file, row.answer_size = paper.sha256, paper.file, paper.size
        doing.evidence["paper"] = paper.sha256
    doing.uow.session.flush()


EFFECTS: Final[dict[str, Callable[[Doing], None]]] = {
    "ask_holders": _ask_holders,
    "name_holder": _name_holder,
    "serve_claim": _serve_claim,
    "use_claim": _use_claim,
    "waive_claim": _waive_claim,
    "lapse_claims": _lapse_claims,
}
