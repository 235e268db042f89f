"""What can be reported: what strangers can see, and who answers for it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from accounts.models import Organisation
from accounts.queries import organisation_names
from accounts.states import OrganisationState
from core.ids import split_ref
from deals.queries.names import listing_titles
from listings.models import Listing, Need, NeedText


@dataclass(frozen=True)
class Subject:
    """`public`: can strangers see it now?"""

    owner_org: str
    public: bool


def subject(session: Session, about: str) -> Subject | None:
    """None for what is no result, need or organisation of this market."""
    kind, id = split_ref(about)
    if kind == "listing":
        listing = session.get(Listing, id)
        return Subject(listing.owner_org, listing.state == "published") if listing else None
    if kind == "need":
        need = session.get(Need, id)
        if need is None:
            return None
        return Subject(need.owner_org, need.state == "published" and not need.confidential)
    row = session.get(Organisation, id) if kind == "organisation" else None
    if row is None:
        return None
    return Subject(row.id, row.state == OrganisationState.VETTED and row.kind != "operator")


def subject_titles(session: Session, abouts: list[str], language: str) -> dict[str, str]:
    """By stream's name, in the reader's language where there is one. At most three queries."""
    ids: dict[str, list[str]] = {"listing": [], "need": [], "organisation": []}
    for about in abouts:
        kind, id = split_ref(about)
        ids[kind].append(id)
    listings = listing_titles(session, ids["listing"], language)
    found = {f"listing:{id}": title for id, title in listings.items()}
    if ids["need"]:
        texts = session.query(NeedText).where(NeedText.need.in_(ids["need"]))
        for text in sorted(texts, key=lambda one: (one.language == language, one.original)):
            found[f"need:{text.need}"] = text.title
    if ids["organisation"]:
        names = organisation_names(session, ids["organisation"], language)
        found |= {f"organisation:{id}": name for id, name in names.items()}
    return found
