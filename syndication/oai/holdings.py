"""Which records there are: every listing that was ever public, by its newest public change.

The change feed is the repository's memory. Its sequencer numbers a change after the change's
commit, so a harvester who asks from its last datestamp on misses nothing, and a withdrawal stays
known for ever.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from accounts.models import OrganisationName
from core import reference
from core.ids import ref, split_ref
from core.models import Change
from listings.kinds import AssetKind
from listings.models import Asset, IpcCode, Listing
from listings.public_record import PublicRecord
from listings.records import load_records
from listings.states import ListingState
from syndication.oai.requests import OaiError, Span

_HEAD: Final = len("listing:") + 1
SECTIONS: Final = tuple("ABCDEFGH")


@dataclass(frozen=True)
class Holding:
    """`record` is None where it was withdrawn. `owners` are the owner's names by language."""

    seq: int
    id: str
    kind: str
    at: datetime
    record: PublicRecord | None
    owners: Mapping[str, str]

    @property
    def sets(self) -> list[str]:
        """A withdrawn record stays in every section: which ones it was in is public no more, and
        whoever harvests a section must hear that it is gone."""
        if self.record is None:
            sections: Sequence[str] = SECTIONS
        else:
            sections = sorted({code[0] for code in self.record.ipc if code[0] in SECTIONS})
        return [f"kind:{self.kind}", *(f"ipc:{section}" for section in sections)]


def set_names(language: str) -> dict[str, str]:
    """Every set with its name, the two heads of the hierarchy included."""
    names = {"kind": "Kind of result", "ipc": "Section of the International Patent Classification"}
    names |= {f"kind:{kind}": kind.replace("_", " ") for kind in AssetKind}
    names |= {
        f"ipc:{section}": reference.name_of("ipc_sections", section, language)
        for section in SECTIONS
    }
    return names


def earliest(session: Session) -> datetime | None:
    """No datestamp is, or ever will be, before this one."""
    return session.scalar(select(func.min(Change.at)))


def count(session: Session, span: Span, set_: str | None) -> int:
    return session.scalar(select(func.count()).select_from(_chosen(span, set_).subquery())) or 0


def page(
    session: Session, span: Span, set_: str | None, after: int, size: int, on: date
) -> list[Holding]:
    """At most `size` records whose newest change is numbered above `after`, in that order."""
    rows = session.execute(
        _chosen(span, set_).where(Change.seq > after).order_by(Change.seq).limit(size)
    ).all()
    return _read(session, rows, on)


def one(session: Session, id: str, on: date) -> Holding | None:
    """A record by its listing, withdrawn or not; None for what was never public."""
    chosen = _chosen(Span(None, None), None).where(Change.ref == ref("listing", id))
    found = _read(session, session.execute(chosen).all(), on)
    return found[0] if found else None


def _chosen(span: Span, set_: str | None) -> Select[int, str, datetime, str]:
    newer = aliased(Change)
    where: list[ColumnElement[bool]] = [
        Change.ref.startswith("listing:"),
        ~exists().where(newer.ref == Change.ref, newer.seq > Change.seq),
    ]
    if span.since is not None:
        where.append(Change.at >= span.since)
    if span.before is not None:
        where.append(Change.at < span.before)
    if set_ is not None:
        where.append(_in_set(set_))
    return (
        select(Change.seq, Change.ref, Change.at, Asset.kind)
        .join(Listing, Listing.id == func.substr(Change.ref, _HEAD))
        .join(Asset, Asset.id == Listing.asset)
        .where(*where)
    )


def _in_set(set_: str) -> ColumnElement[bool]:
    head, _, value = set_.partition(":")
    if set_ not in set_names("en"):
        raise OaiError("badArgument", "There is no such set; ListSets names them.")
    if head == "kind":
        return Asset.kind == value if value else Asset.kind.is_not(None)
    codes = IpcCode.code.startswith(value) if value else IpcCode.code.is_not(None)
    in_section = exists().where(and_(IpcCode.asset == Asset.id, codes))
    return or_(Listing.state != ListingState.PUBLISHED, in_section)


def _read(session: Session, rows: Sequence[Any], on: date) -> list[Holding]:
    ids = [split_ref(row.ref)[1] for row in rows]
    records = load_records(session, ids, on) if ids else {}
    owners = _owners(session, sorted({record.owner_org for record in records.values()}))
    found = []
    for row, id in zip(rows, ids, strict=True):
        record = records.get(id)
        names = owners.get(record.owner_org, {}) if record else {}
        found.append(Holding(row.seq, id, row.kind, row.at, record, names))
    return found


def _owners(session: Session, ids: Sequence[str]) -> dict[str, dict[str, str]]:
    names: dict[str, dict[str, str]] = {}
    rows = session.scalars(select(OrganisationName).where(OrganisationName.organisation.in_(ids)))
    for row in rows:
        names.setdefault(row.organisation, {})[row.language] = row.name
    return names
