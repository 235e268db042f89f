"""What can still be had of an asset: derived from its rights register, never stored (pure).

Exclusive, sole and ordinary licences as the Supreme People's Court explains them (2020, art. 25);
earlier licences survive a transfer (art. 24); a pledged right passes only with the pledgee's
consent (Civil Code art. 444); a licence or transfer that binds co-owners needs all of them, an
ordinary licence does not (Patent Law art. 14); no licence of an expired or invalidated patent
(Civil Code art. 865).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from core.law import Profile
from listings.kinds import LICENCES, RightKind, Way

_PLACE: Final = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,6})?")
_BETWEEN: Final = re.compile(r"[\s,，、;；]+")
ALONE = frozenset({Way.EXCLUSIVE, Way.SOLE})
NEEDS_ALL_OWNERS = frozenset({Way.ASSIGNMENT, Way.EXCLUSIVE, Way.SOLE, Way.EQUITY_CONTRIBUTION})


CONSENT: Final = "coowner.consent"
MAY_ALONE: Final = "coowner.may_grant_alone"
BARS: Final = "open_licence.bars"


class Standing(StrEnum):
    """How a way stands on a day."""

    AVAILABLE = "available"
    PARTLY = "partly"
    """Free except in the fields or territories that `Availability.except_for` names."""
    CONSENT = "consent"
    """Free once somebody named in `reasons` agrees."""
    TAKEN = "taken"
    ENDED = "ended"
    """The right itself is over."""


@dataclass(frozen=True)
class RightHeld:
    """One entry of the register, as far as availability asks. None: every field, everywhere."""

    kind: RightKind
    way: Way | None
    starts: date
    ends: date | None = None
    field: str | None = None
    territory: str | None = None
    consent: bool = False


@dataclass(frozen=True)
class Bound:
    """What the law says of ways: which need every co-owner (Patent Law art. 14), and which an open
    licence bars (art. 51). As the law stands, where no profile was read."""

    all_owners: frozenset[str] = NEEDS_ALL_OWNERS
    beside_open: frozenset[str] = ALONE


def bound_by(profile: Profile) -> Bound:
    """What the profile says of ways. A way of using the right needs every co-owner where it is
    named so, and also where it is a licence that none may grant alone; a trial is an ordinary one
    for a time."""
    plain, as_it_stands = LICENCES - {Way.TRIAL_LICENCE}, Bound()
    named = profile.codes(CONSENT) if CONSENT in profile else as_it_stands.all_owners
    alone = profile.codes(MAY_ALONE) if MAY_ALONE in profile else plain - as_it_stands.all_owners
    bars = profile.codes(BARS) if BARS in profile else as_it_stands.beside_open
    return Bound(frozenset(named) | (plain - frozenset(alone)), frozenset(bars))


@dataclass(frozen=True)
class Register:
    """What is known about an asset's rights on the day of asking."""

    rights: tuple[RightHeld, ...] = ()
    co_owners_open: int = 0
    """Co-owners who have not agreed to the offer."""
    ended: bool = False
    """Every patent of the asset has lapsed, expired or been invalidated."""
    bound: Bound = Bound()


@dataclass(frozen=True)
class Availability:
    way: Way
    standing: Standing
    reasons: tuple[str, ...] = ()
    except_for: tuple[str, ...] = ()
    until: date | None = None
    """When the last right in the way ends, if all of them do."""

    @property
    def can_be_asked(self) -> bool:
        return self.standing not in (Standing.TAKEN, Standing.ENDED)


def availability(
    register: Register,
    way: Way,
    on: date,
    field: str | None = None,
    territory: str | None = None,
) -> Availability:
    """How `way` stands on `on` for a field of use and a territory (None: all of them)."""
    if register.ended and way is not Way.JOINT_DEVELOPMENT:
        return Availability(way, Standing.ENDED, ("right_ended",))
    held = [right for right in register.rights if in_force(right, on)]
    blocking = [
        right
        for right in held
        if _stands_against(right, way, register.bound) and _overlap(right, field, territory)
    ]
    if total := [right for right in blocking if _covers(right, field, territory)]:
        return Availability(way, Standing.TAKEN, _reasons(total), (), _last_end(total))
    if blocking:
        scopes = tuple(sorted({right.field or right.territory or "" for right in blocking}))
        return Availability(way, Standing.PARTLY, _reasons(blocking), scopes, _last_end(blocking))
    if asked := _consents(register, held, way):
        return Availability(way, Standing.CONSENT, asked)
    return Availability(way, Standing.AVAILABLE)


def in_force(right: RightHeld, on: date) -> bool:
    """Both days count: a licence to 30 June still stands on 30 June."""
    return right.starts <= on and (right.ends is None or on <= right.ends)


def conflicts(register: Register, new: RightHeld, on: date) -> tuple[str, ...]:
    """Reasons why `new` may not be entered, empty when it may. Consents must have been given."""
    if new.way is None:
        return ()
    if register.ended and new.way is not Way.JOINT_DEVELOPMENT:
        return ("right_ended",)
    against = [
        right
        for right in register.rights
        if _meet_in_time(right, new, on)
        and _stands_against(right, new.way, register.bound)
        and _overlap(right, new.field, new.territory)
    ]
    held = [right for right in register.rights if in_force(right, on)]
    return _reasons(against) or _consents(register, held, new.way)


def _stands_against(right: RightHeld, way: Way, bound: Bound) -> bool:
    if right.kind is RightKind.PLEDGE:
        return False
    if right.kind is RightKind.OPEN_LICENCE:
        return way in bound.beside_open  # a negotiated ordinary licence remains possible
    if right.way in (Way.ASSIGNMENT, Way.EQUITY_CONTRIBUTION):
        return True
    if right.way in ALONE:
        return way in LICENCES  # the asset itself can pass; the licence survives
    if right.way in LICENCES:
        return way in ALONE
    return False


def _consents(register: Register, held: Sequence[RightHeld], way: Way) -> tuple[str, ...]:
    asked = []
    pledged = any(right.kind is RightKind.PLEDGE and not right.consent for right in held)
    if pledged and way is not Way.JOINT_DEVELOPMENT:
        asked.append("pledgee")
    if register.co_owners_open and way in register.bound.all_owners:
        asked.append("co_owners")
    return tuple(asked)


def _overlap(right: RightHeld, field: str | None, territory: str | None) -> bool:
    return _same_field(right.field, field) and _same_place(right.territory, territory)


def _covers(right: RightHeld, field: str | None, territory: str | None) -> bool:
    """Does the right take the whole scope asked for, so that nothing of it is left?"""
    whole_field = right.field is None or (field is not None and _same_field(right.field, field))
    taken, asked = places(right.territory), places(territory)
    whole_place = right.territory in (None, territory) or (
        bool(taken and asked) and all(one.startswith(tuple(taken)) for one in asked)
    )
    return whole_field and whole_place


def _same_field(one: str | None, other: str | None) -> bool:
    """Fields are words of the owner: equal words are one field, all others are apart."""
    if one is None or other is None:
        return True
    return one.strip().casefold() == other.strip().casefold()


def _same_place(one: str | None, other: str | None) -> bool:
    """One within the other is an overlap; what is said in words may be anywhere."""
    some, others = places(one), places(other)
    if not some or not others:
        return True
    return any(a.startswith(b) or b.startswith(a) for a in some for b in others)


def places(territory: str | None) -> frozenset[str]:
    """Codes from wide to narrow (CN, CN-33), of which a territory may name several; none where it
    is everywhere, or described in words."""
    said = _BETWEEN.split(territory.strip()) if territory else []
    return frozenset(said) if all(map(_PLACE.fullmatch, said)) else frozenset()


def _meet_in_time(one: RightHeld, other: RightHeld, on: date) -> bool:
    start = max(one.starts, other.starts, on)
    ends = [right.ends for right in (one, other) if right.ends is not None]
    return all(start <= end for end in ends)


def _reasons(rights: Iterable[RightHeld]) -> tuple[str, ...]:
    found = (right.kind if right.kind is not RightKind.GRANT else right.way for right in rights)
    return tuple(sorted({str(reason) for reason in found}))


def _last_end(rights: Sequence[RightHeld]) -> date | None:
    ends = [right.ends for right in rights if right.ends is not None]
    return max(ends) if len(ends) == len(rights) else None
