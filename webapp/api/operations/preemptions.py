"""Who comes first on equal terms: read, named, and papers of the holders put on file. A holder
answers on the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from accounts.scopes import Scope
from core.errors import NotFound
from core.i18n import N_
from core.ids import show
from deals.preemption.actions.come_first import come_first
from deals.preemption.actions.name_holder import name_holder
from deals.preemption.actions.serve_notice import serve_notice
from deals.preemption.actions.waive_claim import waive_claim
from deals.preemption.queries import ClaimLine, PreemptionPage, preemption_page
from deals.preemption.rules import Paper
from deals.preemption.states import ClaimState
from webapp.api.calling import Call, Reply
from webapp.api.declaring import Link, operation
from webapp.api.errors import ProofNeeded
from webapp.api.operations.octets import given, kept
from webapp.api.operations.sharing import address_of
from webapp.api.schemas.common import Empty
from webapp.api.schemas.decisions import (
    HolderIn,
    HolderPaperQuery,
    PreemptionOut,
    preemption_out,
)
from webapp.downloads import OCTETS
from webapp.language import page_language
from webapp.uploads import LARGEST_PAPER, PAPER_WANTED, PDF

TAG: Final = "decisions"


def _page(call: Call) -> PreemptionPage:
    id = call.id("deal")
    with call.look() as at:
        found = preemption_page(at.session, call.actor, id, at.now, page_language())
    if found is None:
        raise NotFound(ref=f"deal:{id}")
    return found


def _address(call: Call) -> str:
    return address_of(f"/deals/{show('deal', call.id('deal'))}/preemption")


def _shown(call: Call) -> Reply:
    return Reply(preemption_out(_page(call), _address(call)))


def _line(call: Call) -> ClaimLine:
    line = next((one for one in _page(call).claims if one.row.id == call.id("claim")), None)
    if line is None:
        raise NotFound(ref=f"preemption:{call.id('claim')}")
    return line


def _file(call: Call, act: str, action: Callable[..., Any]) -> Reply:
    """A paper is stored only for whoever may put it on file; nobody answers for themselves so."""
    line, asked = _line(call), call.query
    if line.own and act != "serve":
        raise ProofNeeded(address=_address(call))
    paper = Paper(day=asked.day)
    if act in line.acts:
        sent = kept(call, asked.name, LARGEST_PAPER, PDF, PAPER_WANTED)
        paper = Paper(sent.sha256, sent.name, sent.size, asked.day)
    call.act(action, line.row.id, paper)
    return _shown(call)


@operation(
    "GET", "/deals/{deal}/preemption", "readPreemption",
    N_("Who comes first at the agreed price, and what they said"), TAG,
    scope=Scope.READ_DEALS, answer=PreemptionOut,
    links=(
        Link("fileService", "claim", "/claims/0/id"),
        Link("fileWaiver", "claim", "/claims/0/id"),
        Link("fileAcceptance", "claim", "/claims/0/id"),
    ),
)  # fmt: skip
def read_preemption(call: Call) -> Reply:
    return _shown(call)


@operation(
    "POST", "/deals/{deal}/preemption/holders", "nameHolder",
    N_("Name who commissioned the development"), TAG,
    scope=Scope.WRITE_DEALS, body=HolderIn, answer=PreemptionOut, status=201,
)  # fmt: skip
def name(call: Call) -> Reply:
    call.act(name_holder, _page(call).deal.id, call.body.name)
    return _shown(call)


@operation(
    "POST", "/deals/{deal}/preemption/{claim}/service", "fileService",
    N_("Put on file that the notice reached somebody who comes first"), TAG,
    scope=Scope.WRITE_DEALS, query=HolderPaperQuery, takes_file=True, answer=PreemptionOut,
    status=201,
)  # fmt: skip
def serve(call: Call) -> Reply:
    return _file(call, "serve", serve_notice)


@operation(
    "POST", "/deals/{deal}/preemption/{claim}/waiver", "fileWaiver",
    N_("Put a signed waiver on file"), TAG,
    scope=Scope.WRITE_DEALS, query=HolderPaperQuery, takes_file=True, answer=PreemptionOut,
    status=201,
)  # fmt: skip
def waive(call: Call) -> Reply:
    return _file(call, "waive", waive_claim)


@operation(
    "POST", "/deals/{deal}/preemption/{claim}/acceptance", "fileAcceptance",
    N_("Put on file, signed, that somebody who comes first takes the terms"), TAG,
    scope=Scope.WRITE_DEALS, query=HolderPaperQuery, takes_file=True, answer=PreemptionOut,
    status=201,
)  # fmt: skip
def accept(call: Call) -> Reply:
    return _file(call, "exercise", come_first)


@operation(
    "POST", "/deals/{deal}/preemption/{claim}/answer", "answerClaim",
    N_("Refused to programs: whoever comes first answers on the page"), TAG,
    scope=Scope.WRITE_DEALS, body=Empty, by_hand=True,
)  # fmt: skip
def answer(call: Call) -> Reply:
    _line(call)
    raise ProofNeeded(address=_address(call))


def _paper(call: Call, sha256: str | None, file: str) -> Reply:
    if not sha256:
        raise NotFound(ref=f"preemption:{call.id('claim')}")
    return given(call, sha256, file)


@operation(
    "GET", "/deals/{deal}/preemption/{claim}/service", "readService",
    N_("The receipt of the notice to somebody who comes first"), TAG,
    scope=Scope.READ_DEALS, streams=OCTETS,
)  # fmt: skip
def read_service(call: Call) -> Reply:
    row = _line(call).row
    return _paper(call, row.service, row.service_file)


@operation(
    "GET", "/deals/{deal}/preemption/{claim}/waiver", "readWaiver",
    N_("The signed waiver"), TAG, scope=Scope.READ_DEALS, streams=OCTETS,
)  # fmt: skip
def read_waiver(call: Call) -> Reply:
    return _answer(call, waived=True)


@operation(
    "GET", "/deals/{deal}/preemption/{claim}/acceptance", "readAcceptance",
    N_("The signed paper of somebody who takes the terms"), TAG,
    scope=Scope.READ_DEALS, streams=OCTETS,
)  # fmt: skip
def read_acceptance(call: Call) -> Reply:
    return _answer(call, waived=False)


def _answer(call: Call, *, waived: bool) -> Reply:
    row = _line(call).row
    asked = row.state == (ClaimState.WAIVED if waived else ClaimState.EXERCISED)
    return _paper(call, row.answer if asked else None, row.answer_file)
