"""Proposals to needs: what programs send and read, and which side sees what."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from core.ids import show
from matching.proposals.queries import ProposalLine, ProposalPage
from matching.proposals.rules import Proposed
from webapp.api.fields import Shape, words
from webapp.api.schemas.common import In, Out, Prose, Word, plain_id, shown_id
from webapp.api.schemas.inquiries import AskedIn


class ProposalIn(In):
    """In the name of one of your own organisations. Without `listing` the text says it all; with
    it, it is a published listing of that organisation."""

    organisation: shown_id("organisation")  # type: ignore[valid-type]
    listing: shown_id("listing") | None = None  # type: ignore[valid-type]
    text: Prose
    contact_name: Word
    contact: Word

    def plain(self) -> Proposed:
        return Proposed(self.text, self.contact_name, self.contact, plain_id(self.listing))


class TakeIn(In):
    """`inquiry` is wanted where a listing was proposed, and left out where words were."""

    inquiry: AskedIn | None = None


class DeclineIn(In):
    reason: Literal["not_fitting", "too_early", "too_dear", "have_one", "need_gone", "other"]
    reply: Prose = ""


class ProposalLineOut(Out):
    """`asked_by` is null where the need is anonymous to the reader; `mine`: one's own side sent
    it."""

    id: str
    url: str
    need: str
    need_title: str
    listing: str | None
    title: str
    proposer: str
    proposer_name: str
    asked_by: str | None
    state: str
    sent_at: datetime
    mine: bool


class ProposalOut(ProposalLineOut):
    text: str
    contact_name: str
    contact: str
    ended_at: datetime | None
    reason: str | None
    reply: str
    inquiry: str | None
    may_answer: bool
    may_withdraw: bool


class ProposalsOut(Out):
    """`next` is the cursor of what follows; null at the end."""

    items: list[ProposalLineOut]
    next: str | None


_LINE = words(
    "id url need need_title listing title proposer proposer_name asked_by state sent_at mine"
)
_WHOLE = _LINE | words(
    "text contact_name contact ended_at reason reply inquiry may_answer may_withdraw"
)
LINE = Shape(ProposalLineOut, {"side": _LINE})
PROPOSAL = Shape(ProposalOut, {"side": _WHOLE})


def proposal_line(line: ProposalLine, url: str) -> ProposalLineOut:
    return LINE.show("side", _line(line, url))


def proposal_out(page: ProposalPage, url: str) -> ProposalOut:
    """Both sides and the overseers see the same."""
    row = page.line.row
    same = "text contact_name contact ended_at reason reply"
    values = _line(page.line, url) | {name: getattr(row, name) for name in same.split()}
    return PROPOSAL.show(
        "side",
        values
        | {
            "inquiry": show("inquiry", row.inquiry) if row.inquiry else None,
            "may_answer": page.may_answer,
            "may_withdraw": page.may_withdraw,
        },
    )


def _line(line: ProposalLine, url: str) -> dict[str, object]:
    row = line.row
    return {
        "id": show("proposal", row.id),
        "url": url,
        "need": show("need", row.need),
        "need_title": row.need_title,
        "listing": show("listing", row.listing) if row.listing else None,
        "title": line.title,
        "proposer": show("organisation", row.proposer_org),
        "proposer_name": line.proposer,
        "asked_by": line.asked_by or None,
        "state": row.state,
        "sent_at": row.sent_at,
        "mine": line.mine,
    }
