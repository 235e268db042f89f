"""An organisation as everyone may see it: only one that was vetted has a public page."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Organisation, OrganisationName
from accounts.states import OrganisationState


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

    def name(self, language: str) -> str:
        found = self.names.get(language) or self.names.get(self.original)
        return found or next(iter(self.names.values()), "")


def public_organisation(session: Session, organisation: str) -> PublicOrganisation | None:
    """None for one that does not exist or is not vetted. Two statements."""
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
    )
