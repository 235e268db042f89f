"""Decisions of the operator that can be appealed, read from the areas that carry them out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.models import Organisation, Sanction
from accounts.queries import answerable
from accounts.sanctioning import subject_of
from accounts.sanctions import SanctionState
from accounts.states import OrganisationState
from core.ids import ref, split_ref
from listings.models import Listing, ListingStep, Need, NeedStep
from listings.states import ListingState, NeedState

_BY_NOTICE: Final = "ip_notice"
"""What a notice of infringement took off has a procedure of its own: the counter-statement."""
_MODERATED: Final = "moderate"


@dataclass(frozen=True)
class Decision:
    """One decision. `key` tells the decisions about one thing apart; `concerns` is the
    stream of the person or organisation that it is about."""

    about: str
    key: str
    concerns: str
    at: datetime
    by: str | None
    reason: str
    note: str = ""
    until: datetime | None = None
    measure: str = ""
    """Of a sanction."""
    stands: bool = True
    """A sanction that has ended can still be appealed, as long as the days run."""

    @property
    def organisation(self) -> str | None:
        kind, id = split_ref(self.concerns)
        return id if kind == "organisation" else None


def decision(session: Session, about: str) -> Decision | None:
    """The last decision about a thing that can be appealed, if there is one."""
    kind, id = split_ref(about)
    if kind == "listing":
        listing = session.get(Listing, id)
        withdrawn = listing is not None and listing.state == ListingState.WITHDRAWN
        return _moderation(session, listing) if listing and withdrawn else None
    if kind == "need":
        need = session.get(Need, id)
        withdrawn = need is not None and need.state == NeedState.WITHDRAWN
        return _moderation(session, need) if need and withdrawn else None
    if kind == "sanction":
        sanction = session.get(Sanction, id)
        return _sanction(sanction) if sanction else None
    row = session.get(Organisation, id) if kind == "organisation" else None
    return _suspension(row) if row else None


def decisions_for(
    session: Session, person: str, organisations: list[str], now: datetime
) -> list[Decision]:
    """What is in force about a person and the organisations that they answer for, the newest
    first. At most five queries and two for each organisation."""
    houses = [one for one in organisations if person in answerable(session, one, now)]
    found = [*_sanctions(session, person, houses), *_suspensions(session, houses)]
    found += _moderations(session, houses)
    return sorted(found, key=lambda one: (one.at, one.about), reverse=True)


def _sanctions(session: Session, person: str, houses: list[str]) -> Iterator[Decision]:
    mine = (Sanction.person == person) | Sanction.organisation.in_(houses)
    where = mine, Sanction.state == SanctionState.IN_FORCE
    for row in session.scalars(select(Sanction).where(*where)):
        yield _sanction(row)


def _suspensions(session: Session, houses: list[str]) -> Iterator[Decision]:
    for row in session.scalars(select(Organisation).where(Organisation.id.in_(houses))):
        if found := _suspension(row):
            yield found


def _moderations(session: Session, houses: list[str]) -> Iterator[Decision]:
    """Whose last step is a moderation: found in one query, read again row by row."""
    last = select(func.max(ListingStep.n)).group_by(ListingStep.listing)
    taken = select(ListingStep.listing).where(
        ListingStep.n.in_(last), ListingStep.action == _MODERATED
    )
    where = Listing.owner_org.in_(houses), Listing.state == ListingState.WITHDRAWN
    last_need = select(func.max(NeedStep.n)).group_by(NeedStep.need)
    need_taken = select(NeedStep.need).where(
        NeedStep.n.in_(last_need), NeedStep.action == _MODERATED
    )
    need_where = Need.owner_org.in_(houses), Need.state == NeedState.WITHDRAWN
    rows: list[Listing | Need] = [
        *session.scalars(select(Listing).where(*where, Listing.id.in_(taken))),
        *session.scalars(select(Need).where(*need_where, Need.id.in_(need_taken))),
    ]
    for row in rows:
        if found := _moderation(session, row):
            yield found


def _moderation(session: Session, row: Listing | Need) -> Decision | None:
    step: ListingStep | NeedStep | None
    if isinstance(row, Listing):
        listed = select(ListingStep).where(ListingStep.listing == row.id)
        step = session.scalars(listed.order_by(ListingStep.n.desc()).limit(1)).first()
    else:
        wanted = select(NeedStep).where(NeedStep.need == row.id)
        step = session.scalars(wanted.order_by(NeedStep.n.desc()).limit(1)).first()
    if step is None or step.action != _MODERATED or step.reason == _BY_NOTICE:
        return None
    concerns = ref("organisation", row.owner_org)
    reason = step.reason or ""
    return Decision(row.stream, str(step.n), concerns, step.at, step.by, reason, step.note)


def _suspension(row: Organisation) -> Decision | None:
    if row.state != OrganisationState.SUSPENDED or row.decided_at is None:
        return None
    key = row.decided_at.isoformat()
    return Decision(row.stream, key, row.stream, row.decided_at, row.decided_by, row.reason or "")


def _sanction(row: Sanction) -> Decision:
    return Decision(
        row.stream, "imposed", subject_of(row), row.imposed_at, row.imposed_by, row.rule,
        row.reason, row.until, row.measure, row.state == SanctionState.IN_FORCE,
    )  # fmt: skip
