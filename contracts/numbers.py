"""What a contract's number looks like: by the rules that its deal pinned."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import select

from contracts.models import Contract
from core.law import Profile
from core.numbering import Pattern, give_number
from core.unit_of_work import UnitOfWork

CONTRACT_NUMBER: Final = "numbering.contract"
CONTRACT_NUMBER_OURS: Final = "{date}-{id}"
"""Where the profile is silent: it tells nobody how many contracts there are."""


def next_number(uow: UnitOfWork, profile: Profile, on: date, id: str) -> str:
    """Borne by no other contract. May lock a series, so nothing may be locked after it."""
    ours = CONTRACT_NUMBER not in profile or profile.value(CONTRACT_NUMBER).value is None
    text = CONTRACT_NUMBER_OURS if ours else profile.code(CONTRACT_NUMBER)

    def taken(number: str) -> bool:
        return uow.session.scalar(select(Contract.id).where(Contract.number == number)) is not None

    return give_number(uow, "contract", Pattern.parse(text), on, id, taken)
