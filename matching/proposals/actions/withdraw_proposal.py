"""The proposer takes back what was not answered yet."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from matching.proposals.models import Proposal
from matching.proposals.permissions import Do, check_proposal
from matching.proposals.rules import Act, after


def withdraw_proposal(uow: UnitOfWork, proposal: str) -> Done:
    """Raises ProposalEnded, NotFound, Forbidden."""
    uow.check(check_proposal, proposal, Do.WITHDRAW)
    at = uow.lock(Proposal, proposal)
    at.row.state = after(at.row.state, Act.WITHDRAW)
    at.row.ended_at, at.row.ended_by = at.now, uow.actor.person
    at.record("withdrawn")
    return Done(proposal)
