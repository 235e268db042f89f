"""The firm is interested: a proposed result is asked for, as any inquiry; words are taken up."""

from __future__ import annotations

from dataclasses import replace

from core.errors import Invalid, Problem
from core.i18n import N_
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.actions.send_inquiry import send_inquiry
from deals.rules import Question
from matching.proposals.facts import PROPOSAL_TAKEN
from matching.proposals.models import Proposal
from matching.proposals.permissions import Do, check_proposal
from matching.proposals.rules import Act, after


def take_proposal(
    uow: UnitOfWork, proposal: str, asked: Question | None = None, source: str = ""
) -> Done:
    """`asked`: what the firm would like of the result, wanted where one was proposed. Raises
    Invalid, ProposalEnded, NotFound, Forbidden, Sanctioned, and what `send_inquiry` raises."""
    uow.check(check_proposal, proposal, Do.ANSWER)
    at = uow.lock(Proposal, proposal)
    at.row.state = after(at.row.state, Act.TAKE)
    at.row.ended_at, at.row.ended_by = at.now, uow.actor.person
    if at.row.listing is not None:
        if asked is None:
            said = N_("Say what you would like to have of the result.")
            raise Invalid({"way": [Problem("way_unknown", said)]})
        sent = send_inquiry(uow, replace(asked, listing=at.row.listing), source)
        uow.session.flush()
        at.row.inquiry = sent.ref
    at.record("taken", inquiry=at.row.inquiry)
    at.fact(PROPOSAL_TAKEN)
    return Done(at.row.inquiry or proposal)
