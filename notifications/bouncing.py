"""Addresses that refuse our letters: counted, rested after three, tried again when asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from notifications.models import RefusedAddress

BOUNCES_AFTER: Final = 3


def note_refusal(session: Session, address: str, now: datetime, count: int = 1) -> None:
    """`count` refusals more; from the third on the address bounces."""
    row = session.get(RefusedAddress, address)
    if row is None:
        row = RefusedAddress(address=address, refusals=0, last_at=now)
        session.add(row)
    row.refusals, row.last_at = row.refusals + count, now
    if row.refusals >= BOUNCES_AFTER and row.bounces_since is None:
        row.bounces_since = now


def note_success(session: Session, address: str) -> None:
    """A letter went through: what was counted before is forgotten."""
    row = session.get(RefusedAddress, address)
    if row is not None and row.bounces_since is None:
        session.delete(row)


def bouncing(session: Session, addresses: Iterable[str]) -> dict[str, datetime]:
    """Those that bounce, and since when."""
    rows = session.scalars(
        select(RefusedAddress).where(
            RefusedAddress.address.in_(sorted(set(addresses))),
            RefusedAddress.bounces_since.is_not(None),
        )
    )
    return {row.address: row.bounces_since for row in rows if row.bounces_since}
