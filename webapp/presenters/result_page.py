"""Fills the view-model of a result's page from what `listings.queries` answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core import links
from core.i18n import N_, format_date, format_list
from core.identifiers import find_patent_number
from core.ids import ref, show
from core.law import Profile
from deals.queries import Claimed
from listings.queries.views import ContributorView, ListingPage, PatentView, WayView
from webapp.language import TAGS, page_language, plain
from webapp.presenters import labels, result_schema, rights_timeline
from webapp.presenters.claimed import Claim, claim_on
from webapp.presenters.hits import HitView
from webapp.presenters.prices import price_text, rate, royalty_text
from webapp.presenters.result import (
    ComparisonRow,
    Contact,
    Evidence,
    FileRow,
    PatentRow,
    PersonRow,
    PictureView,
    ResultView,
    WayRow,
)
from webapp.presenters.showing import local_url, market

LEVELS = (
    N_("Basic principle"),
    N_("Concept"),
    N_("Proof by trial"),
    N_("Laboratory prototype"),
    N_("Simulated setting"),
    N_("Relevant setting"),
    N_("Real setting"),
    N_("Complete system"),
    N_("In use"),
)
YEARS_SHOWN = 12


@dataclass(frozen=True)
class Surroundings:
    """What belongs on the page beside the listing itself."""

    today: date
    profile: Profile
    answering: Any = None
    deals_open: int = 0
    claims: tuple[Claimed, ...] = ()
    similar: tuple[HitView, ...] = ()


def result_view(page: ListingPage, beside: Surroundings) -> ResultView:
    """In the page's language. Raises nothing: what is unknown is left out."""
    text, language = page.text, page_language()
    url = local_url(links.path(ref("listing", page.id), market().language) or "")
    patents = tuple(_patent(patent) for patent in page.patents)
    return ResultView(
        id=page.id,
        url=url,
        state=page.state,
        faded=page.faded_at is not None and page.state == "published",
        kind=labels.kind(page.kind),
        kind_code=page.kind,
        title=text.title,
        title_language="" if text.language == language else TAGS[text.language],
        value_line=text.value_line,
        abstract=tuple(part.strip() for part in text.abstract.splitlines() if part.strip()),
        keywords=text.keywords,
        teaser_only=page.teaser,
        unlock=page.level if page.teaser else "",
        registration=page.registration or "",
        number=page.number or "",
        owner=page.owner_name,
        unit=page.unit_name,
        owner_url=local_url(links.path(ref("organisation", page.owner_org), "zh") or ""),
        region=labels.reference_name("regions", page.region) if page.region else "",
        ipc=tuple(_ipc(code) for code in page.ipc),
        industries=tuple(labels.reference_name("industries", code) for code in page.industries),
        trl=page.trl,
        stage=labels.named(labels.STAGES, page.stage) if page.stage else "",
        published_at=page.published_at,
        confirmed_at=page.confirmed_at,
        patents=patents,
        members=tuple(
            (title, local_url(links.path(ref("listing", id), "zh") or ""))
            for id, title in page.members
        ),
        alternatives=text.alternatives,
        comparison=tuple(
            ComparisonRow(row.metric, row.unit, row.ours, row.theirs, row.verdict or "")
            for row in page.comparisons
        ),
        comparison_note=text.comparison_note,
        ladder=tuple((n, plain(name)) for n, name in enumerate(LEVELS, 1)),
        evidence=tuple(
            Evidence(row.shown_on, row.text or plain(N_("Kept back")), row.level)
            for row in sorted(page.evidence, key=lambda row: row.shown_on or date.min, reverse=True)
        ),
        next_step=text.next_step,
        timeline=rights_timeline.draw(_drawn(page), beside.today),
        rights_line=_rights_line(page),
        ways=tuple(
            _way(way, url, claim_on(way.way, beside.claims, beside.today)) for way in page.ways
        ),
        receives=text.receives,
        brings=text.brings,
        files=tuple(
            FileRow(
                f.name, f.size, f.media_type, f.level, f"{url}/files/{f.sha256}" if f.sha256 else ""
            )
            for f in page.files
        ),
        contributors=tuple(
            PersonRow(
                _named(person, language),
                " · ".join(part for part in (person.role, person.affiliation) if part),
                rate(person.share_bp) if person.share_bp is not None else "",
                # What was never said needs no confirming.
                person.confirmed or (None if person.share_bp is None else False),
                person.orcid or "",
            )
            for person in page.contributors
        ),
        funding=tuple(" ".join(part for part in paid if part) for paid in page.funding),
        contact=_contact(page, beside),
        deals_open=beside.deals_open,
        claimed=bool(beside.claims),
        next_annuity=min((p.annuity_due_on for p in patents if p.annuity_due_on), default=None),
        citation=_citation(page, url),
        pictures=tuple(
            PictureView(f"{url}/pictures/{sha256}", caption) for sha256, caption in page.pictures
        ),
        similar=beside.similar,
        json_ld=result_schema.product(page, url) if page.state == "published" else {},
    )


def _ipc(code: str) -> tuple[str, str, str]:
    shown = code if len(code) <= 4 or " " in code else f"{code[:4]} {code[4:].strip()}"
    name = labels.reference_name("ipc_classes", code[:3])
    return shown, name, local_url(f"/search?ipc_class={code[:3]}")


def patent_number(patent: PatentView) -> str:
    """The number people write: ZL and the application number in China, else the grant's own."""
    ours = patent.office == "CN" and patent.application_number
    number = ours or patent.grant_number or patent.publication_number or patent.application_number
    known = find_patent_number(number or "")
    if known is None:
        return number or ""
    if patent.office == "CN" and known.kind_of_number == "application" and patent.granted_on:
        return f"ZL{known.display}"
    return known.display


def _patent(patent: PatentView) -> PatentRow:
    return PatentRow(
        number=patent_number(patent),
        url="",
        kind=labels.named(labels.PATENT_KINDS, patent.kind),
        title=patent.title or "",
        status=patent.legal_status,
        filed_on=patent.filed_on,
        granted_on=patent.granted_on,
        expires_on=patent.expires_on,
        annuity_paid_until=patent.annuity_paid_until,
        annuity_due_on=patent.annuity_due_on,
    )


def _drawn(page: ListingPage) -> list[rights_timeline.Right]:
    rows = [
        rights_timeline.Right(
            label=labels.named(labels.PATENT_KINDS, patent.kind),
            number=f"…{patent_number(patent)[-7:]}" if patent_number(patent) else "",
            starts=patent.filed_on,
            ends=patent.expires_on,
            paid_from=patent.granted_on,
            paid_until=patent.annuity_paid_until,
            marks=tuple(day for day in (patent.filed_on, patent.granted_on) if day),
        )
        for patent in page.patents
        if patent.filed_on
    ]
    rows += [
        rights_timeline.Right(
            label=labels.way(right.way) if right.way else labels.named(labels.REASONS, right.kind),
            number="",
            starts=right.starts,
            ends=right.ends,
            kind="licence",
            note=" ".join(part for part in (right.field, _until(right.ends)) if part),
        )
        for right in page.rights
    ]
    return rows[:YEARS_SHOWN]


def _until(ends: date | None) -> str:
    return plain(N_("until %(month)s"), month=ends.strftime("%Y-%m")) if ends else ""


def _rights_line(page: ListingPage) -> str:
    """Owners, pledges and earlier licences in a sentence each; holders are not named."""
    language = page_language()
    if page.co_owners:
        owners = format_list([page.owner_name, *page.co_owners], language)
        said = [plain(N_("Owners: %(names)s."), names=owners)]
    else:
        said = [plain(N_("Owner: %(name)s, alone."), name=page.owner_name)]
    pledges = [right for right in page.rights if right.kind == "pledge"]
    licences = [right for right in page.rights if right.kind != "pledge"]
    said.append(plain(N_("Pledge: registered.")) if pledges else plain(N_("Pledge: none.")))
    if licences:
        said.append(
            plain(
                N_("Earlier licences: %(number)s; holders and sums are not public."),
                number=len(licences),
            )
        )
    else:
        said.append(plain(N_("Earlier licences: none.")))
    return ("" if language == "zh" else " ").join(said)


def _way(way: WayView, url: str, claim: Claim | None) -> WayRow:
    standing = way.standing
    return WayRow(
        code=str(way.way),
        name=labels.way(way.way),
        terms=_terms(way),
        standing=(claim.standing if claim else "") or str(standing.standing),
        reason=claim.reason if claim else _reason(way),
        notice_url=claim.url if claim else "",
        price=price_text(_plain_way(way), page_language()),
        amount=price_text(_plain_way(way) | {"royalty_bp": None}, page_language()),
        royalty=royalty_text(_plain_way(way)),
        tax=plain(labels.TAX[way.tax_basis]) if labels.TAX.get(way.tax_basis) else "",
        can_be_asked=standing.can_be_asked,
        ask_url=f"{url}/ask?way={way.way}",
    )


def _plain_way(way: WayView) -> dict[str, Any]:
    return {
        "price_minor": way.price.minor if way.price else None,
        "currency": way.price.currency if way.price else None,
        "valuation": way.valuation,
        "royalty_bp": way.royalty_bp,
        "royalty_base": way.royalty_base,
    }


def _terms(way: WayView) -> str:
    parts: Sequence[str | None] = (
        way.field,
        labels.territory(way.territory) if way.territory else None,
        _months(way.term_months),
        way.note,
    )
    return plain(N_(", ")).join(part for part in parts if part)


def _months(months: int | None) -> str:
    if not months:
        return ""
    if months % 12:
        return plain(N_("%(number)s months"), number=months)
    return plain(N_("%(number)s years"), number=months // 12)


def _reason(way: WayView) -> str:
    standing = way.standing
    said = []
    if standing.except_for:
        fields = format_list(list(standing.except_for), page_language())
        said.append(plain(N_("except for %(fields)s"), fields=fields))
    elif standing.reasons:
        names = [
            labels.named(labels.REASONS, code) if code in labels.REASONS else labels.way(code)
            for code in standing.reasons
        ]
        said.append(format_list(names, page_language()))
    if standing.until:
        day = format_date(standing.until, page_language(), weekday=False)
        said.append(plain(N_("until %(month)s"), month=day))
    return plain(N_(", ")).join(said)


def _named(person: ContributorView, language: str) -> str:
    """In Latin letters on English pages, where the contributor gave them."""
    return person.latin_name if language == "en" and person.latin_name else person.name


def _contact(page: ListingPage, beside: Surroundings) -> Contact | None:
    if not page.contact_name:
        return None
    # The page greets with a promise only where asking is possible.
    due = None
    if page.state == "published":
        due = beside.profile.calendar.after_working_days(beside.today, page.answer_days).day
    record = beside.answering
    return Contact(
        page.contact_name,
        page.owner_name,
        page.contact_phone or "",
        page.contact_mail or "",
        due,
        getattr(record, "asked", 0),
        getattr(record, "in_time", 0),
        getattr(record, "median_days", None),
    )


def _citation(page: ListingPage, url: str) -> str:
    """As GB/T 7714 writes an online resource, short: owner, title, market, number."""
    number = page.number or page.registration or show("listing", page.id)
    return plain(
        N_("%(owner)s. %(title)s. %(market)s, %(number)s. %(address)s"),
        owner=page.owner_name,
        title=page.text.title,
        market=market().name(page_language()),
        number=number,
        address=f"{market().base_url}{url}",
    )
