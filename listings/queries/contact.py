"""Who answers for a listing, in print: a name with the telephone and mail that reach them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from accounts.models import Organisation, Person
from accounts.queries import proven_contacts
from listings.models import Listing


@dataclass(frozen=True)
class PublishedContact:
    """Empty strings where nothing is known. `latin_name` is for English pages."""

    name: str
    latin_name: str
    phone: str
    mail: str


def published_contact(session: Session, listing: Listing) -> PublishedContact:
    """What the owner typed on the listing comes first, then the organisation's public contact.

    The named person's own proven mobile or mail fills only what would else stay empty: a notice
    under the law must say how its contact is reached, and a person's own number is the last to
    be printed.
    """
    person = session.get(Person, listing.contact_person) if listing.contact_person else None
    office = session.get(Organisation, listing.owner_org)
    own = _proven(session, person)
    office_name = office.contact_name if office else None
    return PublishedContact(
        name=listing.contact_name or (person.name if person else None) or office_name or "",
        latin_name=(person.latin_name or "") if person and _is_named(listing, person) else "",
        phone=listing.contact_phone
        or (office.contact_phone if office else None)
        or own.get("mobile", ""),
        mail=listing.contact_mail
        or (office.contact_mail if office else None)
        or own.get("mail", ""),
    )


def _is_named(listing: Listing, person: Person) -> bool:
    return not listing.contact_name or listing.contact_name == person.name


def _proven(session: Session, person: Person | None) -> dict[str, str]:
    """The first proven contact of each kind."""
    if person is None:
        return {}
    points = proven_contacts(session, [person.id]).get(person.id, [])
    return {point.kind: point.value for point in reversed(points)}
