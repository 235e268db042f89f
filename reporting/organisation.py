"""An organisation as everyone may see it: only one that was vetted has a public page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from accounts.documents import marks_of
from accounts.models import Organisation, OrganisationMark, OrganisationName
from accounts.profiles import profile_of
from accounts.queries import merged_houses
from accounts.states import OrganisationState
from accounts.units.models import Unit
from accounts.units.queries import running
from deals.models import Deal
from listings.models import Listing
from listings.states import ListingState


@dataclass(frozen=True)
class UnitFigure:
    """A department or branch, and how many of its results are published."""

    row: Unit
    published: int


@dataclass(frozen=True)
class PublicOrganisation:
    """`names` by language; contact is what its administrators chose to publish."""

    id: str
    kind: str
    names: dict[str, str]
    original: str
    country: str
    number: str
    region: str | None
    website: str | None
    contact_name: str | None
    contact_mail: str | None
    contact_phone: str | None
    intros: dict[str, str]
    fields: tuple[str, ...]
    """Sections of the IPC that it names itself."""
    ror: str | None
    logo: str | None
    marks: Mapping[str, OrganisationMark]
    """What an operator verified."""
    houses: tuple[str, ...] = ()
    """Its own id and those of organisations that were merged into it."""
    units: tuple[UnitFigure, ...] = ()
    """Its running departments and branches, by name."""

    def intro(self, language: str) -> str:
        found = self.intros.get(language) or self.intros.get(self.original)
        return found or next(iter(self.intros.values()), "")

    def name(self, language: str) -> str:
        found = self.names.get(language) or self.names.get(self.original)
        return found or next(iter(self.names.values()), "")


def public_organisation(session: Session, organisation: str) -> PublicOrganisation | None:
    """None for one that does not exist or is not vetted. Four statements."""
    row = session.scalar(
        select(Organisation).where(
            Organisation.id == organisation, Organisation.state == OrganisationState.VETTED
        )
    )
    if row is None:
        return None
    names = session.scalars(
        select(OrganisationName).where(OrganisationName.organisation == organisation)
    ).all()
    profile, together = (
        profile_of(session, organisation),
        tuple(merged_houses(session, organisation)),
    )
    return PublicOrganisation(
        id=row.id,
        kind=row.kind,
        names={name.language: name.name for name in names},
        original=next((name.language for name in names if name.original), "zh"),
        country=row.country,
        number=row.number,
        region=row.region,
        website=row.website,
        contact_name=row.contact_name,
        contact_mail=row.contact_mail,
        contact_phone=row.contact_phone,
        intros=dict(profile.intros),
        fields=tuple(profile.fields),
        ror=profile.ror,
        logo=profile.logo,
        marks=marks_of(session, organisation),
        houses=together,
        units=_units(session, organisation, together),
    )


def _units(session: Session, organisation: str, together: Sequence[str]) -> tuple[UnitFigure, ...]:
    """What a unit of the same name offered in an organisation that was merged counts with it."""
    rows = running(session, [organisation])
    counted = (
        select(Unit.name, func.count())
        .join(Listing, Listing.unit == Unit.id)
        .where(Listing.owner_org.in_(together), Listing.state == ListingState.PUBLISHED)
        .group_by(Unit.name)
    )
    found = {name: number for name, number in session.execute(counted)} if rows else {}  # noqa: C416
    return tuple(UnitFigure(row, found.get(row.name, 0)) for row in rows)


def merged_address(session: Session, organisation: str) -> str | None:
    """The organisation into which this one was merged. One query."""
    return session.scalar(select(Organisation.merged_into).where(Organisation.id == organisation))


FEW: Final = 5
"""Below this many a count could tell who dealt with whom: the page says "fewer than five"."""


@dataclass(frozen=True)
class OrganisationFigures:
    """`published` counts what anybody can see; `agreed` deals past agreement on either side, None
    where there are none or so few that the number could identify them."""

    published: int
    agreed: int | None


def organisation_figures(session: Session, organisation: str) -> OrganisationFigures:
    """One statement."""
    o = Organisation
    same = select(o.id).where(or_(o.id == organisation, o.merged_into == organisation))
    listed = Listing.owner_org.in_(same), Listing.state == ListingState.PUBLISHED
    sides = or_(Deal.seller_org.in_(same), Deal.buyer_org.in_(same))
    counts = (
        select(func.count()).where(*listed),
        select(func.count()).where(Deal.agreed.is_not(None), sides),
    )
    row = session.execute(select(*(count.scalar_subquery() for count in counts))).one()
    published, agreed = row
    return OrganisationFigures(published, agreed if agreed >= FEW else None)
