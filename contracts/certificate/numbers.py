"""What a certificate's number looks like: by the market's own rule of the day of issue."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import select

from contracts.certificate.models import TradeCertificate
from core.ids import new_id
from core.numbering import Pattern, give_number
from core.unit_of_work import UnitOfWork

CERTIFICATE_NUMBER: Final = "numbering.certificate"
CERTIFICATE_NUMBER_OURS: Final = "{date}-{id}"
"""Where the profile is silent: nobody finds a certificate by counting."""


def next_number(uow: UnitOfWork, on: date, id: str) -> str:
    """Borne by no other certificate. May lock a series, so nothing may be locked after it."""
    profile = uow.law(uow.ports.jurisdiction, on)
    silent = CERTIFICATE_NUMBER not in profile or profile.value(CERTIFICATE_NUMBER).value is None
    text = CERTIFICATE_NUMBER_OURS if silent else profile.code(CERTIFICATE_NUMBER)

    def taken(number: str) -> bool:
        same = TradeCertificate.number == number
        return uow.session.scalar(select(TradeCertificate.id).where(same)) is not None

    pattern = Pattern.parse(text)
    number = give_number(uow, "certificate", pattern, on, id, taken)
    while taken(number):  # two ids of one day may begin alike
        number = give_number(uow, "certificate", pattern, on, new_id(), taken)
    return number
