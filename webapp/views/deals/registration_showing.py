"""Registrations and estimates as their pages print them, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from contracts.registration.form import Form, crossing
from contracts.registration.queries import RegistrationPage
from contracts.registration.showing import Lines, sections
from contracts.registration.states import RegistrationAct
from contracts.registration.wording import ACT_NAMES
from contracts.tax import SAID, Estimate, estimates
from core.i18n import N_
from core.law import Profile
from core.law.values import LawValue
from core.money import Money
from webapp.language import page_language, plain
from webapp.presenters.showing import show_money
from webapp.views.deals.contract_showing import Law
from webapp.views.deals.showing import Moment

_GOVERNING: Final = (
    "contract.registered_by", "contract.registration.two_amounts",
    "contract.registry_decision_days", "contract.registration.change",
)  # fmt: skip
_BORDER: Final = {
    "export": ("export.free_needs_registration", "export.registration_days"),
    "import": ("import.registration_days",),
}
_BORDER_SAID: Final = {
    "export": N_(
        "The technology leaves China. Where it is free to export, the contract is registered as a "
        "technology export contract with commerce too, which decides in %(days)s working days; "
        "bank and tax office ask for it. Restricted technology needs a licence first."
    ),
    "import": N_(
        "The technology comes from abroad. Where it is free to import, the contract is registered "
        "as a technology import contract with commerce too, which decides in %(days)s working days."
    ),
}


@dataclass(frozen=True)
class Estimated:
    """An estimate as a sentence, with its sources."""

    text: str
    cites: tuple[str, ...]


def governing(profile: Profile) -> list[Law]:
    """What every registration goes by, as far as the profile states it."""
    return [_law(profile.value(rule)) for rule in _GOVERNING if rule in profile]


def border(form: Form, profile: Profile) -> tuple[str, list[Law]] | None:
    """What passing the border asks beside, with its sources; None where nothing passes it."""
    way = crossing(form)
    rules = [rule for rule in _BORDER.get(way, ()) if rule in profile]
    if not rules:
        return None
    said = plain(_BORDER_SAID[way], days=profile.integer(f"{way}.registration_days"))
    return said, [_law(profile.value(rule)) for rule in rules]


def form_sections(form: Form) -> Iterator[tuple[str, Lines]]:
    return sections(form, page_language())


def missing(page: RegistrationPage, profile: Profile) -> list[str]:
    """What keeps the form from being handed in, as sentences; with the party where it is one's."""
    return [
        f"{side_of(name)} {plain(one.text, **one.params)}".strip()
        for name, problems in page.lacks(profile).items()
        for one in problems
    ]


def side_of(name: str) -> str:
    """Whose field of the form it is; empty for a field of the contract."""
    sides = {"seller": N_("Seller"), "buyer": N_("Buyer")}
    side = name.partition("_")[0]
    return plain(sides[side]) if side in sides else ""


def tax(page: RegistrationPage, profile: Profile) -> list[Estimated]:
    if page.form is None:
        return []
    return [_estimated(one) for one in estimates(page.form, page.matter.terms, profile)]


def timeline(page: RegistrationPage) -> list[Moment]:
    """What was done, and what is waited for."""
    saved = RegistrationAct.SAVE
    found = [Moment(plain(N_("Contract signed")), "done", page.contract.signed_at)]
    found += [
        Moment(plain(ACT_NAMES[one.act]), "done", one.at, one.reason)
        for one in page.steps
        if one.act != saved
    ]
    row = page.row
    if row is not None and row.expected_on is not None and row.state in {"handed_in", "changing"}:
        found.append(Moment(plain(N_("Answer of the registry expected")), "now", row.expected_on))
    if row is None or row.number is None:
        found.append(Moment(plain(N_("Entered in the register")), "next"))
    return found


def _estimated(one: Estimate) -> Estimated:
    said = {
        name: show_money(value) if isinstance(value, Money) else value
        for name, value in one.params.items()
    }
    language = page_language()
    cites = dict.fromkeys(rule.cite(language) for rule in one.rules)
    return Estimated(plain(SAID[one.code], **said), tuple(cites))


def _law(rule: LawValue) -> Law:
    language = page_language()
    return Law(rule.remark(language), rule.cite(language))
