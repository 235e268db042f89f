"""Organisations whose name is like another's: for who registers one, and for who vets it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.alike import Alike, most_alike
from accounts.models import Organisation, OrganisationName
from accounts.states import OrganisationKind, OrganisationState


def similar_organisations(
    session: Session, names: Iterable[str], *, vetted: bool = False, beside: str = ""
) -> list[tuple[str, Alike]]:
    """Ids, the likest first; only vetted ones for people who may not know of the others.

    One query, compared in memory: a market has thousands of organisations, and two spellings
    share no words that SQL could find.
    """
    o, n = Organisation, OrganisationName
    rows = (
        select(n.organisation, n.name)
        .join(o, o.id == n.organisation)
        .where(o.kind != OrganisationKind.OPERATOR.value, o.id != beside)
    )
    if vetted:
        rows = rows.where(o.state == OrganisationState.VETTED.value)
    others: dict[str, list[str]] = {}
    for id, name in session.execute(rows):
        others.setdefault(id, []).append(name)
    return most_alike([name for name in names if name.strip()], others)
