"""Registers what a file or another register says, one record at a time. Used by the import."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import Forbidden
from core.money import Money
from core.stops import What, refuse_stopped
from core.times import legal_date
from core.unit_of_work import At, UnitOfWork
from listings import facts
from listings.beating import start_beat
from listings.history import move
from listings.importing.record import ImportedRecord
from listings.inputs import (
    AssetChange,
    ContactInput,
    ContributorInput,
    ListingChange,
    PatentInput,
    TextInput,
    WayInput,
)
from listings.kinds import CheckItem, CheckOutcome, LegalStatus, PatentKind, Way
from listings.models import Asset, Listing, TitleFinding
from listings.numbers import number_now
from listings.permissions import OFFICERS, check_may_draft
from listings.rules import MOST_KEYWORDS
from listings.states import ListingAction, ListingState
from listings.writing import write_asset, write_listing

_OFFICES = frozenset({"CN", "US", "EP", "WO", "JP", "KR", "DE", "GB", "FR", "TW", "HK", "CA", "AU"})


@dataclass(frozen=True)
class Registered:
    """`fresh` is False where the same record of the same owner was there already."""

    asset: str
    listing: str
    fresh: bool


def register_record(
    uow: UnitOfWork,
    owner_org: str,
    record: ImportedRecord,
    author: str | None,
    origin: str,
    *,
    publish: bool = False,
) -> Registered:
    """A draft of `author`, or with `publish` a published listing of no author.

    With `publish` the text counts as written by the source that `origin` names, and the officer
    who imports it is the second person: the title check is their declaration for the whole file.
    Raises Forbidden.
    """
    uow.check(check_may_draft, owner_org)
    if publish and not uow.actor.roles_in(owner_org) & OFFICERS and uow.actor.kind != "system":
        raise Forbidden(do="publish")
    key = record.content_key()
    mine = (Listing.owner_org == owner_org, Listing.content_key == key)
    for listing in uow.find(Listing.id, *mine):
        return Registered(uow.find(Listing.asset, *mine)[0], listing, fresh=False)
    now = uow.now(uow.open())
    asset = uow.create(Asset(kind=record.kind, owner_org=owner_org, created_at=now))
    at = uow.create(
        Listing(
            asset=asset.row.id,
            owner_org=owner_org,
            author=None if publish else author,
            language=record.language,
            jurisdiction=uow.ports.jurisdiction,
            state=ListingState.DRAFT,
            created_at=now,
            edited_at=now,
            origin=origin,
            content_key=key,
        )
    )
    asset.record("registered", owner=owner_org, origin=origin)
    at.record("registered", origin=origin)
    write_listing(at, _listing_change(record, author or uow.actor.person))
    write_asset(asset, _asset_change(record))
    if publish:
        _publish(uow, at)
    else:
        at.fact(facts.LISTING_DRAFTED)
    return Registered(asset.row.id, at.row.id, fresh=True)


def _publish(uow: UnitOfWork, at: At[Listing]) -> None:
    uow.check(refuse_stopped, What.LISTINGS)
    profile = uow.law(at.row.jurisdiction, legal_date(at.now, uow.ports.zone))
    officer = uow.actor.person
    for item in CheckItem:
        at.add(
            TitleFinding(
                listing=at.row.id, item=item, outcome=CheckOutcome.OK, by=officer, at=at.now
            )
        )
    at.row.submitted_at = at.row.approved_at = at.row.published_at = at.now
    at.row.approved_by = officer or "system"
    number_now(uow, at)
    for action in (
        ListingAction.SUBMIT,
        ListingAction.CHECK_TITLE,
        ListingAction.APPROVE,
        ListingAction.PUBLISH,
    ):
        move(at, action, reason="imported", profile=profile.pin)
    start_beat(at, profile)
    at.fact(facts.LISTING_PUBLISHED)


def _listing_change(record: ImportedRecord, contact: str | None) -> ListingChange:
    text = TextInput(
        language=record.language,
        title=record.title,
        value_line=record.value_line or _first_sentence(record.abstract),
        abstract=record.abstract,
        keywords=record.keywords[:MOST_KEYWORDS],
    )
    return ListingChange(
        texts=(text,),
        ways=_ways(record),
        contact=ContactInput(person=contact),
        source_url=record.url,
    )


def _ways(record: ImportedRecord) -> tuple[WayInput, ...]:
    codes = ["ordinary" if code == "open_licence" else code for code in record.ways]
    known = [Way(code) for code in dict.fromkeys(codes) if code in set(Way)]
    price = Money(record.price.minor, record.price.currency) if record.price else None
    return tuple(WayInput(way, price if n == 0 else None) for n, way in enumerate(known))


def _asset_change(record: ImportedRecord) -> AssetChange:
    people = sorted(record.contributors, key=lambda person: person.order)
    return AssetChange(
        trl=record.trl,
        ipc=tuple(record.ipc or record.cpc),
        contributors=tuple(
            ContributorInput(name=person.name, affiliation=person.organisation) for person in people
        ),
        patents=(_patent(record),) if record.patent_numbers else (),
    )


def _patent(record: ImportedRecord) -> PatentInput:
    first = record.patent_numbers[0]
    return PatentInput(
        office=first[:2] if first[:2] in _OFFICES else "XX",
        application_number=record.application_number,
        publication_number=record.publication_number,
        grant_number=record.grant_number,
        kind=PatentKind(record.patent_type or "invention"),
        kind_code=record.kind_code,
        filed_on=record.filing_date,
        published_on=record.publication_date,
        granted_on=record.grant_date,
        expires_on=record.expiry_date,
        legal_status=_STATUSES.get(record.legal_status or "", LegalStatus.UNKNOWN),
    )


_STATUSES = {
    "pending": LegalStatus.PENDING,
    "granted": LegalStatus.IN_FORCE,
    "expired": LegalStatus.EXPIRED,
    "withdrawn": LegalStatus.WITHDRAWN,
    "refused": LegalStatus.REJECTED,
    "invalidated": LegalStatus.REVOKED,
}


def _first_sentence(text: str) -> str:
    """The abstract's first sentence stands in for a value line that the source does not have."""
    for end in ("。", ". "):
        head, found, _ = text.partition(end)
        if found and len(head) <= 280:
            return head.strip() + end.strip()
    return text[:280].strip()
