"""The rights register of one asset as its own office edits it, and what a package may hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from listings.inputs import CoOwnerInput, RightInput
from listings.kinds import AssetKind, Way
from listings.models import (
    Asset,
    AssetMember,
    CoOwner,
    ExportStatement,
    Listing,
    ListingText,
    Right,
    Valuation,
)
from listings.states import ListingState
from listings.valuing import valuations_of


@dataclass(frozen=True)
class RegisterRow:
    """`declared`: the owner entered it; else a deal did, and no form can change it."""

    n: int
    declared: bool
    right: RightInput


@dataclass(frozen=True)
class CoOwnerRow:
    n: int
    owner: CoOwnerInput


@dataclass(frozen=True)
class ExportRow:
    """What the office states about taking it out of the country."""

    kind: str
    basis: str
    at: datetime


@dataclass(frozen=True)
class RegisterView:
    rights: tuple[RegisterRow, ...]
    co_owners: tuple[CoOwnerRow, ...]
    export: ExportRow | None
    valuations: tuple[Valuation, ...] = ()
    """Newest first."""

    @property
    def declared(self) -> tuple[RightInput, ...]:
        return tuple(row.right for row in self.rights if row.declared)


def rights_register(session: Session, asset: str) -> RegisterView:
    """Four statements. Permission is the caller's: holders are named here."""
    rights = session.scalars(
        select(Right).where(Right.asset == asset).order_by(Right.starts, Right.n)
    )
    owners = session.scalars(select(CoOwner).where(CoOwner.asset == asset).order_by(CoOwner.n))
    said = session.get(ExportStatement, asset)
    return RegisterView(
        tuple(RegisterRow(row.n, row.source is None, _right(row)) for row in rights),
        tuple(
            CoOwnerRow(
                row.n,
                CoOwnerInput(row.name, row.organisation, row.share_bp, row.consented_on),
            )
            for row in owners
        ),
        ExportRow(said.kind, said.basis, said.at) if said else None,
        valuations_of(session, asset),
    )


def _right(row: Right) -> RightInput:
    return RightInput(
        row.starts,
        row.kind,
        Way(row.way) if row.way else None,
        row.holder,
        row.holder_name,
        row.field,
        row.territory,
        row.ends,
        row.consent,
    )


@dataclass(frozen=True)
class MemberChoice:
    """Something of the owner that a package may hold."""

    asset: str
    title: str
    kind: str
    state: str
    chosen: bool
    changed_on: date


def member_choices(session: Session, package: str, owner_org: str) -> tuple[MemberChoice, ...]:
    """The owner's results, patents and know-how, those chosen first, in two statements."""
    members = select(AssetMember).where(AssetMember.package == package)
    positions = {row.member: row.position for row in session.scalars(members)}
    rows = session.execute(
        select(Asset.id, Asset.kind, Listing.state, Listing.edited_at, ListingText.title)
        .join(Listing, Listing.asset == Asset.id)
        .join(
            ListingText,
            (ListingText.listing == Listing.id) & (ListingText.language == Listing.language),
        )
        .where(
            Asset.owner_org == owner_org,
            Asset.kind != AssetKind.PACKAGE,
            Listing.state != ListingState.ARCHIVED,
        )
        .order_by(Asset.id.in_(sorted(positions)).desc(), Listing.edited_at.desc(), Asset.id)
        .limit(500)
    )
    found = {
        id: MemberChoice(id, title, kind, state, id in positions, edited_at.date())
        for id, kind, state, edited_at, title in rows
    }
    last = len(positions)
    return tuple(sorted(found.values(), key=lambda one: positions.get(one.asset, last)))
