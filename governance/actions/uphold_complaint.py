"""The operator finds a complaint right and takes down what it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from core.errors import Invalid
from core.ids import split_ref
from core.results import Done
from core.unit_of_work import UnitOfWork
from governance.complaining import move
from governance.errors import OtherProcedure
from governance.models import Complaint
from governance.permissions import Do, check_may
from governance.rules import text_problems
from governance.states import ComplaintAct, Kind
from governance.subjects import subject
from listings.actions.moderate_listing import moderate_listing
from listings.actions.moderate_need import moderate_need

_REASONS: Final[Mapping[str, str]] = {
    Kind.UNTRUTH: "misleading",
    Kind.CONTACT_ABUSE: "other",
    Kind.PERSONAL_DATA: "unlawful",
    Kind.OTHER: "other",
}
_TAKE_DOWN: Final[Mapping[str, Callable[[UnitOfWork, str, str, str], Done]]] = {
    "listing": moderate_listing,
    "need": moderate_need,
}


def uphold_complaint(uow: UnitOfWork, complaint: str, note: str) -> Done:
    """`note` is told to both sides. An organisation is told and keeps its page: suspending one
    is a decision of its own. Raises Invalid, OtherProcedure, ComplaintMovedOn."""
    uow.check(check_may, complaint, Do.DECIDE)
    if problems := text_problems("note", note):
        raise Invalid(problems)
    at = uow.lock(Complaint, complaint)
    if at.row.kind == Kind.INFRINGEMENT:
        raise OtherProcedure
    move(at, ComplaintAct.UPHOLD, note=note)
    at.row.forwarded_at = at.now
    kind, id = split_ref(at.row.about)
    found = subject(uow.session, at.row.about)
    if kind in _TAKE_DOWN and found is not None and found.public:
        _TAKE_DOWN[kind](uow, id, _REASONS[at.row.kind], note)
    return Done(complaint)
