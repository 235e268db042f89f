"""One listing as its page shows it: no more than the reader's disclosure levels allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.queries import organisation_names, people_names
from accounts.sign_on.queries import orcid_of
from accounts.units.queries import unit_names
from core.actor import Actor
from listings.availability import availability
from listings.kinds import AssetKind, Level, Way
from listings.models import (
    Asset,
    AssetMember,
    Comparison,
    Contributor,
    CoOwner,
    Funding,
    IndustryCode,
    IpcCode,
    Listing,
    ListingFile,
    ListingStep,
    ListingText,
    OfferedWay,
    PatentFacts,
    Picture,
    Right,
    SavedItem,
    TitleFinding,
    TrlEvidence,
)
from listings.permissions import Do, ListingFacts, levels, may
from listings.queries.views import (
    ComparisonView,
    ContributorView,
    EvidenceView,
    FileView,
    FindingView,
    ListingPage,
    PatentView,
    RightView,
    StepView,
    TextView,
    WayView,
)
from listings.records import money
from listings.rights import registers


def listing_page(
    session: Session,
    actor: Actor,
    listing: str,
    on: date,
    *,
    language: str | None = None,
    nda: bool = False,
) -> ListingPage | None:
    """None where the actor may not know of it. `on` is the market's legal date."""
    head = session.execute(
        select(Listing, Asset).join(Asset, Asset.id == Listing.asset).where(Listing.id == listing)
    ).first()
    if head is None:
        return None
    row, asset = head
    named = _named(session, asset.id)
    people = list(named)
    known = frozenset(person.person for person in people if person.person)
    facts = ListingFacts(row.owner_org, row.author, row.state, known)
    if not may(actor, Do.READ, facts):
        return None
    seen = levels(actor, facts, nda=nda)
    inside = may(actor, Do.READ_HISTORY, facts)
    wanted = language or actor.language
    texts = _all(session, ListingText, ListingText.listing == listing, ListingText.language)
    text = _choose(texts, wanted, row.language)
    teaser = row.level not in seen
    page = _frame(session, actor, row, asset, text, texts, wanted)
    return replace(
        page,
        text=_text(text, teaser=teaser),
        teaser=teaser,
        comparisons=() if teaser else _comparisons(session, listing, text.language),
        ways=_ways(session, row, wanted, on, teaser=teaser),
        patents=_patents(session, asset.id),
        evidence=() if teaser else _evidence(session, asset.id, text.language, seen),
        rights=_rights(session, asset.id, inside=inside),
        contributors=_contributors(named, inside=inside or actor.person in known),
        files=_files(session, listing, seen),
        may=frozenset(do for do in Do if may(actor, do, facts)),
        history=_history(session, listing) if inside else (),
        findings=_findings(session, listing) if inside else {},
    )


def _frame(
    session: Session,
    actor: Actor,
    row: Listing,
    asset: Asset,
    text: ListingText,
    texts: Sequence[ListingText],
    language: str,
) -> ListingPage:
    """What every reader sees alike."""
    industries = _all(session, IndustryCode, IndustryCode.asset == asset.id, IndustryCode.code)
    funding = _all(session, Funding, Funding.asset == asset.id, Funding.position)
    pictures = _all(session, Picture, Picture.listing == row.id, Picture.position)
    codes = _all(session, IpcCode, IpcCode.asset == asset.id, IpcCode.position)
    contact = row.contact_name
    if row.contact_person:
        names = people_names(session, [row.contact_person], language)
        contact = names.get(row.contact_person) or contact
    return ListingPage(
        id=row.id,
        version=row.version,
        asset=asset.id,
        kind=asset.kind,
        state=row.state,
        level=row.level,
        owner_org=row.owner_org,
        owner_name=organisation_names(session, [row.owner_org], language).get(row.owner_org, ""),
        unit_name=unit_names(session, [row.unit], language).get(row.unit or "", ""),
        language=row.language,
        languages=tuple(found.language for found in texts),
        text=_text(text, teaser=True),
        comparisons=(),
        ways=(),
        patents=(),
        evidence=(),
        rights=(),
        co_owners=tuple(
            owner.name for owner in _all(session, CoOwner, CoOwner.asset == asset.id, CoOwner.n)
        ),
        contributors=(),
        files=(),
        pictures=tuple(
            (picture.sha256, picture.captions.get(language, "")) for picture in pictures
        ),
        funding=tuple((paid.programme, paid.number) for paid in funding),
        members=_members(session, asset, language),
        ipc=tuple(code.code for code in codes),
        industries=tuple(code.code for code in industries if code.scheme == "gbt4754"),
        emerging=tuple(code.code for code in industries if code.scheme == "emerging"),
        trl=asset.trl,
        stage=asset.stage,
        origin=asset.origin,
        region=asset.region,
        registration=asset.registration,
        number=row.number,
        secrecy=asset.secrecy,
        contact_person=row.contact_person,
        contact_name=contact,
        contact_phone=row.contact_phone,
        contact_mail=row.contact_mail,
        answer_days=row.answer_days,
        source_url=row.source_url,
        created_at=row.created_at,
        edited_at=row.edited_at,
        published_at=row.published_at,
        confirmed_at=row.confirmed_at,
        fades_at=row.fades_at,
        faded_at=row.faded_at,
        expires_at=row.expires_at,
        returned_code=row.returned_code,
        handler=row.handler,
        author=row.author,
        saved=_is_saved(session, actor, row.id),
        teaser=True,
        may=frozenset(),
        history=(),
        findings={},
    )


def _choose(texts: Sequence[ListingText], language: str, original: str) -> ListingText:
    by_language = {text.language: text for text in texts}
    found = by_language.get(language) or by_language.get(original)
    return found or texts[0]


def _text(row: ListingText, *, teaser: bool) -> TextView:
    view = TextView(row.language, row.original, row.title, row.value_line)
    if teaser:
        return view
    return replace(
        view,
        abstract=row.abstract,
        keywords=tuple(row.keywords),
        receives=tuple(row.receives),
        brings=tuple(row.brings),
        alternatives=tuple(row.alternatives),
        comparison_note=row.comparison_note,
        next_step=row.next_step,
    )


def _comparisons(session: Session, listing: str, language: str) -> tuple[ComparisonView, ...]:
    rows = session.scalars(
        select(Comparison)
        .where(Comparison.listing == listing, Comparison.language == language)
        .order_by(Comparison.position)
    )
    return tuple(
        ComparisonView(row.metric, row.unit, row.ours, tuple(row.theirs), row.verdict)
        for row in rows
    )


def _ways(
    session: Session, row: Listing, language: str, on: date, *, teaser: bool
) -> tuple[WayView, ...]:
    register = registers(session, [row.asset])[row.asset]
    return tuple(
        WayView(
            way=Way(way.way),
            price=money(way.price_minor, way.currency),
            valuation=way.valuation,
            royalty_bp=way.royalty_bp,
            royalty_base=way.royalty_base,
            tax_basis=way.tax_basis,
            field=way.field,
            territory=way.territory,
            term_months=way.term_months,
            note="" if teaser else way.notes.get(language, ""),
            standing=availability(register, Way(way.way), on, way.field, way.territory),
        )
        for way in _all(session, OfferedWay, OfferedWay.listing == row.id, OfferedWay.position)
    )


def _patents(session: Session, asset: str) -> tuple[PatentView, ...]:
    members = select(AssetMember.member).where(AssetMember.package == asset)
    owned = (PatentFacts.asset == asset) | PatentFacts.asset.in_(members)
    names = PatentView.__dataclass_fields__
    return tuple(
        PatentView(**{name: getattr(row, name) for name in names})
        for row in _all(session, PatentFacts, owned, PatentFacts.position)
    )


def _evidence(
    session: Session, asset: str, language: str, seen: frozenset[Level]
) -> tuple[EvidenceView, ...]:
    rows = _all(session, TrlEvidence, TrlEvidence.asset == asset, TrlEvidence.position)
    spoken = {row.language for row in rows}
    chosen = language if language in spoken else next(iter(sorted(spoken)), language)
    return tuple(
        EvidenceView(row.trl, row.shown_on, row.level, row.text if row.level in seen else None)
        for row in rows
        if row.language == chosen
    )


def _rights(session: Session, asset: str, *, inside: bool) -> tuple[RightView, ...]:
    return tuple(
        RightView(
            row.kind,
            row.way,
            row.field,
            row.territory,
            row.starts,
            row.ends,
            (row.holder_name or row.holder) if inside else None,
        )
        for row in _all(session, Right, Right.asset == asset, Right.starts)
    )


def _named(session: Session, asset: str) -> dict[Contributor, str | None]:
    """Contributors in their order, each with the ORCID iD of their account. One query."""
    c = Contributor
    rows = select(c, orcid_of(c.person)).where(c.asset == asset).order_by(c.position)
    return {row: orcid for row, orcid in session.execute(rows).all()}  # noqa: C416  dict(rows) fails here


def _contributors(
    named: Mapping[Contributor, str | None], *, inside: bool
) -> tuple[ContributorView, ...]:
    return tuple(
        ContributorView(
            row.position,
            row.name,
            row.latin_name,
            row.affiliation,
            row.role,
            row.confirmed_at is not None,
            row.share_bp if inside else None,
            orcid if row.confirmed_at else None,
        )
        for row, orcid in named.items()
    )


def _files(session: Session, listing: str, seen: frozenset[Level]) -> tuple[FileView, ...]:
    return tuple(
        FileView(
            row.name, row.media_type, row.size, row.level, row.sha256 if row.level in seen else None
        )
        for row in _all(session, ListingFile, ListingFile.listing == listing, ListingFile.n)
    )


def _members(session: Session, asset: Asset, language: str) -> tuple[tuple[str, str], ...]:
    if asset.kind != AssetKind.PACKAGE:
        return ()
    rows = session.execute(
        select(Listing.id, ListingText.title, ListingText.language, ListingText.original)
        .join(AssetMember, AssetMember.member == Listing.asset)
        .join(ListingText, ListingText.listing == Listing.id)
        .where(AssetMember.package == asset.id)
        .order_by(AssetMember.position, ListingText.original.desc())
    ).all()
    titles: dict[str, str] = {}
    for row in rows:
        if row.language == language or row.id not in titles:
            titles[row.id] = row.title
    return tuple(titles.items())


def _history(session: Session, listing: str) -> tuple[StepView, ...]:
    return tuple(
        StepView(
            row.action,
            row.before,
            row.after,
            row.at,
            row.by,
            row.reason,
            row.note,
            tuple(row.rules),
        )
        for row in _all(session, ListingStep, ListingStep.listing == listing, ListingStep.n)
    )


def _findings(session: Session, listing: str) -> dict[str, FindingView]:
    rows = _all(session, TitleFinding, TitleFinding.listing == listing, TitleFinding.item)
    return {row.item: FindingView(row.outcome, row.note, row.seen_on) for row in rows}


def _is_saved(session: Session, actor: Actor, listing: str) -> bool:
    if actor.person is None:
        return False
    return session.get(SavedItem, (actor.person, f"listing:{listing}")) is not None


def _all(session: Session, model: type[Any], where: Any, order: Any) -> Sequence[Any]:
    return session.scalars(select(model).where(where).order_by(order)).all()
