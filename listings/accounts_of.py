"""Which contributors of an asset have an account."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from listings.models import Contributor


def accounts_of(session: Session, asset: str) -> dict[str, str]:
    """Person by contributor's name, so that editing a line keeps who it is."""
    rows = session.execute(
        select(Contributor.name, Contributor.person).where(
            Contributor.asset == asset, Contributor.person.is_not(None)
        )
    )
    return {name: person for name, person in rows if person}
