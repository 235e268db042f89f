"""Terms, steps and rules as a deal's pages print them, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from core.i18n import N_
from core.law import Profile
from deals import border, wording
from deals.engine.declaration import AUTOMATIC, Side
from deals.lawful import cited
from deals.models import DealStep
from deals.offers import Terms
from deals.queries import DealPage
from deals.wording import ACT_NAMES, TERM_NAMES, WAY_NAMES
from webapp.language import page_language, plain
from webapp.runtime import the_market


def term_value(name: str, value: Any, currency: str) -> str:
    """One value of an offer as the page's reader sees it."""
    return wording.term_value(name, value, currency, page_language())


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
    ended = mode.state(row.state).ended
    since = next((s.at for s in reversed(page.steps) if s.target == row.state), row.opened_at)
    found.append(Moment(label, "done" if ended else "now", since, plain(mode.state(row.state).why)))
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


def border_rule(page: DealPage) -> Rule | None:
    """The rule on exports that governs the deal as things stand, where a buyer is abroad."""
    if page.border is None or page.border.border is None:
        return None
    known = page.border.border.known
    governs = border.RULES[page.border.border.stated] if known else border.CHECK
    found = cited(_profile(page), [governs])
    return _rule(found[0]) if found else None


@dataclass(frozen=True)
class Answer:
    """By when the authority decides on a paper that is applied for today."""

    paper: str
    days: int
    by: date
    cite: str


def authority_answers(page: DealPage, today: date) -> list[Answer]:
    """Of the papers that the owner has still to apply for."""
    if page.border is None or page.border.border is None:
        return []
    state, profile = page.mode.state(page.line.row.state), _profile(page)
    kept = {one.kind for one in page.border.papers}
    asked = page.border.border.recordable(ended=state.ended, signed=state.signed)
    found = [(one, border.ANSWERS[one]) for one in asked if one in border.ANSWERS]
    return [
        Answer(
            border.PAPER_NAMES[paper],
            profile.integer(rule),
            profile.deadline(rule, today).day,
            _rule(cited(profile, [rule])[0]).cite,
        )
        for paper, rule in found
        if paper not in kept and rule in profile
    ]


def _profile(page: DealPage) -> Profile:
    row = page.line.row
    return the_market().law.profile(row.jurisdiction, row.law_on)


def _rule(rule: Mapping[str, Any]) -> Rule:
    cite = rule["citation_en"] if page_language() == "en" else rule["citation"]
    text = (
        plain(RULE_TEXTS[rule["rule"]], value=rule["value"]) if rule["rule"] in RULE_TEXTS else ""
    )
    return Rule(text, cite, rule["profile"], date.fromisoformat(rule["checked_on"]))


RULE_TEXTS: Final = {
    border.CHECK: N_("Before talks with a buyer abroad the owner states what may be exported."),
    border.PROHIBITED: N_("Prohibited technology is not exported."),
    border.RESTRICTED: N_(
        "Restricted technology: the letter of intent comes before negotiation, the licence before "
        "the contract."
    ),
    border.FREE: N_("Free technology, too, has its contract registered once it is signed."),
    "listing.min_working_days": N_(
        "A result on open listing is disclosed for at least %(value)s working days."
    ),
    "deal.idle_days": N_("Talks in which neither side acts for %(value)s days lapse."),
    "offer.valid_days": N_("An offer without a date stands for %(value)s days."),
    "price.ways": N_(
        "The law names agreement, open listing and auction as ways of finding a state institute's "
        "price; another way needs the unit's own rules behind it."
    ),
    "price.benchmark_required": N_("An open listing starts from a list price."),
    "notice.price.min_days": N_("An agreed price is on public notice for at least %(value)s days."),
    "notice.price.modes": N_(
        "Notice is asked for agreed prices; listing and auction find the price in public."
    ),
    "notice.places": N_("The notice is published where the law names."),
    "notice.own_place.proof": N_(
        "The period counts from the day on which the owner shows the notice in its own unit; the "
        "last day is shown too."
    ),
    "notice.content": N_("The notice states what the law asks for, the intended price included."),
    "notice.objection": N_(
        "Anyone may object during the notice; nothing is signed before the answer."
    ),
    "notice.result": N_("The outcome of the notice is published too."),
    "institution.decides": N_(
        "The owner's institution decides by its own steps; nothing is signed before the last."
    ),
    "preemption.ways": N_("At a transfer, makers and co-developers come first on equal terms."),
    "preemption.days": N_("They have %(value)s days from the day on which they were told."),
    "open_licence.announced_only": N_(
        "An open licence exists once the patent office has announced it; before, it is an offer."
    ),
    "open_licence.arises": N_("The licence arises with written notice and payment of the fee."),
    "open_licence.payment_days": N_("The fee is paid within %(value)s days of the notice."),
    "open_licence.withdrawal_spares": N_("A later withdrawal spares the licence."),
    "licence.recordal_months": N_(
        "The licence is put on record with the patent office within %(value)s months."
    ),
    "trial.max_months": N_("A trial lasts %(value)s months at most, by the practice cited."),
    "trial.remind_days": N_("The market reminds %(value)s days before a trial ends."),
    "contract.written_form": N_("Development, transfer and licence contracts are in writing."),
    "contract.arises_with_signature": N_(
        "A contract that is to be signed arises with the signatures or seals of both sides."
    ),
}
