"""A winner who leaves after the award: which reasons excuse it, and what follows from one that does
not."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Organisation
from accounts.queries import one_house
from accounts.states import OrganisationState
from core.law import Profile
from deals.engine.case import Case
from deals.models import Deal, DealStep
from deals.rounds import law
from deals.rounds.models import Round

DEFAULTED: Final = "defaulted"
"""What a step's evidence says of a buyer who broke off an award."""


class Excuse(StrEnum):
    """Lawful reasons that the market can see by itself; which of them count, the profile says."""

    OWNER_GONE = "owner_gone"
    INSTITUTION_REFUSED = "institution_refused"
    PREEMPTED = "preempted"
    EXPORT_PROHIBITED = "export_prohibited"
    OBJECTION_WAITS = "objection_waits"
    """The notice is over, and an objection has still no answer."""
    NOTICE_UNSHOWN = "notice_unshown"
    """Its last day is over, and the owner has not shown that it hung there."""


def excuses(case: Case, *, owner_stands: bool) -> frozenset[Excuse]:
    """What keeps the contract from being signed and is not the buyer's doing."""
    last = case.notice_last_day
    found = {
        Excuse.OWNER_GONE: not owner_stands,
        Excuse.INSTITUTION_REFUSED: case.steps_refused > 0,
        Excuse.PREEMPTED: case.claims_used > 0,
        Excuse.EXPORT_PROHIBITED: case.against_signing == "export_prohibited",
        Excuse.OBJECTION_WAITS: case.state == "objected" and case.objections_open > 0,
        Excuse.NOTICE_UNSHOWN: case.last_day_unshown and last is not None and case.today > last,
    }
    return frozenset(code for code, holds in found.items() if holds)


def is_excused(found: Collection[str], taken: Collection[str]) -> bool:
    """`taken`: the codes that the profile takes as a lawful reason."""
    return not set(found).isdisjoint(taken)


def may_leave_freely(session: Session, profile: Profile, deal: Deal, case: Case) -> bool:
    """Whether the buyer of an award breaks nothing off by leaving now."""
    if not law.says(profile, law.FORFEITS):
        return True
    found = excuses(case, owner_stands=stands(session, deal.seller_org))
    return is_excused(found, profile.codes(law.EXCUSED) if law.EXCUSED in profile else ())


def stands(session: Session, owner: str) -> bool:
    """Whether the owner can still act; one that was merged acts through the other."""
    return session.get_one(Organisation, owner).state in _STANDING


def broke_off_before(session: Session, listing: str, organisation: str) -> bool:
    """Whether the organisation won an open listing of this result before and broke it off."""
    won = (
        select(DealStep.evidence)
        .join(Deal, Deal.id == DealStep.deal)
        .join(Round, Round.deal == Deal.id)
        .where(
            Round.listing == listing,
            Deal.buyer_org.in_(one_house(organisation)),
            DealStep.act == "walk_away",
        )
    )
    return any(evidence.get(DEFAULTED) for evidence in session.scalars(won))


_STANDING: Final = frozenset({OrganisationState.VETTED, OrganisationState.MERGED})
