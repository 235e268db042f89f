"""The rights register: what deals enter into it, and what availability reads from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.times import legal_date
from core.unit_of_work import UnitOfWork
from listings import facts
from listings.availability import (
    Availability,
    Bound,
    Register,
    RightHeld,
    availability,
    bound_by,
    conflicts,
)
from listings.errors import RightTaken
from listings.kinds import DEAD, RightKind, Way
from listings.models import Asset, AssetMember, CoOwner, PatentFacts, Right

T = TypeVar("T")


@dataclass(frozen=True)
class Grant:
    """A right that a deal passes. `source` is the deal's Ref; None: all fields, everywhere."""

    way: Way
    holder: str | None
    source: str
    starts: date
    ends: date | None = None
    field: str | None = None
    territory: str | None = None
    holder_name: str | None = None


def grant(uow: UnitOfWork, asset: str, new: Grant, *, arises: bool = False) -> None:
    """Enters a right, under the asset's lock. The same source and way twice is entered once.

    Raises RightTaken where an earlier right stands against it, or a consent is lacking; `arises`:
    the law makes this right, so that the register records it even so.
    """
    at = uow.lock(Asset, asset)
    already = select(Right.n).where(
        Right.asset == asset, Right.source == new.source, Right.way == new.way
    )
    if uow.session.scalar(already) is not None:
        return
    held = RightHeld(RightKind.GRANT, new.way, new.starts, new.ends, new.field, new.territory)
    today = legal_date(at.now, uow.ports.zone)
    against = conflicts(_register(uow, asset, today), held, today)
    if against and not arises:
        raise RightTaken(way=str(new.way), reason=", ".join(against))
    at.add(Right(asset=asset, kind=RightKind.GRANT, **vars(new)))
    at.record("granted", way=str(new.way), holder=new.holder, source=new.source)
    at.fact(facts.ASSET_CHANGED)


def open_to_all(uow: UnitOfWork, asset: str, source: str, starts: date, ends: date | None) -> None:
    """Enters an open licence that the patent office has announced: while it stands nobody has an
    exclusive or sole one (Patent Law art. 51). `end_grant` ends it."""
    at = uow.lock(Asset, asset)
    kind = RightKind.OPEN_LICENCE
    at.add(Right(asset=asset, kind=kind, source=source, starts=starts, ends=ends))
    at.record("opened_to_all", source=source)
    at.fact(facts.ASSET_CHANGED)


def end_grant(uow: UnitOfWork, asset: str, source: str) -> None:
    """Ends today what `source` granted; nothing happens where it granted nothing."""
    at = uow.lock(Asset, asset)
    today = legal_date(at.now, uow.ports.zone)
    rows = uow.session.scalars(select(Right).where(Right.asset == asset, Right.source == source))
    for row in rows:
        if row.ends is None or row.ends > today:
            row.ends = max(today, row.starts)
            at.record("grant_ended", way=row.way, source=source)
            at.fact(facts.ASSET_CHANGED)


def check_free(uow: UnitOfWork, asset: str, new: Grant) -> None:
    """As `grant`, without entering it: raises RightTaken. Takes the asset's lock."""
    at = uow.lock(Asset, asset)
    held = RightHeld(RightKind.GRANT, new.way, new.starts, new.ends, new.field, new.territory)
    today = legal_date(at.now, uow.ports.zone)
    if against := conflicts(_register(uow, asset, today), held, today):
        raise RightTaken(way=str(new.way), reason=", ".join(against))


def _register(uow: UnitOfWork, asset: str, today: date) -> Register:
    return register_of(uow.session, asset, bound_by(uow.law(uow.ports.jurisdiction, today)))


def register_of(session: Session, asset: str, bound: Bound = Bound()) -> Register:  # noqa: B008
    """The register of one asset; a package has the rights of all its members too."""
    return registers(session, [asset], bound)[asset]


def registers(
    session: Session,
    assets: Sequence[str],
    bound: Bound = Bound(),  # noqa: B008
) -> dict[str, Register]:
    """Registers by asset, in four statements however many there are."""
    members: dict[str, list[str]] = {asset: [asset] for asset in assets}
    rows = session.execute(
        select(AssetMember.package, AssetMember.member).where(AssetMember.package.in_(assets))
    )
    for package, member in rows:
        members[package].append(member)
    every = sorted({member for group in members.values() for member in group})
    held = session.scalars(select(Right).where(Right.asset.in_(every)))
    unasked = select(CoOwner.asset, CoOwner.name).where(
        CoOwner.asset.in_(every), CoOwner.consented_on.is_(None)
    )
    states = select(PatentFacts.asset, PatentFacts.legal_status).where(PatentFacts.asset.in_(every))
    rights = _by_asset((right.asset, _held(right)) for right in held)
    open_owners = _by_asset(session.execute(unasked))
    patents = _by_asset(session.execute(states))
    return {
        asset: Register(
            tuple(right for one in group for right in rights[one]),
            sum(len(open_owners[one]) for one in group),
            _ended([status for one in group for status in patents[one]]),
            bound,
        )
        for asset, group in members.items()
    }


def _by_asset(rows: Iterable[tuple[str, T]]) -> defaultdict[str, list[T]]:
    found: defaultdict[str, list[T]] = defaultdict(list)
    for asset, value in rows:
        found[asset].append(value)
    return found


def _ended(states: list[str]) -> bool:
    """An asset without patents does not end with them."""
    return bool(states) and all(status in DEAD for status in states)


def standing_of_ways(register: Register, on: date) -> dict[Way, Availability]:
    """How each way stands, for all fields and everywhere."""
    return {way: availability(register, way, on) for way in Way}


def _held(right: Right) -> RightHeld:
    return RightHeld(
        RightKind(right.kind),
        Way(right.way) if right.way else None,
        right.starts,
        right.ends,
        right.field,
        right.territory,
        right.consent,
    )
