"""The institution's decision on a deal. What a paper shows is put on file; what nothing shows but
that its person was there is decided on the page."""

from __future__ import annotations

from typing import Final

from accounts.scopes import Scope
from core.errors import Forbidden, NotFound
from core.i18n import N_
from core.ids import show
from deals.deciding.actions.ask_step_again import ask_step_again
from deals.deciding.actions.decide_step import decide_step
from deals.deciding.queries import DecisionPage, StepLine, decision_page, waiting_for
from deals.deciding.rules import Decided
from deals.deciding.sheet import pdf
from webapp.api.calling import Call, Reply
from webapp.api.declaring import Link, operation
from webapp.api.errors import ProofNeeded
from webapp.api.operations.octets import given, kept, made
from webapp.api.operations.sharing import address_of
from webapp.api.schemas.common import Empty
from webapp.api.schemas.decisions import (
    DecisionOut,
    MinutesQuery,
    RefusedIn,
    SheetQuery,
    WaitingOut,
    WaitingsOut,
    decision_out,
)
from webapp.downloads import OCTETS
from webapp.language import page_language
from webapp.uploads import LARGEST_PAPER, PAPER_WANTED, PDF

TAG: Final = "decisions"


def _page(call: Call, language: str = "") -> DecisionPage:
    id = call.id("deal")
    with call.look() as at:
        found = decision_page(at.session, call.actor, id, language or page_language())
    if found is None:
        raise NotFound(ref=f"deal:{id}")
    return found


def _address(deal: str) -> str:
    return address_of(f"/deals/{show('deal', deal)}/decision")


def _shown(call: Call) -> Reply:
    found = _page(call)
    return Reply(decision_out(found, _address(found.deal.id)))


def _line(call: Call) -> StepLine:
    line = next((one for one in _page(call).steps if one.row.id == call.id("step")), None)
    if line is None:
        raise NotFound(ref=f"step:{call.id('step')}")
    return line


def _with_paper(call: Call) -> StepLine:
    """The step, unless it is one's own: that needs its person, not a paper. Raises ProofNeeded."""
    line = _line(call)
    if line.own:
        raise ProofNeeded(address=_address(call.id("deal")))
    return line


@operation(
    "GET", "/decision-steps", "listWaitingSteps", N_("Approval steps that wait for you"), TAG,
    scope=Scope.READ_DEALS, answer=WaitingsOut,
    links=(Link("readDecision", "deal", "/items/0/deal"),),
)  # fmt: skip
def waiting(call: Call) -> Reply:
    with call.look() as at:
        rows = waiting_for(at.session, call.actor, page_language())
    items = [
        WaitingOut(
            deal=show("deal", one.deal),
            url=_address(one.deal),
            title=one.title,
            step=one.row.id,
            name=one.row.name,
            asked_at=one.row.asked_at,
            due_on=one.row.due_on,
        )
        for one in rows
    ]
    return Reply(WaitingsOut(items=items))


@operation(
    "GET", "/deals/{deal}/decision", "readDecision",
    N_("The institution's approval steps on an agreed price"), TAG,
    scope=Scope.READ_DEALS, answer=DecisionOut,
    links=(
        Link("fileMinutes", "step", "/steps/0/id"),
        Link("readMinutes", "step", "/steps/0/id"),
    ),
)  # fmt: skip
def read_decision(call: Call) -> Reply:
    return _shown(call)


@operation(
    "POST", "/deals/{deal}/decision/{step}/paper", "fileMinutes",
    N_("Put minutes or a signed consent on file, a PDF"), TAG,
    scope=Scope.WRITE_DEALS, query=MinutesQuery, takes_file=True, answer=DecisionOut, status=201,
)  # fmt: skip
def file_minutes(call: Call) -> Reply:
    """Nobody stores a paper who may not decide by it."""
    line, asked = _with_paper(call), call.query
    if not line.mine:
        call.act(decide_step, line.row.id, asked.plain())  # says why not; nothing is stored
        return _shown(call)
    sent = kept(call, asked.name, LARGEST_PAPER, PDF, PAPER_WANTED)
    call.act(decide_step, line.row.id, asked.plain(sent.sha256, sent.name, sent.size))
    return _shown(call)


@operation(
    "POST", "/deals/{deal}/decision/{step}/refuse", "noteRefusal",
    N_("Note that a meeting or somebody who consents refused, with the reason"), TAG,
    scope=Scope.WRITE_DEALS, body=RefusedIn, answer=DecisionOut,
)  # fmt: skip
def refuse(call: Call) -> Reply:
    line, sent = _with_paper(call), call.body
    call.act(decide_step, line.row.id, Decided("refused", sent.note, sent.held_on, sent.number))
    return _shown(call)


@operation(
    "POST", "/deals/{deal}/decision/{step}/decide", "decideStep",
    N_("Refused to programs: a decision or consent of one's own is given on the page"), TAG,
    scope=Scope.WRITE_DEALS, body=Empty, by_hand=True,
)  # fmt: skip
def decide(call: Call) -> Reply:
    _line(call)
    raise ProofNeeded(address=_address(call.id("deal")))


@operation(
    "POST", "/deals/{deal}/decision/{step}/again", "askStepAgain",
    N_("Put a refused step again"), TAG,
    scope=Scope.WRITE_DEALS, body=Empty, answer=DecisionOut,
)  # fmt: skip
def again(call: Call) -> Reply:
    call.act(ask_step_again, _line(call).row.id)
    return _shown(call)


@operation(
    "GET", "/deals/{deal}/decision/{step}/paper", "readMinutes",
    N_("The paper that shows a decision"), TAG, scope=Scope.READ_DEALS, streams=OCTETS,
)  # fmt: skip
def read_minutes(call: Call) -> Reply:
    turns = [one for line in _page(call).steps for one in (line.row, *line.earlier)]
    named = next((one for one in turns if one.id == call.id("step") and one.sha256), None)
    if named is None:
        raise NotFound(ref=f"step:{call.id('step')}")
    return given(call, named.sha256 or "", named.file)


@operation(
    "GET", "/deals/{deal}/approval-sheet", "readApprovalSheet",
    N_("The approval sheet as PDF, for the owner's side"), TAG,
    scope=Scope.READ_DEALS, query=SheetQuery, streams="application/pdf",
)  # fmt: skip
def sheet(call: Call) -> Reply:
    language = call.query.language or page_language()
    found = _page(call, language)
    if not found.whole:
        raise Forbidden(do="sheet")
    with call.look() as at:
        content = pdf(found, language, call.runtime.settings.zone, at.now)
    return made(content, f"{show('deal', found.deal.id)}-approval-{language}.pdf")
