"""Whether technology may leave the country, as its owner states it. Pure, and one reader.

技术进出口管理条例 (2020), arts. 30 to 39: prohibited, restricted and free technology.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import Problem
from core.i18n import N_
from core.versions import version_of
from listings.kinds import ExportClass
from listings.models import ExportStatement

LONGEST_BASIS: Final = 300
EXPORT_NAMES: Final = {
    "free": N_("Free to export; the contract is registered"),
    "restricted": N_("Restricted: needs a letter of intent and a licence"),
    "prohibited": N_("Prohibited: may not leave the country"),
}
_STRICT: Final = (ExportClass.PROHIBITED, ExportClass.RESTRICTED, ExportClass.FREE)


class Said(Protocol):
    """A statement, as a row or as a page shows it."""

    @property
    def kind(self) -> str: ...
    @property
    def basis(self) -> str: ...
    @property
    def at(self) -> datetime: ...


def strictest(stated: Iterable[str | None]) -> ExportClass | None:
    """Of everything that passes together, such as a package and its members: the strictest
    class; None while any of them is unstated and nothing is prohibited."""
    found = list(stated)
    if ExportClass.PROHIBITED in found:
        return ExportClass.PROHIBITED
    if not found or None in found:
        return None
    return next(one for one in _STRICT if one in found)


def statement_problems(kind: str, basis: str) -> dict[str, list[Problem]]:
    """What must be corrected before a statement is kept, by field."""
    found: dict[str, list[Problem]] = {}
    if kind not in frozenset(ExportClass):
        found["kind"] = [Problem("export_kind", N_("Choose one of the three classes."))]
    elif kind != ExportClass.FREE and not basis.strip():
        words = N_("Name the item of the catalogue of prohibited and restricted technology.")
        found["basis"] = [Problem("export_basis", words)]
    if len(basis) > LONGEST_BASIS:
        words, limit = N_("Use at most %(limit)s characters."), {"limit": LONGEST_BASIS}
        found["basis"] = [Problem("too_long", words, limit)]
    return found


def statement_version(said: Said | None) -> int:
    """Another one wherever the office stated it anew."""
    return version_of(said.kind, said.basis, said.at) if said else version_of()


def stated_for(session: Session, assets: Collection[str]) -> ExportClass | None:
    """The strictest class of these assets; None while one of them is unstated."""
    e = ExportStatement
    rows = session.execute(select(e.asset, e.kind).where(e.asset.in_(list(assets))))
    kinds: dict[str, str] = {asset: kind for asset, kind in rows}  # noqa: C416
    return strictest(kinds.get(asset) for asset in assets)
