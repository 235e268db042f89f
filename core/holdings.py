"""What the areas hold of people and organisations: each area declares every column that names one.

Handing over, merging, exporting and erasing read these declarations and nothing else, so that they
are complete by construction: a test fails on a column that no area declares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from core.ids import split_ref
from core.models import Base, Head
from core.unit_of_work import At, UnitOfWork

Column = InstrumentedAttribute[Any]


class Keeps(StrEnum):
    """What a row is to the person or organisation that it names."""

    OWN = "own"
    """It is theirs alone: exported whole, gone after an erasure."""
    SAID = "said"
    """They said it to others: exported, their personal text is emptied by an erasure."""
    DUTY = "duty"
    """They answer for it: handed to a colleague when they leave."""
    ACT = "act"
    """They did it: the id stays, as a pseudonym once the person is erased."""
    TENANT = "tenant"
    """It belongs to the organisation, whoever works there."""


@dataclass(frozen=True)
class Holding:
    """One column that names a person or an organisation.

    `head` and `key`: the stream that its row belongs to and the column with that stream's id; no
    head, and the key holds the stream's whole name; no key, and the row belongs to no stream.
    """

    column: Column
    keeps: Keeps
    head: type[Head] | None = None
    key: Column | None = None
    seat: Column | None = None
    """Of a duty: the organisation in whose name the person answers."""
    still: Callable[[], ColumnElement[bool]] | None = None
    """Of a duty: which rows hold it; all, if nothing is said."""
    title: str = ""
    """Of a duty: what the person is there, for the one who takes over."""
    hand: Callable[[At[Any], Any, str | None], None] | None = None
    """Of a duty: gives the row to a colleague, or to the office where there is none (None), if
    writing the column is not enough."""
    clears: tuple[Column, ...] = ()
    """Personal text that an erasure empties."""
    secret: tuple[Column, ...] = ()
    """What an export leaves out: hashes of passwords and tokens."""

    @property
    def name(self) -> str:
        """`listing.contact_person`."""
        return f"{self.model.__tablename__}.{self.column.key}"

    @property
    def model(self) -> Any:
        return self.column.class_

    def duties(self, person: str, organisation: str) -> tuple[ColumnElement[bool], ...]:
        """Clauses for the rows for which a person answers in an organisation's name."""
        held = (self.column == person, *([self.seat == organisation] if self.seat else []))
        return (*held, self.still()) if self.still else held


Obstacle = tuple[str, Any]
"""Why an erasure must wait: a sentence (an English msgid), and the day from which it can be done,
None where that is for the person to bring about."""


@dataclass(frozen=True)
class Holdings:
    """All declarations, and what else an area does when somebody is erased."""

    columns: Sequence[Holding] = ()
    obstacles: Sequence[Callable[[Session, str, Any], Iterable[Obstacle]]] = ()
    erasers: Sequence[Callable[[UnitOfWork, str], None]] = ()

    @property
    def duties(self) -> list[Holding]:
        return [one for one in self.columns if one.keeps is Keeps.DUTY]


def streams_of(uow: UnitOfWork, holding: Holding, *where: ColumnElement[bool]) -> set[str]:
    """The streams that must be locked before these rows are written."""
    if holding.key is None:
        return set()
    keys = uow.find(holding.key, *where)
    return {f"{holding.head.PREFIX}:{key}" if holding.head else str(key) for key in keys}


def lock_all(uow: UnitOfWork, streams: Iterable[str]) -> dict[str, At[Any]]:
    """Locks streams of any kind in the one declared order."""
    order, heads = uow.executor.order, heads_by_prefix()

    def rank(stream: str) -> tuple[int, str]:
        prefix, id = split_ref(stream)
        return order.index(prefix), id

    locked = {}
    for stream in sorted(set(streams), key=rank):
        prefix, id = split_ref(stream)
        locked[stream] = uow.lock(heads[prefix], id)
    return locked


def rows_of(session: Session, holding: Holding, *where: ColumnElement[bool]) -> list[Any]:
    """The rows themselves, in the order of their keys."""
    keys = holding.model.__table__.primary_key.columns
    return list(session.scalars(select(holding.model).where(*where).order_by(*keys)))


def heads_by_prefix() -> dict[str, type[Head]]:
    """`listing` -> Listing, for every kind of stream that is declared."""
    mapped = [mapper.class_ for mapper in Base.registry.mappers]
    return {one.PREFIX: one for one in mapped if issubclass(one, Head)}


NAMES_SOMEBODY: Final = frozenset(
    {
        "person",
        "by",
        "author",
        "handler",
        "heir",
        "holder",
        "organisation",
        "of_organisation",
        "owner_org",
    }
)
"""Names of columns that hold a person's or an organisation's id, beside those whose
names end with `_by`, `_org` or `_person`."""


def unnamed_columns(tables: Iterable[Any], holdings: Holdings) -> list[str]:
    """Columns that name a person or an organisation and that no area has declared."""
    declared = {one.name for one in holdings.columns}
    return [
        f"{table.name}.{column.name}"
        for table in tables
        for column in table.columns
        if _names_somebody(column) and f"{table.name}.{column.name}" not in declared
    ]


def _names_somebody(column: Any) -> bool:
    pointed = {key.column.table.name for key in column.foreign_keys}
    said = column.name in NAMES_SOMEBODY or column.name.endswith(("_by", "_org", "_person"))
    return said or bool(pointed & {"person", "organisation"})
