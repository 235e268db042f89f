"""The owner's side records what the authority issued for the export: intent letter, licence,
registration of the contract."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import cast

from core.errors import Invalid
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from deals import lawful
from deals.border import Paper, border_of, paper_problems
from deals.engine.declaration import Side
from deals.errors import NothingLeaves, OtherSideActs, WrongDealState
from deals.models import Deal, ExportPaper
from deals.modes import MODES
from deals.permissions import Do, acting_side, check_deal


def record_export_paper(
    uow: UnitOfWork, deal: str, kind: str, number: str, issued_on: date | None
) -> Done:
    """Written again it is a correction; the chain keeps a digest of both
    (SHA-256 of number, line feed, day). Raises Invalid, NotFound,
    Forbidden, OtherSideActs, WrongDealState, NothingLeaves where no such paper is needed."""
    uow.check(check_deal, deal, Do.ACT)
    at = uow.lock(Deal, deal)
    if acting_side(uow.actor, at.row) is not Side.SELLER:
        raise OtherSideActs
    state = MODES[at.row.mode].state(at.row.state)
    if state.ended and not state.signed:
        raise WrongDealState
    if wrong := paper_problems(kind, number, issued_on, legal_date(at.now, uow.ports.zone)):
        raise Invalid(wrong)
    border = border_of(uow.session, lawful.pinned(uow, at.row), at.row)
    paper, day = Paper(kind), cast("date", issued_on)
    if border is None or paper not in border.recordable(ended=False, signed=True):
        raise NothingLeaves
    if paper not in border.recordable(ended=state.ended, signed=state.signed):
        raise WrongDealState
    row = uow.session.get(ExportPaper, (deal, paper.value))
    if row is None:
        row = ExportPaper(deal=deal, kind=paper.value)
        at.add(row)
    row.number, row.issued_on = number.strip(), day
    row.by, row.at = str(uow.actor.person), at.now
    digest = sha256(f"{row.number}\n{day.isoformat()}".encode()).hexdigest()
    at.record("export_paper", paper=paper.value, on=day.isoformat(), digest=digest)
    at.fact("deal.export_paper")
    return Done(deal)
