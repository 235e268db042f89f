"""Terms, steps and rules as a deal's pages print them, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from core.i18n import N_
from core.money import Money
from deals.engine.declaration import AUTOMATIC, Side
from deals.lawful import cited
from deals.models import DealStep
from deals.offers import Instalment, Terms
from deals.queries import DealPage
from webapp.forms.deal_forms import BASE_NAMES, TAX_NAMES, WAY_NAMES
from webapp.language import page_language, plain
from webapp.presenters.showing import show_date, show_money
from webapp.runtime import the_market

TERM_NAMES: Final = {
    "way": N_("Way"),
    "field": N_("Field of use"),
    "territory": N_("Territory"),
    "until": N_("Term ends on"),
    "lump_sum": N_("Lump sum"),
    "instalments": N_("Instalments"),
    "entry_fee": N_("Entry fee"),
    "royalty": N_("Royalty"),
    "royalty_base": N_("Royalty is taken"),
    "royalty_minimum": N_("Least royalty in a year"),
    "tax_basis": N_("Tax"),
    "audit": N_("Right to audit"),
    "milestones": N_("Milestones"),
    "note": N_("Note"),
    "valid_until": N_("Offer valid until"),
}
ACT_NAMES: Final = {
    "offer": N_("Offer, version %(version)s"),
    "withdraw_offer": N_("Version %(version)s withdrawn"),
    "accept": N_("Version %(version)s accepted"),
    "object": N_("Objection received"),
    "answer_objection": N_("Objection answered"),
    "walk_away": N_("Talks ended"),
}
_EMPTY: Final = "—"


def term_value(name: str, value: Any, currency: str) -> str:
    """One value of an offer as a reader sees it."""
    if value in (None, "", ()):
        return _EMPTY
    show = _SHOWN.get(name)
    return show(value, currency) if show else str(value)


def _amount(value: int, currency: str) -> str:
    return show_money(Money(value, currency))


def _parts(value: tuple[Instalment, ...], currency: str) -> str:
    said = (f"{_amount(part.minor, currency)} {part.when}" for part in value)
    return ("；" if page_language() == "zh" else "; ").join(said)


def _named(names: Mapping[str, str]) -> Callable[[str, str], str]:
    return lambda value, _currency: plain(names[value]) if value in names else value


def _day(value: date, _currency: str) -> str:
    return show_date(value)


_SHOWN: Final[dict[str, Callable[[Any, str], str]]] = {
    "way": _named(WAY_NAMES),
    "royalty_base": _named(BASE_NAMES),
    "tax_basis": _named(TAX_NAMES),
    "lump_sum": _amount,
    "entry_fee": _amount,
    "royalty_minimum": _amount,
    "instalments": _parts,
    "royalty": lambda value, _currency: f"{value / 100:g}%",
    "until": _day,
    "valid_until": _day,
}


def way_name(code: str | None) -> str:
    return plain(WAY_NAMES[code]) if code in WAY_NAMES else ""


def rows(page: DealPage) -> list[tuple[str, list[tuple[str, bool]]]]:
    """The comparison: (label, [(value, changed), …]) for each term that any version fills."""
    currency = page.line.row.currency
    return [
        (plain(TERM_NAMES[name]), [(term_value(name, c.value, currency), c.changed) for c in cells])
        for name, cells in page.comparison
    ]


def one_version(terms: Terms) -> list[tuple[str, str]]:
    """The filled terms of one offer, for the page that asks for confirmation."""
    pairs = [(name, getattr(terms, name)) for name in TERM_NAMES]
    return [
        (plain(TERM_NAMES[name]), term_value(name, value, terms.currency))
        for name, value in pairs
        if value not in (None, "", ())
    ]


@dataclass(frozen=True)
class Moment:
    """One mark of the timeline, as the macro wants it."""

    title: str
    state: str
    at: datetime | date | None = None
    text: str = ""


def timeline(page: DealPage) -> list[Moment]:
    """What was, what is, and what the mode's plain way still holds."""
    row, mode = page.line.row, page.mode
    found = [Moment(plain(N_("Deal opened")), "done", row.opened_at)]
    found += [
        _moment(page, step) for step in page.steps if step.target != row.state or _talked(step)
    ]
    label = (
        plain(N_("Closing")) if page.line.state == "closing" else plain(mode.state(row.state).label)
    )
    final = mode.state(row.state).final
    found.append(
        Moment(label, "done" if final else "now", row.moved_at, plain(mode.state(row.state).why))
    )
    after = mode.path[mode.path.index(row.state) + 1 :] if row.state in mode.path else ()
    return found + [Moment(plain(mode.state(code).label), "next") for code in after]


def _talked(step: DealStep) -> bool:
    return step.act != AUTOMATIC


def _moment(page: DealPage, step: DealStep) -> Moment:
    if step.act == AUTOMATIC:
        return Moment(plain(page.mode.state(step.target).label), "done", step.at)
    name = ACT_NAMES.get(step.act, step.act)
    title = plain(name, version=step.evidence.get("version", "")) if "%(" in name else plain(name)
    return Moment(title, "done", step.at, side_name(page, step.side))


def side_name(page: DealPage, side: str) -> str:
    """Our side or theirs; for whoever has none, the party's name."""
    if page.line.side is None or side not in (Side.SELLER, Side.BUYER):
        names = {Side.SELLER: page.line.seller, Side.BUYER: page.line.buyer}
        return names.get(Side(side), "")
    return plain(N_("our side")) if side == page.line.side else plain(N_("the other side"))


@dataclass(frozen=True)
class Rule:
    """A rule that governs the step, with its source."""

    text: str
    cite: str
    profile: str
    checked_on: date


def governing(page: DealPage) -> list[Rule]:
    """What holds for this state's ways on, then what the last steps passed; each once."""
    row = page.line.row
    profile = the_market().law.profile(row.jurisdiction, row.law_on)
    ahead = [rule for t in page.mode.transitions if t.source == row.state for rule in t.rules]
    found = {rule["rule"]: _rule(rule) for rule in cited(profile, dict.fromkeys(ahead))}
    for step in reversed(page.steps):
        for rule in step.rules:
            if rule["rule"] not in found:
                found[rule["rule"]] = _rule(rule)
    return list(found.values())[:3]


def _rule(rule: Mapping[str, Any]) -> Rule:
    cite = rule["citation_en"] if page_language() == "en" else rule["citation"]
    text = (
        plain(RULE_TEXTS[rule["rule"]], value=rule["value"]) if rule["rule"] in RULE_TEXTS else ""
    )
    return Rule(text, cite, rule["profile"], date.fromisoformat(rule["checked_on"]))


RULE_TEXTS: Final = {
    "deal.idle_days": N_("Talks in which neither side acts for %(value)s days lapse."),
    "offer.valid_days": N_("An offer without a date stands for %(value)s days."),
    "price.ways": N_("A state institute's price comes from agreement, open listing or auction."),
    "notice.price.min_days": N_("An agreed price is on public notice for at least %(value)s days."),
    "notice.places": N_("The notice is published where the law names."),
    "notice.content": N_("The notice states what the law asks for, the intended price included."),
    "notice.objection": N_(
        "Anyone may object during the notice; nothing is signed before the answer."
    ),
    "notice.result": N_("The outcome of the notice is published too."),
}
