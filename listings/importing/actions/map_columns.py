"""A person assigns columns to fields; the organisation's next file starts from that."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from core.results import Done
from core.unit_of_work import At, UnitOfWork
from listings.importing.errors import AlreadyStarted
from listings.importing.mapping import mapping_from_json
from listings.importing.models import Import, RememberedColumn
from listings.importing.permissions import check_may_work_on
from listings.importing.states import OPEN, ImportState
from listings.importing.targets import normal


def map_columns(
    uow: UnitOfWork,
    import_id: str,
    mapping: dict[str, Any],
    *,
    publish: bool = False,
    description: dict[str, Any] | None = None,
) -> Done:
    """Replaces the mapping (and, after a corrected encoding, the description).

    What was checked before counts no more. With a description the mapping is a suggestion that a
    person has yet to see, so it may lack a title and is not remembered. Raises ImportNotFound,
    AlreadyStarted, Forbidden, MappingIncomplete.
    """
    uow.check(check_may_work_on, import_id)
    chosen = mapping_from_json(mapping)
    if description is None:
        chosen.check()
    at = uow.lock(Import, import_id)
    if at.row.state not in OPEN:
        raise AlreadyStarted
    at.row.mapping, at.row.publish = chosen.to_json(), publish
    if description is not None:
        at.row.description = description
    at.row.state, at.row.staged = ImportState.DESCRIBED, None
    if description is None:
        _remember(at, dict(chosen.columns))
    at.record("mapped", columns=len(chosen.columns), publish=publish)
    return Done(import_id)


def _remember(at: At[Import], columns: dict[str, str]) -> None:
    """Columns of the file that were assigned to nothing are remembered as ignored."""
    session, owner = at.uow.session, at.row.owner_org
    named = {normal(column): "" for column in at.row.description.get("header", ())}
    named |= {normal(column): field for column, field in columns.items()}
    known = {
        row.name: row
        for row in session.scalars(
            select(RememberedColumn).where(
                RememberedColumn.owner_org == owner, RememberedColumn.name.in_(named)
            )
        )
    }
    for name, field in named.items():
        if name in known:
            known[name].field = field
        else:
            session.add(RememberedColumn(owner_org=owner, name=name, field=field))
