"""What an access token may be used for: the person's own rights of today, cut to these words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from enum import StrEnum
from typing import Final

from core.actor import Actor


class Scope(StrEnum):
    READ_MARKET = "read:market"
    READ_ORGANISATION = "read:organisation"
    READ_INQUIRIES = "read:inquiries"
    READ_DEALS = "read:deals"
    READ_MONEY = "read:money"
    READ_PERSONAL = "read:personal"
    WRITE_ORGANISATION = "write:organisation"
    WRITE_LISTINGS = "write:listings"
    WRITE_NEEDS = "write:needs"
    WRITE_INQUIRIES = "write:inquiries"
    WRITE_DEALS = "write:deals"
    WRITE_PERSONAL = "write:personal"


_NEVER_LENT: Final = frozenset({"operator"})
"""Seats of the market's operator: vetting, moderation and oversight are done by people at the
console, behind their second factor."""


def cut(actor: Actor, scopes: Collection[str], needed: str | None) -> Actor:
    """The actor as a token with `scopes` may be, in an operation that needs one of them.

    What is public is read without a seat unless the token also reads its organisation: a key for
    the open market learns of no draft.
    """
    public = needed in (None, Scope.READ_MARKET)
    if public and Scope.READ_ORGANISATION not in scopes:
        return replace(actor, seats=())
    lent = tuple(seat for seat in actor.seats if seat.kind not in _NEVER_LENT)
    return replace(actor, seats=lent)
