"""Proposals to needs: sent, read, taken up, declined, taken back."""

from __future__ import annotations

from typing import Any, Final

from accounts.scopes import Scope
from core.i18n import N_
from matching.proposals.actions.decline_proposal import decline_proposal
from matching.proposals.actions.propose_result import propose_result
from matching.proposals.actions.take_proposal import take_proposal
from matching.proposals.actions.withdraw_proposal import withdraw_proposal
from matching.proposals.queries import proposal_page, proposals_behind
from matching.proposals.rules import State
from webapp.api.calling import Call, Reply
from webapp.api.declaring import Link, operation
from webapp.api.operations.sharing import page_of, part, place_of
from webapp.api.schemas.common import Empty, Page, plain_id
from webapp.api.schemas.proposals import (
    DeclineIn,
    ProposalIn,
    ProposalOut,
    ProposalsOut,
    TakeIn,
    proposal_line,
    proposal_out,
)
from webapp.sessions import origin

TAG: Final = "needs"
_LIST: Final = "proposals"


class ProposalsQuery(Page):
    state: State | None = None


@operation(
    "GET", "/proposals", "listProposals", N_("Proposals to and from your side, newest first"), TAG,
    scope=Scope.READ_INQUIRIES, query=ProposalsQuery, answer=ProposalsOut,
    links=(Link("readProposal", "proposal", "/items/0/id"),),
)  # fmt: skip
def list_proposals(call: Call) -> Reply:
    asked = call.query
    place = place_of(_LIST, asked.cursor)
    with call.look() as at:
        rows = proposals_behind(at.session, call.actor, place, asked.limit + 1, state=asked.state)
    shown, following = part(_LIST, rows, asked.limit, lambda line: (line.row.sent_at, line.row.id))
    items = [proposal_line(line, page_of("proposal", line.row.id)) for line in shown]
    return Reply(ProposalsOut(items=items, next=following))


def _shown(call: Call, id: str) -> Reply:
    with call.look() as at:
        page = proposal_page(at.session, call.actor, id)
    return Reply(proposal_out(page, page_of("proposal", id)))


@operation(
    "GET", "/proposals/{proposal}", "readProposal", N_("One proposal to a need"), TAG,
    scope=Scope.READ_INQUIRIES, answer=ProposalOut,
)  # fmt: skip
def read_proposal(call: Call) -> Reply:
    return _shown(call, call.id("proposal"))


@operation(
    "POST", "/needs/{need}/proposals", "proposeResult", N_("Propose a result for a need"), TAG,
    scope=Scope.WRITE_INQUIRIES, body=ProposalIn, answer=ProposalOut, status=201, refuses=(410,),
    links=(Link("readProposal", "proposal"), Link("withdrawProposal", "proposal")),
)  # fmt: skip
def propose(call: Call) -> Reply:
    organisation = plain_id(call.body.organisation)
    done: Any = call.act(propose_result, call.id("need"), organisation, call.body.plain())
    return _shown(call, done.ref)


@operation(
    "POST", "/proposals/{proposal}/take", "takeProposal",
    N_("Take a proposal up: a proposed result is asked for"), TAG,
    scope=Scope.WRITE_INQUIRIES, body=TakeIn, answer=ProposalOut, refuses=(410,),
)  # fmt: skip
def take(call: Call) -> Reply:
    asked = call.body.inquiry.plain() if call.body.inquiry else None
    call.act(take_proposal, call.id("proposal"), asked, origin())
    return _shown(call, call.id("proposal"))


@operation(
    "POST", "/proposals/{proposal}/decline", "declineProposal", N_("Decline with a reason"), TAG,
    scope=Scope.WRITE_INQUIRIES, body=DeclineIn, answer=ProposalOut,
)  # fmt: skip
def decline(call: Call) -> Reply:
    call.act(decline_proposal, call.id("proposal"), call.body.reason, call.body.reply)
    return _shown(call, call.id("proposal"))


@operation(
    "POST", "/proposals/{proposal}/withdraw", "withdrawProposal",
    N_("Take back what was not answered"), TAG,
    scope=Scope.WRITE_INQUIRIES, body=Empty, answer=ProposalOut,
)  # fmt: skip
def withdraw(call: Call) -> Reply:
    call.act(withdraw_proposal, call.id("proposal"))
    return _shown(call, call.id("proposal"))
