"""Addresses that refuse our letters: counted, rested after three, tried again when asked.

A refusal in the dialogue of SMTP is forgotten when a later letter is taken. A relay takes every
letter, which says nothing of those that came back: they are forgotten by time only.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from notifications.models import RefusedAddress
from notifications.reports import Said

BOUNCES_AFTER: Final = 3
"""Letters refused for good, at once or later."""
DELAYED_AFTER: Final = 10
"""Letters given up after trying for long (4.x.x): that may be the server, not the address."""
LAPSES_AFTER: Final = timedelta(days=30)
"""So long after the last one, letters that came back count no more."""


def note_refusal(session: Session, address: str, now: datetime, count: int = 1) -> bool:
    """`count` refusals more; from the third on the address bounces. Did it begin to now?"""
    row = _counted(session, address, now)
    row.refusals += count
    return _rests(row, now)


def note_return(session: Session, address: str, now: datetime, said: Said) -> bool:
    """One letter more that came back. Does the address begin to bounce now?"""
    row = _counted(session, address, now)
    if said is Said.REFUSED:
        row.returned += 1
    else:
        row.delayed += 1
    return _rests(row, now)


def _counted(session: Session, address: str, now: datetime) -> RefusedAddress:
    row = session.get(RefusedAddress, address)
    if row is None:
        row = RefusedAddress(address=address, refusals=0, returned=0, delayed=0, last_at=now)
        session.add(row)
    if row.bounces_since is None and row.last_at + LAPSES_AFTER < now:
        row.returned = row.delayed = 0
    row.last_at = now
    return row


def _rests(row: RefusedAddress, now: datetime) -> bool:
    over = row.refusals + row.returned >= BOUNCES_AFTER or row.delayed >= DELAYED_AFTER
    if not over or row.bounces_since is not None:
        return False
    row.bounces_since = now
    return True


def note_success(session: Session, address: str, now: datetime) -> None:
    """A letter was taken: what was refused before is forgotten, what came back is not yet."""
    row = session.get(RefusedAddress, address)
    if row is None or row.bounces_since is not None:
        return
    row.refusals = 0
    if not (row.returned or row.delayed) or row.last_at + LAPSES_AFTER < now:
        session.delete(row)


def try_again(row: RefusedAddress) -> None:
    """Letters go there again; the next one that fails as those before did is the last."""
    row.bounces_since, row.refusals = None, BOUNCES_AFTER - 1
    row.returned = BOUNCES_AFTER - 1 if row.returned else 0
    row.delayed = DELAYED_AFTER - 1 if row.delayed else 0


def bouncing(session: Session, addresses: Iterable[str]) -> dict[str, datetime]:
    """Those that bounce, and since when."""
    rows = session.scalars(
        select(RefusedAddress).where(
            RefusedAddress.address.in_(sorted(set(addresses))),
            RefusedAddress.bounces_since.is_not(None),
        )
    )
    return {row.address: row.bounces_since for row in rows if row.bounces_since}
