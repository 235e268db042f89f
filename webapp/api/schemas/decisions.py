"""The institution's decision, and who comes first, as their readers see them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from core.ids import show
from deals.deciding.models import DecisionStep
from deals.deciding.queries import DecisionPage, StepLine
from deals.deciding.rules import LONGEST_NOTE, Decided
from deals.preemption.queries import ClaimLine, PreemptionPage
from webapp.api.fields import Shape, words
from webapp.api.schemas.common import FileName, In, Language, Out, Prose, Word
from webapp.api.schemas.deals import TermsOut, terms_out

Note = Annotated[Prose, Field(max_length=LONGEST_NOTE)]


class MinutesQuery(In):
    """What the paper in the body says: `number` of the minutes, `held_on` the day on it."""

    name: FileName
    outcome: Literal["passed", "refused"]
    held_on: date
    number: Word = ""
    note: Note = ""

    def plain(self, sha256: str = "", file: str = "", size: int = 0) -> Decided:
        return Decided(
            self.outcome, self.note, self.held_on, self.number, sha256, file, size
        )  # fmt: skip


class RefusedIn(In):
    note: Note
    held_on: date
    number: Word = ""


class SheetQuery(In):
    language: Language | None = None


class WaitingOut(Out):
    deal: str
    url: str
    title: str
    step: str
    name: str
    asked_at: datetime | None
    due_on: date | None


class WaitingsOut(Out):
    items: list[WaitingOut]


class EarlierOut(Out):
    """A turn that was refused before."""

    id: str
    decided_at: datetime | None
    note: str
    paper: bool


class DecisionStepOut(Out):
    """Steps of one `position` are asked together. `acts`: `page` (a decision of one's own, by its
    person), `file` (a paper that shows it), `again`."""

    id: str
    n: int
    turn: int
    position: int
    kind: str
    name: str
    person_name: str | None
    asked: bool
    due_on: date | None
    state: str
    decided_at: datetime | None
    decided_by: str | None
    held_on: date | None
    number: str
    note: str
    paper: bool
    earlier: list[EarlierOut]
    acts: list[str]


class DecisionOut(Out):
    """`related`: the buyer is a contributor, or related. Whoever is named in a step alone sees that
    step."""

    deal: str
    url: str
    title: str
    owner_name: str
    buyer_name: str
    mode: str
    related: bool
    terms: TermsOut
    steps: list[DecisionStepOut]
    passed: int | None = None
    done: bool | None = None


_NAMED: Final = words("deal url title owner_name buyer_name mode related terms steps")
DECISION: Final = Shape(
    DecisionOut, {"named": _NAMED, "side": _NAMED | {"passed", "done"}}
)  # fmt: skip


class HolderIn(In):
    """Who commissioned the development."""

    name: Word


class HolderPaperQuery(In):
    """`day`: on the paper in the body."""

    name: FileName
    day: date


class ClaimOut(Out):
    """`acts`: `page` (answered by the holder, there), `serve`, `exercise` and `waive` (a paper of
    the holder's put on file by the office)."""

    id: str
    n: int
    kind: str
    name: str
    standing: str
    served_on: date | None
    by_market: bool
    ends_on: date | None
    ends_at: datetime | None
    answered_at: datetime | None
    service: bool
    answer: bool
    acts: list[str]


class PreemptionOut(Out):
    """Who comes first on equal terms. A holder learns the terms and not the buyer."""

    deal: str
    url: str
    title: str
    owner_name: str
    terms: TermsOut
    claims: list[ClaimOut]
    open: int | None = None
    may_name: bool | None = None


_HOLDER: Final = words("deal url title owner_name terms claims")
PREEMPTION: Final = Shape(
    PreemptionOut, {"holder": _HOLDER, "side": _HOLDER | {"open", "may_name"}}
)  # fmt: skip


def decision_out(page: DecisionPage, url: str) -> DecisionOut:
    values: dict[str, Any] = {
        "deal": show("deal", page.deal.id),
        "url": url,
        "title": page.title,
        "owner_name": page.seller,
        "buyer_name": page.buyer,
        "mode": page.mode.code,
        "related": page.deal.related,
        "terms": terms_out(page.terms),
        "steps": [_step(line, page.people) for line in page.steps],
        "passed": page.passed,
        "done": page.done,
    }
    return DECISION.show("side" if page.whole else "named", values)


def _step(line: StepLine, people: dict[str, str]) -> DecisionStepOut:
    row = line.row
    same = "id n turn position kind name due_on state decided_at held_on number note"
    acts = {"page": line.mine and line.own, "file": line.mine and not line.own, "again": line.again}
    return DecisionStepOut(
        **{name: getattr(row, name) for name in same.split()},
        person_name=people.get(row.person or ""),
        asked=line.asked,
        decided_by=people.get(row.decided_by or ""),
        paper=row.sha256 is not None,
        earlier=[_earlier(one) for one in line.earlier],
        acts=[act for act, may in acts.items() if may],
    )


def _earlier(row: DecisionStep) -> EarlierOut:
    return EarlierOut(
        id=row.id, decided_at=row.decided_at, note=row.note, paper=row.sha256 is not None
    )


def preemption_out(page: PreemptionPage, url: str) -> PreemptionOut:
    values: dict[str, Any] = {
        "deal": show("deal", page.deal.id),
        "url": url,
        "title": page.title,
        "owner_name": page.seller,
        "terms": terms_out(page.terms),
        "claims": [_claim(line) for line in page.claims],
        "open": page.open,
        "may_name": page.may_name,
    }
    return PREEMPTION.show("side" if page.whole else "holder", values)


def _claim(line: ClaimLine) -> ClaimOut:
    row = line.row
    same = "id n kind name served_on ends_on ends_at answered_at"
    answers = {"page"} if line.own and line.acts - {"serve"} else set()
    filed = line.acts & ({"serve"} if line.own else {"serve", "exercise", "waive"})
    return ClaimOut(
        **{name: getattr(row, name) for name in same.split()},
        standing=line.standing,
        by_market=row.served_at is not None and row.served_by is None,
        service=row.service is not None,
        answer=row.answer is not None,
        acts=sorted(answers | filed),
    )
