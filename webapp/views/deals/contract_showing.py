"""Contracts as their pages print them, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from contracts.lint import BLOCK, Finding
from contracts.models import ContractVersion
from contracts.queries import Change, ContractPage
from contracts.queries import changes as changes_of
from contracts.states import ContractState, CopyState
from contracts.wording import CLAUSE_NAMES, ITEM_NAMES, KIND_NAMES, PATENT_ITEM_NAMES
from core.errors import Problem
from core.i18n import N_
from core.law import Profile
from deals.engine.declaration import Side
from webapp.language import page_language, plain
from webapp.presenters.showing import show_date
from webapp.views.deals.showing import Moment, one_version

_GOVERNING: Final = (
    "contract.arises_with_signature", "contract.items", "contract.void.no_challenge",
    "coowner.consent",
)  # fmt: skip
_CONFIRMED: Final = {
    Side.SELLER: N_("Seller's copy confirmed"),
    Side.BUYER: N_("Buyer's copy confirmed"),
}
_SIGNED: Final = {
    Side.SELLER: N_("Seller signed electronically"),
    Side.BUYER: N_("Buyer signed electronically"),
}
SIDE_NAMES: Final = {Side.SELLER: N_("Seller"), Side.BUYER: N_("Buyer")}


@dataclass(frozen=True)
class Law:
    """A rule that governs contracts, with its source."""

    text: str
    cite: str


def governing(profile: Profile) -> list[Law]:
    """What every contract is read by, as far as the profile states it."""
    return laws(profile, _GOVERNING)


def laws(profile: Profile, rules: Iterable[str]) -> list[Law]:
    """Those of the rules that the profile states."""
    language = page_language()
    found = [profile.value(rule) for rule in rules if rule in profile]
    return [Law(rule.remark(language), rule.cite(language)) for rule in found]


def kind_name(code: str) -> str:
    return plain(KIND_NAMES[code]) if code in KIND_NAMES else code


def item_name(name: str) -> str:
    return plain(ITEM_NAMES[name])


def side_name(side: str) -> str:
    return plain(SIDE_NAMES[Side(side)])


def party(page: ContractPage, side: str) -> str:
    return page.matter.seller if side == Side.SELLER else page.matter.buyer


def items(page: ContractPage) -> list[tuple[str, str]]:
    """(name, text) of what the parties wrote."""
    return [(item_name(name), text) for name, text in page.draft.items]


def terms(page: ContractPage) -> list[tuple[str, str]]:
    """(name, value) of the accepted terms."""
    shown = one_version(page.matter.terms)
    return [pair for pair in shown if pair[0] != plain(N_("Offer valid until"))]


def stops(found: Finding) -> bool:
    return found.enforce == BLOCK


def sentence(found: Finding) -> str:
    """What was found, as a reader is told."""
    return plain(found.text, **{name: _said(name, value) for name, value in found.params.items()})


def cite(found: Finding) -> str:
    return found.rule.cite(page_language())


def changes(page: ContractPage) -> list[tuple[ContractVersion, list[Change]]]:
    return changes_of(page.versions)


def piece(field: str, text: str) -> str:
    """A stretch of a changed field; codes are shown by their names."""
    names = {"kind": KIND_NAMES, "restrictions": CLAUSE_NAMES}.get(field, {})
    return f"{plain(names[text])} " if text in names else text


def timeline(page: ContractPage) -> list[Moment]:
    """What was, what is, and what comes on the plain way to a signed contract."""
    row = page.row
    steps = [
        (N_("Contract begun"), row.opened_at),
        (N_("Text frozen"), row.frozen_at),
        *(_side_signed(page, side) for side in Side if side in SIDE_NAMES),
        (N_("Signed by both sides"), row.signed_at),
    ]
    found = [Moment(plain(name), "done" if at else "next", at) for name, at in steps]
    if row.state == ContractState.ABANDONED:
        return [one for one in found if one.at] + [Moment(plain(N_("Given up")), "now")]
    return found


def _side_signed(page: ContractPage, side: Side) -> tuple[str, datetime | None]:
    """The step and when it was taken, on the path that the side chose."""
    given = next((one for one in page.given if one.side == side), None)
    if given is not None:
        return _SIGNED[side], given.signed_at
    copy = page.copy_of(side)
    confirmed = copy is not None and copy.state == CopyState.CONFIRMED
    return _CONFIRMED[side], copy.checked_at if copy is not None and confirmed else None


def _said(name: str, value: Any) -> str:
    comma = "、" if page_language() == "zh" else ", "
    if isinstance(value, date):
        return show_date(value)
    if isinstance(value, Problem):
        return plain(value.text, **value.params)
    if name == "items":
        return comma.join(plain(PATENT_ITEM_NAMES[one]) for one in value)
    if isinstance(value, list):
        return comma.join(value)
    names = {"item": ITEM_NAMES, "clause": CLAUSE_NAMES}.get(name, {})
    return plain(names[value]) if value in names else str(value)
