"""What the actions on a complaint share: its link, its steps, and what it keeps off the market."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from accounts.codes import Codes
from core.unit_of_work import At
from governance.facts import COMPLAINT_FACTS
from governance.models import Complaint, ComplaintStep
from governance.states import HOLDING, ComplaintAct, after
from listings.measures import release

WAIT: Final = "wait"
"""The timer after whose end measures are lifted."""
_LINK: Final = "complaint"


def complaint_token(secret: bytes, complaint: str) -> str:
    """What the sender's link holds; derived, so that nothing secret is stored."""
    return Codes(secret).token(_LINK, complaint)


def complaint_of_token(secret: bytes, token: str) -> str | None:
    """The complaint whose link this is, or None."""
    return Codes(secret).read_token(_LINK, token)


def move(
    at: At[Complaint],
    act: ComplaintAct,
    *,
    note: str = "",
    rule: str | None = None,
    profile: str | None = None,
) -> None:
    """Moves a locked complaint and writes the step. Raises ComplaintMovedOn."""
    before, at.row.state = at.row.state, after(at.row.state, act)
    step = ComplaintStep(
        complaint=at.row.id,
        act=act,
        before=before,
        after=at.row.state,
        at=at.now,
        by=at.uow.actor.person,
        note=note.strip(),
        rule=rule,
        profile=profile,
    )
    at.add(step)
    at.record(act, before=before, after=str(at.row.state), rule=rule, profile=profile)
    at.fact(COMPLAINT_FACTS[act])


def stop_waiting(at: At[Complaint]) -> None:
    """Before the complaint leaves the state in which a deadline runs."""
    at.row.wait_until = None
    at.timer(WAIT, None)


def lift(at: At[Complaint]) -> None:
    """Ends what this complaint did. Another that still stands about the same keeps it off."""
    others = select(Complaint.id).where(
        Complaint.about == at.row.about,
        Complaint.id != at.row.id,
        Complaint.state.in_(sorted(HOLDING)),
    )
    heir = at.uow.session.scalars(others.order_by(Complaint.sent_at, Complaint.id)).first()
    release(at.uow, at.row.about, at.row.id, heir)
