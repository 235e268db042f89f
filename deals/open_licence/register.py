"""What the register says of the patent of a listing, read under the locks of its assets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deals.open_licence.rules import Bar, Patent
from deals.scarcity import Wish, way_is_free
from listings.availability import Register, in_force
from listings.kinds import LegalStatus, RightKind, Way
from listings.models import PatentFacts
from listings.rights import registers


def patent_of(session: Session, assets: Sequence[str], on: date) -> Patent | None:
    """None where the assets have not one patent exactly."""
    rows = session.scalars(select(PatentFacts).where(PatentFacts.asset.in_(assets)).limit(2)).all()
    if len(rows) != 1:
        return None
    row, known = rows[0], registers(session, assets)
    free = way_is_free(session, assets, "", Wish(Way.ORDINARY), on)
    bars = {Bar.ALONE} if not free else set()
    if _annuity_is_unpaid(row, on):
        bars.add(Bar.ANNUITY)
    if any(_is_pledged(one, on) for one in known.values()):
        bars.add(Bar.PLEDGED)
    return Patent(
        number=_number(row),
        kind=row.kind,
        in_force=row.legal_status == LegalStatus.IN_FORCE,
        ends=row.expires_on,
        bars=frozenset(bars),
        co_owners_open=max(one.co_owners_open for one in known.values()),
    )


def _number(row: PatentFacts) -> str:
    """A Chinese patent is named by its application, with ZL before it."""
    if row.office == "CN" and row.application_number:
        return f"ZL{row.application_number.removeprefix('CN')}"
    return row.grant_number or ""


def _annuity_is_unpaid(row: PatentFacts, on: date) -> bool:
    """Paid until a day that has passed, or due on one; what nobody registered says nothing."""
    until = row.annuity_paid_until or row.annuity_due_on
    return until is not None and until < on


def _is_pledged(register: Register, on: date) -> bool:
    pledges = (one for one in register.rights if one.kind is RightKind.PLEDGE and not one.consent)
    return any(in_force(one, on) for one in pledges)
