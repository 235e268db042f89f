"""The firm says no, with a reason code and, if it likes, a sentence."""

from __future__ import annotations

from core.errors import Invalid
from core.results import Done
from core.unit_of_work import UnitOfWork
from matching.proposals.facts import PROPOSAL_DECLINED
from matching.proposals.models import Proposal
from matching.proposals.permissions import Do, check_proposal
from matching.proposals.rules import Act, after, decline_problems


def decline_proposal(uow: UnitOfWork, proposal: str, reason: str, reply: str = "") -> Done:
    """Raises Invalid, ProposalEnded, NotFound, Forbidden, Sanctioned."""
    uow.check(check_proposal, proposal, Do.ANSWER)
    if problems := decline_problems(reason, reply):
        raise Invalid(problems)
    at = uow.lock(Proposal, proposal)
    at.row.state = after(at.row.state, Act.DECLINE)
    at.row.ended_at, at.row.ended_by = at.now, uow.actor.person
    at.row.reason, at.row.reply = reason, reply.strip()
    at.record("declined", reason=reason)
    at.fact(PROPOSAL_DECLINED)
    return Done(proposal)
