"""A second operator takes back what the first decided."""

from __future__ import annotations

from accounts.actions.lift_sanction import lift_sanction
from accounts.actions.vet_organisation import vet_organisation
from core.errors import Invalid
from core.ids import split_ref
from core.results import Done
from core.unit_of_work import UnitOfWork
from governance.appealing import answer, check_answer
from governance.decisions import decision
from governance.models import Appeal
from governance.rules import text_problems
from governance.states import AppealAct
from listings.measures import put_back


def grant_appeal(uow: UnitOfWork, appeal: str, note: str) -> Done:
    """`note` is the reason, told to whom it concerns. What has ended or was moved by its owner
    meanwhile stays as it is. Raises Invalid, NotFound, OwnAppeal, AppealMovedOn."""
    uow.check(check_answer, appeal)
    if problems := text_problems("note", note):
        raise Invalid(problems)
    at = uow.lock(Appeal, appeal)
    answer(at, AppealAct.GRANT, note)
    kind, id = split_ref(at.row.about)
    found = decision(uow.session, at.row.about)
    if found is None or found.key != at.row.decision:
        return Done(appeal)
    if kind == "organisation":
        vet_organisation(uow, id, "restore", note)
    elif kind == "sanction":
        if found.stands:
            lift_sanction(uow, id, note)
    else:
        put_back(uow, at.row.about)
    return Done(appeal)
