"""The operator's view of what is public: results and needs that may have to come down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, func, literal, select, union_all
from sqlalchemy.orm import Session

from accounts.console import PAGE, Page
from accounts.queries import organisation_names, people_names
from core.errors import NotFound
from core.i18n import N_
from listings.models import Listing, ListingStep, ListingText, Need, NeedStep, NeedText

SHELVES: Final = {
    "results": N_("Results and patents"),
    "needs": N_("Needs"),
    "taken": N_("Taken down"),
}
"""The parts of the moderation page, by the code in its address."""


@dataclass(frozen=True)
class PublicLine:
    """A line of the list; `at` is when it was published, or taken down. `reason` is a code."""

    kind: str
    id: str
    title: str
    owner: str
    at: datetime | None
    reason: str | None = None


@dataclass(frozen=True)
class StepLine:
    at: datetime
    action: str
    who: str
    reason: str | None
    note: str


@dataclass(frozen=True)
class ModerationPage:
    """What an operator reads before taking something down."""

    kind: str
    id: str
    title: str
    summary: str
    state: str
    owner: str
    owner_name: str
    published_at: datetime | None
    history: list[StepLine]


def counts(session: Session) -> dict[str, int]:
    """How much stands on each shelf. One query."""
    shelves = [
        select(literal(shelf).label("shelf"), func.count().label("many")).select_from(
            _shelf(shelf, "").subquery()
        )
        for shelf in SHELVES
    ]
    return {row.shelf: row.many for row in session.execute(union_all(*shelves))}


def shelf(session: Session, language: str, name: str, text: str = "", page: int = 1) -> Page:
    """One page of a shelf by part of the title, the newest first. Three queries."""
    wanted = _shelf(name, text.strip().lower())
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    newest = wanted.order_by(wanted.selected_columns.at.desc(), wanted.selected_columns.id)
    rows = session.execute(newest.limit(PAGE).offset(PAGE * (page - 1))).all()
    owners = organisation_names(session, [row.owner for row in rows], language)
    lines = [
        PublicLine(row.kind, row.id, row.title, owners.get(row.owner, ""), row.at, row.reason)
        for row in rows
    ]
    return Page(lines, total, page)


def _shelf(name: str, text: str) -> Select[*tuple[Any, ...]]:
    if name == "needs":
        wanted = _needs().where(Need.state == "published", Need.confidential.is_(False))
        return _titled(wanted, NeedText.title, text)
    if name == "taken":
        return _taken(text)
    return _titled(_results().where(Listing.state == "published"), ListingText.title, text)


def _results() -> Select[*tuple[Any, ...]]:
    return (
        select(
            literal("listing").label("kind"),
            Listing.id.label("id"),
            ListingText.title.label("title"),
            Listing.owner_org.label("owner"),
            Listing.published_at.label("at"),
            literal(None).label("reason"),
        )
        .join(ListingText, ListingText.listing == Listing.id)
        .where(ListingText.original)
    )


def _needs() -> Select[*tuple[Any, ...]]:
    return (
        select(
            literal("need").label("kind"),
            Need.id.label("id"),
            NeedText.title.label("title"),
            Need.owner_org.label("owner"),
            Need.published_at.label("at"),
            literal(None).label("reason"),
        )
        .join(NeedText, NeedText.need == Need.id)
        .where(NeedText.original)
    )


def _taken(text: str) -> Select[*tuple[Any, ...]]:
    """Every time that something was taken down, whatever became of it since."""
    results = (
        _results()
        .join(ListingStep, ListingStep.listing == Listing.id)
        .where(ListingStep.action == "moderate")
        .with_only_columns(
            literal("listing").label("kind"),
            Listing.id.label("id"),
            ListingText.title.label("title"),
            Listing.owner_org.label("owner"),
            ListingStep.at.label("at"),
            ListingStep.reason.label("reason"),
        )
    )
    needs = (
        _needs()
        .join(NeedStep, NeedStep.need == Need.id)
        .where(NeedStep.action == "moderate")
        .with_only_columns(
            literal("need").label("kind"),
            Need.id.label("id"),
            NeedText.title.label("title"),
            Need.owner_org.label("owner"),
            NeedStep.at.label("at"),
            NeedStep.reason.label("reason"),
        )
    )
    both = union_all(
        _titled(results, ListingText.title, text), _titled(needs, NeedText.title, text)
    )
    return select(both.subquery("taken"))


def _titled(wanted: Select[*tuple[Any, ...]], title: Any, text: str) -> Select[*tuple[Any, ...]]:
    return wanted.where(func.lower(title).contains(text, autoescape=True)) if text else wanted


def moderation_page(session: Session, language: str, kind: str, id: str) -> ModerationPage:
    """One result or need with its history, the newest step first. Raises NotFound for what was
    never public and for a confidential need. Four queries."""
    row: Listing | Need | None
    text: ListingText | NeedText | None
    steps: list[ListingStep] | list[NeedStep]
    if kind == "listing":
        row = session.get(Listing, id)
        text = session.scalar(
            select(ListingText).where(ListingText.listing == id, ListingText.original)
        )
        steps = list(
            session.scalars(
                select(ListingStep).where(ListingStep.listing == id).order_by(ListingStep.n.desc())
            )
        )
    else:
        row = session.get(Need, id)
        text = session.scalar(select(NeedText).where(NeedText.need == id, NeedText.original))
        steps = list(
            session.scalars(select(NeedStep).where(NeedStep.need == id).order_by(NeedStep.n.desc()))
        )
    hidden = isinstance(row, Need) and row.confidential
    if row is None or text is None or row.published_at is None or hidden:
        raise NotFound
    people = people_names(session, [step.by for step in steps if step.by], language)
    owners = organisation_names(session, [row.owner_org], language)
    return ModerationPage(
        kind,
        id,
        text.title,
        text.value_line if isinstance(text, ListingText) else text.summary,
        row.state,
        row.owner_org,
        owners.get(row.owner_org, ""),
        row.published_at,
        [StepLine(s.at, s.action, people.get(s.by or "", ""), s.reason, s.note) for s in steps],
    )
