"""What listings and needs hold of people and organisations."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from accounts.models import ContactPoint, Person
from core.holdings import Holding, Keeps
from core.i18n import N_
from core.unit_of_work import At
from listings.importing.models import Import, RememberedColumn
from listings.models import (
    Asset,
    Contributor,
    CoOwner,
    ExportStatement,
    Listing,
    ListingStep,
    Need,
    NeedStep,
    Right,
    SavedItem,
    ShareLink,
    ShareVisit,
    TitleFinding,
    Valuation,
)


def _name_contact(at: At[Listing], row: Listing, heir: str | None) -> None:
    """The page named the one who left, perhaps with their own number: both must go."""
    session = at.uow.session
    own = ContactPoint.person == row.contact_person
    values = set(session.scalars(select(ContactPoint.value).where(own)))
    colleague = session.get(Person, heir) if heir else None
    row.contact_person, row.contact_name = heir, colleague.name if colleague else None
    if row.contact_phone and row.contact_phone.replace(" ", "") in values:
        row.contact_phone = None
    if row.contact_mail and row.contact_mail.lower() in values:
        row.contact_mail = None


def _name_author(_at: At[Listing], row: Listing, heir: str | None) -> None:
    """Whoever approved a text cannot answer for it as well: then its office does."""
    row.author = heir if heir != row.approved_by else None


def _name_needs_contact(at: At[Need], row: Need, heir: str | None) -> None:
    colleague = at.uow.session.get(Person, heir) if heir else None
    row.contact_person, row.contact_name = heir, colleague.name if colleague else None


HOLDINGS: Final = (
    Holding(Asset.owner_org, Keeps.TENANT, Asset, Asset.id),
    Holding(Contributor.person, Keeps.SAID, Asset, Contributor.asset),
    Holding(CoOwner.organisation, Keeps.TENANT, Asset, CoOwner.asset),
    Holding(ExportStatement.by, Keeps.ACT, Asset, ExportStatement.asset),
    Holding(Valuation.by, Keeps.ACT, Asset, Valuation.asset),
    Holding(Right.holder, Keeps.TENANT, Asset, Right.asset),
    Holding(Listing.owner_org, Keeps.TENANT, Listing, Listing.id),
    Holding(
        Listing.contact_person, Keeps.DUTY, Listing, Listing.id, Listing.owner_org,
        title=N_("Contact of a result"), hand=_name_contact,
    ),
    Holding(
        Listing.author, Keeps.DUTY, Listing, Listing.id, Listing.owner_org,
        title=N_("Answers for a result's text"), hand=_name_author,
    ),
    Holding(
        Listing.handler, Keeps.DUTY, Listing, Listing.id, Listing.owner_org,
        title=N_("Works on a result in the queue"),
    ),
    Holding(Listing.approved_by, Keeps.ACT, Listing, Listing.id),
    Holding(ListingStep.by, Keeps.ACT, Listing, ListingStep.listing),
    Holding(TitleFinding.by, Keeps.ACT, Listing, TitleFinding.listing),
    Holding(Need.owner_org, Keeps.TENANT, Need, Need.id),
    Holding(
        Need.contact_person, Keeps.DUTY, Need, Need.id, Need.owner_org,
        title=N_("Contact of a need"), hand=_name_needs_contact,
    ),
    Holding(
        Need.author, Keeps.DUTY, Need, Need.id, Need.owner_org,
        title=N_("Answers for a need's text"),
    ),
    Holding(NeedStep.by, Keeps.ACT, Need, NeedStep.need),
    Holding(Import.owner_org, Keeps.TENANT, Import, Import.id),
    Holding(Import.person, Keeps.ACT, Import, Import.id),
    Holding(RememberedColumn.owner_org, Keeps.TENANT),
    Holding(SavedItem.person, Keeps.OWN, Person, SavedItem.person),
    Holding(ShareLink.person, Keeps.ACT),
    Holding(ShareLink.organisation, Keeps.TENANT),
    Holding(ShareVisit.person, Keeps.ACT),
)  # fmt: skip
