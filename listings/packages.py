"""What a package may hold: assets of its own owner, and no packages."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import Invalid, Problem
from core.i18n import N_
from listings.kinds import AssetKind
from listings.models import Asset

NOT_YOURS = N_("A package holds results, patents and know-how of its own owner only.")


def check_members(session: Session, owner_org: str, kind: str, members: Sequence[str]) -> None:
    """Raises Invalid. One statement; owner and kind of an asset never change."""
    wanted = set(members)
    if not wanted:
        return
    fitting = session.scalar(
        select(func.count())
        .select_from(Asset)
        .where(
            Asset.id.in_(sorted(wanted)),
            Asset.owner_org == owner_org,
            Asset.kind != AssetKind.PACKAGE,
        )
    )
    if kind != AssetKind.PACKAGE or fitting != len(wanted):
        raise Invalid({"members": [Problem("members", NOT_YOURS)]})
