"""Listings as programs read them, and which relation sees what."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from pydantic import Field

from core.ids import show
from listings.queries import ListingPage
from listings.queries.register import ExportRow
from webapp.api.fields import Shape, words
from webapp.api.schemas.common import Amount, Out, amount


class TextOut(Out):
    language: str
    original: bool
    title: str
    value_line: str
    abstract: str
    keywords: list[str]
    receives: list[str]
    brings: list[str]
    alternatives: list[str]
    comparison_note: str
    next_step: str


class ComparisonOut(Out):
    metric: str
    unit: str
    ours: str
    theirs: list[str]
    verdict: str | None


class WayOut(Out):
    """`standing`: what the rights register still allows."""

    way: str
    price: Amount | None
    valuation: bool
    royalty_bp: int | None
    royalty_base: str | None
    tax_basis: str
    field: str | None
    territory: str | None
    term_months: int | None
    note: str
    can_be_asked: bool


class PatentOut(Out):
    office: str
    kind: str
    kind_code: str | None
    title: str | None
    application_number: str | None
    publication_number: str | None
    grant_number: str | None
    filed_on: date | None
    published_on: date | None
    granted_on: date | None
    expires_on: date | None
    legal_status: str
    status_checked_on: date | None
    annuity_paid_until: date | None
    annuity_due_on: date | None
    family: str | None


class EvidenceOut(Out):
    """`text` is null where the reader's level does not reach."""

    trl: int
    shown_on: date | None
    level: str
    text: str | None


class RightOut(Out):
    kind: str
    way: str | None
    field: str | None
    territory: str | None
    starts: date
    ends: date | None
    holder: str | None = None


class ContributorOut(Out):
    name: str
    latin_name: str | None
    affiliation: str | None
    role: str | None
    confirmed: bool
    share_bp: int | None = None
    orcid: str | None
    """Linked by signing in at ORCID, of whoever confirmed their part; as XXXX-XXXX-XXXX-XXXX."""


class FileOut(Out):
    """`sha256` is null where the file exists and the reader may not open it."""

    name: str
    media_type: str
    size: int
    level: str
    sha256: str | None


class PictureOut(Out):
    """`caption` in the reader's language."""

    sha256: str
    caption: str


class PicturesOut(Out):
    items: list[PictureOut]


class FilesOut(Out):
    items: list[FileOut]


class MemberOut(Out):
    listing: str
    title: str


class FundingOut(Out):
    programme: str
    number: str | None


class StepOut(Out):
    action: str
    before: str
    after: str
    at: datetime
    reason: str | None
    note: str


class FindingOut(Out):
    outcome: str
    note: str
    seen_on: date | None


class ListingOut(Out):
    id: str
    url: str
    kind: str
    state: str
    level: str
    owner: str
    owner_name: str
    language: str
    languages: list[str]
    text: TextOut
    teaser: bool
    comparisons: list[ComparisonOut]
    ways: list[WayOut]
    patents: list[PatentOut]
    evidence: list[EvidenceOut]
    rights: list[RightOut]
    co_owners: list[str]
    contributors: list[ContributorOut]
    files: list[FileOut]
    pictures: list[PictureOut]
    funding: list[FundingOut]
    members: list[MemberOut]
    ipc: list[str]
    industries: list[str]
    emerging: list[str]
    trl: int | None
    stage: str | None
    origin: str | None
    region: str | None
    registration: str | None
    number: str | None
    contact_name: str | None
    answer_days: int
    source_url: str | None
    published_at: datetime | None
    confirmed_at: datetime | None
    faded: bool
    version: int = 0
    asset: str = ""
    secrecy: str = ""
    contact_phone: str | None = None
    contact_mail: str | None = None
    created_at: datetime | None = None
    edited_at: datetime | None = None
    fades_at: datetime | None = None
    expires_at: datetime | None = None
    returned_code: str | None = None
    may: list[str] = Field(default_factory=list)
    history: list[StepOut] = Field(default_factory=list)
    findings: dict[str, FindingOut] = Field(default_factory=dict)


_PUBLIC: Final = words(
    "id url kind state level owner owner_name language languages text teaser comparisons ways "
    "patents evidence rights co_owners contributors files pictures funding members ipc industries "
    "emerging trl stage origin region registration number contact_name answer_days source_url "
    "published_at confirmed_at faded"
)
_OFFICE: Final = _PUBLIC | words(
    "version asset secrecy contact_phone contact_mail created_at edited_at fades_at expires_at "
    "returned_code may history findings"
)
_RIGHT: Final = words("kind way field territory starts ends")
_CONTRIBUTOR: Final = words("name latin_name affiliation role confirmed orcid")
RELATIONS: Final = ("public", "contributor", "office")

LISTING: Final = Shape(ListingOut, {"public": _PUBLIC, "contributor": _PUBLIC, "office": _OFFICE})
RIGHT: Final = Shape(
    RightOut, {"public": _RIGHT, "contributor": _RIGHT, "office": _RIGHT | {"holder"}}
)
CONTRIBUTOR: Final = Shape(
    ContributorOut,
    {
        "public": _CONTRIBUTOR,
        "contributor": _CONTRIBUTOR | {"share_bp"},
        "office": _CONTRIBUTOR | {"share_bp"},
    },
)


def relation_of(page: ListingPage) -> str:
    """How the reader stands to the listing: inside its office, named as contributor, or neither."""
    if "read_history" in page.may:
        return "office"
    shares = any(person.share_bp is not None for person in page.contributors)
    return "contributor" if shares else "public"


class ExportOut(Out):
    """Whether the technology may leave the country, as the office states it; null before."""

    kind: str | None
    basis: str
    at: datetime | None


def export_out(stated: ExportRow | None) -> ExportOut:
    if stated is None:
        return ExportOut(kind=None, basis="", at=None)
    return ExportOut(kind=stated.kind, basis=stated.basis, at=stated.at)


def listing_out(page: ListingPage, url: str) -> ListingOut:
    """The listing for whoever the page was read for."""
    relation = relation_of(page)
    same = (
        "kind state level owner_name language teaser trl stage origin region registration number "
        "secrecy contact_name contact_phone contact_mail answer_days source_url created_at "
        "edited_at published_at confirmed_at fades_at expires_at returned_code version"
    )
    values: dict[str, Any] = {name: getattr(page, name) for name in same.split()}
    listed = "languages co_owners ipc industries emerging"
    values |= {name: list(getattr(page, name)) for name in listed.split()}
    values |= {
        "id": show("listing", page.id),
        "url": url,
        "owner": show("organisation", page.owner_org),
        "asset": show("asset", page.asset),
        "faded": page.faded_at is not None,
        "may": sorted(page.may),
    }
    return LISTING.show(relation, values | _parts(page, relation))


def _parts(page: ListingPage, relation: str) -> dict[str, Any]:
    text = {name: _listed(value) for name, value in vars(page.text).items()}
    comparisons = [{n: _listed(v) for n, v in vars(row).items()} for row in page.comparisons]
    shared = [
        {name: value for name, value in vars(one).items() if name != "position"}
        for one in page.contributors
    ]
    return {
        "text": TextOut(**text),
        "comparisons": [ComparisonOut(**row) for row in comparisons],
        "ways": [_way(way) for way in page.ways],
        "patents": [PatentOut(**vars(patent)) for patent in page.patents],
        "evidence": [EvidenceOut(**vars(proof)) for proof in page.evidence],
        "rights": [RIGHT.show(relation, vars(right)) for right in page.rights],
        "contributors": [CONTRIBUTOR.show(relation, one) for one in shared],
        "files": files_out(page).items,
        "pictures": pictures_out(page),
        "funding": [FundingOut(programme=name, number=number) for name, number in page.funding],
        "members": [
            MemberOut(listing=show("listing", id), title=title) for id, title in page.members
        ],
        "history": [
            StepOut(**{name: getattr(step, name) for name in StepOut.model_fields})
            for step in page.history
        ],
        "findings": {item: FindingOut(**vars(one)) for item, one in page.findings.items()},
    }


def files_out(page: ListingPage) -> FilesOut:
    """The files in their disclosure levels; those that stay closed are named."""
    return FilesOut(items=[FileOut(**vars(file)) for file in page.files])


def pictures_out(page: ListingPage) -> list[PictureOut]:
    return [PictureOut(sha256=sha256, caption=caption) for sha256, caption in page.pictures]


def _way(way: Any) -> WayOut:
    values = {name: value for name, value in vars(way).items() if name not in {"standing", "price"}}
    return WayOut(**values, price=amount(way.price), can_be_asked=way.standing.can_be_asked)


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


class ListingLineOut(Out):
    id: str
    url: str
    kind: str
    state: str
    title: str
    value_line: str
    owner: str
    owner_name: str
    trl: int | None
    published_at: datetime | None


class ListingsOut(Out):
    """`next` is the cursor of what follows; null at the end."""

    items: list[ListingLineOut]
    next: str | None
