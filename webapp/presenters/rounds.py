"""An open listing in the reader's words: what its page says of time, price and outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.i18n import N_
from core.law import Profile
from core.money import Money
from deals.lawful import cited
from deals.queries import DealPage
from deals.rounds import law
from deals.rounds.deposits import of_deal
from deals.rounds.queries import RoundPage
from webapp.forms.round_forms import FAILURE_NAMES
from webapp.language import page_language, plain
from webapp.presenters.rule_words import in_words
from webapp.runtime import the_market


@dataclass(frozen=True)
class RuleView:
    text: str
    cite: str


@dataclass(frozen=True)
class RoundView:
    """`left`: working days until the deadline; `rule`: what sets the length of the period."""

    price: Money
    left: int
    rules: list[RuleView]
    failure: str
    found: Money | None
    forfeit_cite: str
    """Where it stands that a winner who breaks off forfeits the deposit; "" where nothing does."""


def view(page: RoundPage, today: date) -> RoundView:
    row = page.row
    profile = the_market().law.profile(row.jurisdiction, row.law_on)
    until = row.ends_on
    return RoundView(
        Money(row.floor_minor, row.currency),
        profile.calendar.working_days_between(today, until),
        _rules(profile, Money(row.floor_minor, row.currency), state_assets=row.state_assets),
        plain(FAILURE_NAMES[row.reason]) if row.reason in FAILURE_NAMES else "",
        Money(row.price_minor, row.currency) if row.price_minor is not None else None,
        profile.value(law.FORFEITS).cite(page_language())
        if law.says(profile, law.FORFEITS)
        else "",
    )


@dataclass(frozen=True)
class AtStake:
    """What the buyer of an award loses by leaving; `excuses`: the reasons that spare it."""

    amount: Money
    excuses: str
    cite: str


def at_stake(page: DealPage) -> AtStake | None:
    """None where nothing is held, or the rules take nothing."""
    deal, market = page.line.row, the_market()
    profile = market.law.profile(deal.jurisdiction, deal.law_on)
    with market.database.read() as session:
        found = of_deal(session, deal)
    if found is None or not found.held or not law.says(profile, law.FORFEITS):
        return None
    excused = profile.value(law.EXCUSED) if law.EXCUSED in profile else None
    return AtStake(
        Money(found.amount, found.currency),
        in_words(excused) if excused else "",
        _forfeits(profile),
    )


def usual_deposit(profile: Profile) -> RuleView | None:
    """Between which shares a deposit needs no reason."""
    usual = law.usual_deposit(profile)
    if usual is None:
        return None
    said = plain(
        N_("A deposit usually lies between %(least)s and %(most)s per cent of the list price."),
        least=f"{usual[0] * 100:.0f}",
        most=f"{usual[1] * 100:.0f}",
    )
    return RuleView(said, profile.value(law.RANGE).cite(page_language()))


def _forfeits(profile: Profile) -> str:
    if not law.says(profile, law.FORFEITS):
        return ""
    return profile.value(law.FORFEITS).cite(page_language())


def _rules(profile: Profile, floor: Money, *, state_assets: bool) -> list[RuleView]:
    english = page_language() == "en"
    names = law.period_rules(state_assets=state_assets)
    least = law.shortest(profile, floor, state_assets=state_assets)
    said = plain(N_("At this list price at least %(least)s working days."), least=least)
    return [
        RuleView(said, rule["citation_en"] if english else rule["citation"])
        for rule in cited(profile, names)
    ]
