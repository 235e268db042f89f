"""Freezes the text for signing, once nothing in it is void and every warning has a reason."""

from __future__ import annotations

from collections.abc import Mapping

from contracts import facts
from contracts.drawing_up import matter_of
from contracts.errors import DraftMovedOn
from contracts.lint import BLOCK, Finding, findings, unanswered
from contracts.matter import digest
from contracts.models import Contract
from contracts.permissions import check_contract
from contracts.states import ContractAct
from contracts.working import deal_of, grants_of, move, newest
from core.errors import Invalid, Problem
from core.i18n import N_
from core.results import Done
from core.stops import What, refuse_stopped
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from deals import lawful
from deals.permissions import Do
from listings.rights import check_free


def freeze_contract(
    uow: UnitOfWork, contract: str, version: int, reasons: Mapping[str, str]
) -> Done:
    """By either side; the other may open the text again, and nobody is bound before both signed.

    `version`: the one that was read; `reasons`: by the keys of warnings. Raises Invalid with what
    the law stops, DraftMovedOn, ContractMovedOn, RightTaken, DealsStopped.
    """
    uow.check(check_contract, contract, Do.ACT)
    uow.check(refuse_stopped, What.DEALS)
    at = uow.lock(Contract, contract)
    deal, draft = deal_of(uow, at.row), newest(uow, at.row)
    if version != at.row.versions:
        raise DraftMovedOn(version=at.row.versions)
    profile, today = lawful.pinned(uow, deal), legal_date(at.now, uow.ports.zone)
    matter = matter_of(uow.session, deal, uow.ports.language)
    found = findings(matter, draft, profile, today)
    if open_ones := unanswered(found, dict(reasons)):
        raise Invalid({"": [_problem(one) for one in open_ones]})
    for asset, right in grants_of(uow, at, deal):
        check_free(uow, asset, right)
    at.row.matter = matter.dump()
    at.row.digest = digest(at.row.number, matter, draft)
    at.row.reasons = {one.key: _kept(one, reasons[one.key], profile.pin) for one in found}
    at.row.frozen_at, at.row.frozen_by = at.now, uow.actor.person
    rules = sorted({one.rule.rule_id for one in found})
    move(
        at, ContractAct.FREEZE, version=version, digest=at.row.digest, profile=profile.pin,
        warned=rules,
    )  # fmt: skip
    at.fact(facts.CONTRACT_READY)
    return Done(contract)


def _problem(one: Finding) -> Problem:
    if one.enforce == BLOCK:
        return Problem(one.code, N_("Something in the text stops it; see the findings below."))
    return Problem(one.code, N_("Give a reason for each warning, in a few words."))


def _kept(one: Finding, reason: str, pin: str) -> dict[str, str]:
    return {"rule": one.rule.rule_id, "reason": reason.strip(), "profile": pin}
