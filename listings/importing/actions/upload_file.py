"""A file was stored and described: an import begins."""

from __future__ import annotations

from typing import Any

from core.results import Done
from core.unit_of_work import UnitOfWork
from listings.importing.models import Import
from listings.importing.permissions import check_may_import


def upload_file(
    uow: UnitOfWork,
    owner_org: str,
    sha256: str,
    size: int,
    name: str,
    description: dict[str, Any],
    mapping: dict[str, Any],
) -> Done:
    """Answers the import's id. Raises Forbidden."""
    uow.check(check_may_import, owner_org)
    at = uow.create(
        Import(
            owner_org=owner_org,
            person=uow.actor.person,
            sha256=sha256,
            name=name[:200],
            size=size,
            created_at=uow.now(uow.open()),
            description=description,
            mapping=mapping,
        )
    )
    at.record("uploaded", owner=owner_org, sha256=sha256, size=size)
    return Done(at.row.id)
