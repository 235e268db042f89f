"""Persists what a change says, row by row, so that nothing equal is rewritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from core.models import Base
from core.unit_of_work import At
from listings.errors import RegistrationTaken
from listings.identifiers import canonical
from listings.inputs import (
    AssetChange,
    ComparisonInput,
    EvidenceInput,
    ListingChange,
    PatentInput,
    TextInput,
)
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
    ListingText,
    OfferedWay,
    PatentFacts,
    Right,
    TrlEvidence,
)

Values = dict[str, Any]


def write_listing(at: At[Listing], change: ListingChange) -> None:
    """Writes the listing's own parts; the asset's are `write_asset`."""
    _write_head(at)
    for text in change.texts:
        _write_text(at, text)
    if change.comparisons is not None:
        _write_comparisons(at, change)
    if change.ways is not None:
        _write_ways(at, change)
    if change.contact is not None:
        contact = change.contact
        at.row.contact_person, at.row.contact_name = contact.person, contact.name
        at.row.contact_phone, at.row.contact_mail = contact.phone, contact.mail
        at.row.answer_days = contact.answer_days
    if change.level is not None:
        at.row.level = change.level
    if change.source_url is not None:
        at.row.source_url = change.source_url or None
    at.row.edited_at, at.row.edits = at.now, (at.row.edits or 0) + 1


def write_asset(at: At[Asset], change: AssetChange) -> None:
    """Brings the asset in line. A contributor whose name or share changes confirms anew.

    Raises RegistrationTaken.
    """
    _refuse_taken(at, change.registration)
    _write_head(at)
    for name in ("secrecy", "trl"):
        if (value := getattr(change, name)) is not None:
            setattr(at.row, name, value)
    for name in ("stage", "origin", "region", "registration"):
        if (value := getattr(change, name)) is not None:
            setattr(at.row, name, value or None)
    own = {"asset": at.row.id}
    if change.ipc is not None:
        rows = [{"code": code, "position": n} for n, code in enumerate(_distinct(change.ipc))]
        _sync(at, IpcCode, own, ("code",), rows)
    _write_industries(at, change)
    if change.funding is not None:
        _sync(at, Funding, own, ("position",), _numbered(change.funding))
    if change.contributors is not None:
        _write_contributors(at, change)
    if change.patents is not None:
        _sync(
            at,
            PatentFacts,
            own,
            ("position",),
            [_patent(p, n) for n, p in enumerate(change.patents)],
        )
    if change.evidence is not None:
        _write_evidence(at, change.evidence)
    if change.co_owners is not None:
        _sync(at, CoOwner, own, ("name",), [vars(owner) for owner in change.co_owners])
    if change.rights is not None:
        _write_declared_rights(at, change)
    if change.members is not None:
        rows = [{"member": m, "position": n} for n, m in enumerate(_distinct(change.members))]
        _sync(at, AssetMember, {"package": at.row.id}, ("member",), rows)


def _write_head(at: At[Any]) -> None:
    """Of a new stream first, since the session does not know that the other rows name it."""
    if at.fresh:
        at.uow.session.flush()


def _refuse_taken(at: At[Asset], registration: str | None) -> None:
    """A result is registered once; the column's own uniqueness would be a fault to people."""
    if not registration or registration == at.row.registration:
        return
    other = select(Asset.id).where(Asset.registration == registration, Asset.id != at.row.id)
    if at.uow.session.scalar(other.limit(1)) is not None:
        raise RegistrationTaken


def _write_text(at: At[Listing], text: TextInput) -> None:
    values = vars(text) | {"original": text.language == at.row.language}
    for name in ("keywords", "receives", "brings", "alternatives"):
        values[name] = [line.strip() for line in values[name] if line.strip()]
    key = {"listing": at.row.id, "language": text.language}
    _sync(at, ListingText, key, (), [_without(values, "language")])


def _write_comparisons(at: At[Listing], change: ListingChange) -> None:
    """Where the change is one of some languages' texts, tables in the others stay."""
    rows = list(_comparison_rows(change.comparisons or ()))
    for language in {text.language for text in change.texts} | {row["language"] for row in rows}:
        own = {"listing": at.row.id, "language": language}
        mine = [_without(row, "language") for row in rows if row["language"] == language]
        _sync(at, Comparison, own, ("position",), mine)


def _write_ways(at: At[Listing], change: ListingChange) -> None:
    rows = []
    for position, way in enumerate(change.ways or ()):
        values = _without(vars(way), "price") | {"position": position, "notes": dict(way.notes)}
        values["price_minor"] = way.price.minor if way.price else None
        values["currency"] = way.price.currency if way.price else None
        rows.append(values)
    _sync(at, OfferedWay, {"listing": at.row.id}, ("position",), rows)


def _write_industries(at: At[Asset], change: AssetChange) -> None:
    for scheme, codes in (("gbt4754", change.industries), ("emerging", change.emerging)):
        if codes is not None:
            own = {"asset": at.row.id, "scheme": scheme}
            _sync(at, IndustryCode, own, ("code",), [{"code": c} for c in _distinct(codes)])


def _write_evidence(at: At[Asset], evidence: Sequence[EvidenceInput]) -> None:
    """Pieces told in other languages stay; nothing at all empties every language."""
    rows = _numbered(evidence)
    if not rows:
        _sync(at, TrlEvidence, {"asset": at.row.id}, ("language", "position"), ())
    for language in {row["language"] for row in rows}:
        own = {"asset": at.row.id, "language": language}
        mine = [_without(row, "language") for row in rows if row["language"] == language]
        _sync(at, TrlEvidence, own, ("position",), mine)


def _write_contributors(at: At[Asset], change: AssetChange) -> None:
    rows = [vars(person) | {"position": n} for n, person in enumerate(change.contributors or ())]
    before = {
        row.position: (row.name, row.person, row.share_bp)
        for row in _rows(at, Contributor, {"asset": at.row.id})
    }
    for row in rows:
        if before.get(row["position"]) != (row["name"], row["person"], row["share_bp"]):
            own_word = row["person"] is not None and row["person"] == at.uow.actor.person
            row["confirmed_at"] = at.now if own_word else None
    _sync(at, Contributor, {"asset": at.row.id}, ("position",), rows)


def _write_declared_rights(at: At[Asset], change: AssetChange) -> None:
    """Rights that a deal granted carry its Ref as source, and no form can change them."""
    own = {"asset": at.row.id, "source": None}
    existing = _rows(at, Right, own)
    wanted = [vars(right) for right in change.rights or ()]
    for row in existing:
        values = next((v for v in wanted if all(getattr(row, k) == v[k] for k in v)), None)
        if values is None:
            at.remove(row)
        else:
            wanted.remove(values)
    for values in wanted:
        at.add(Right(**own, **values))


def _patent(patent: PatentInput, position: int) -> Values:
    values = vars(patent) | {"position": position}
    for name in ("application_number", "publication_number", "grant_number"):
        values[name] = canonical(values[name]) if values[name] else None
    return values


def _comparison_rows(rows: Iterable[ComparisonInput]) -> Iterable[Values]:
    for values in _numbered(tuple(rows)):
        yield values | {"theirs": list(values["theirs"])}


def _numbered(inputs: Sequence[Any]) -> list[Values]:
    """Position counts within a language, where there is one."""
    seen: dict[str, int] = {}
    rows = []
    for value in inputs:
        values = vars(value) | {}
        language = values.get("language", "")
        rows.append(values | {"position": seen.get(language, 0)})
        seen[language] = seen.get(language, 0) + 1
    return rows


def _sync(
    at: At[Any],
    model: type[Base],
    own: Mapping[str, Any],
    key: tuple[str, ...],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    """Makes the rows of `model` under `own` those given, matched by `key`."""
    existing = {tuple(getattr(row, name) for name in key): row for row in _rows(at, model, own)}
    for values in rows:
        row = existing.pop(tuple(values[name] for name in key), None)
        if row is None:
            at.add(model(**own, **values))
            continue
        for name, value in values.items():
            if getattr(row, name) != value:
                setattr(row, name, value)
    for row in existing.values():
        at.remove(row)


def _rows(at: At[Any], model: type[Any], own: Mapping[str, Any]) -> list[Any]:
    """What stands there. A stream that this unit of work creates is written once: it has none."""
    if at.fresh:
        return []
    where = [
        getattr(model, name).is_(None) if value is None else getattr(model, name) == value
        for name, value in own.items()
    ]
    return list(at.uow.session.scalars(select(model).where(*where)))


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value.strip() for value in values if value.strip()))


def _without(values: Mapping[str, Any], *names: str) -> Values:
    return {name: value for name, value in values.items() if name not in names}
