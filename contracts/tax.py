"""What the tax law may grant for a registered contract: estimates, each with its rule. Pure.

Only figures that the law profile states are used; rates that it does not state (the tax itself)
are left to the tax office.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from contracts.registration.form import Form
from core.i18n import N_
from core.law import Profile
from core.law.days import add_months
from core.law.values import LawValue
from core.money import Money
from deals.offers import Terms, is_licence
from listings.kinds import Way

CIT_EXEMPT: Final = "tax.cit.exempt"
CIT_YEARS: Final = "tax.cit.licence_min_years"
VAT: Final = "tax.vat.relief"
PIT: Final = "tax.pit.reward_counted"
PIT_MONTHS: Final = "tax.pit.reward_within_months"
STAMP: Final = "tax.stamp.rate"
REWARD_FLOOR: Final = "reward.floor.transfer"
_HALF: Final = Fraction(1, 2)

SAID: Final = {
    "cit": N_(
        "Enterprise income tax: of %(basis)s in one tax year, %(exempt)s is exempt and %(rest)s "
        "counts half, as %(counted)s. All transfers of the year are counted together."
    ),
    "cit_short": N_(
        "Enterprise income tax: a licence of less than %(years)s years does not qualify."
    ),
    "cit_way": N_(
        "Enterprise income tax: relief is for assignments and licences of at least %(years)s years."
    ),
    "vat_unknown": N_(
        "VAT: whether technology transfer is still exempt was not found in the law in force. No "
        "figure is given; ask the tax office."
    ),
    "pit": N_(
        "Personal income tax on rewards: of the least reward, %(reward)s, %(counted)s counts as "
        "salary if it is paid in cash within %(months)s months of the income."
    ),
    "stamp": N_("Stamp duty: %(duty)s for each side, on the technology amount."),
}


@dataclass(frozen=True)
class Estimate:
    """One sentence (`code` names it) with its figures, and the rules that it rests on."""

    code: str
    rules: tuple[LawValue, ...]
    params: dict[str, Any] = field(default_factory=dict)


def estimates(form: Form, terms: Terms, profile: Profile) -> list[Estimate]:
    """For the technology amount of one contract, before costs and other taxes are taken off.

    A rule on which the profile is silent gives no estimate; amounts in another currency than the
    rule's are not compared with it.
    """
    if form.tech_amount is None:
        return []
    basis = Money(form.tech_amount, form.currency)
    return [
        *_income_tax(basis, form.starts_on, terms, profile),
        *_vat(profile),
        *_rewards(basis, form, profile),
        *_stamp(basis, profile),
    ]


def halved(basis: Money, limit: Money) -> tuple[Money, Money, Money]:
    """(exempt, the rest, what of it counts): up to the limit nothing counts, above it half
    (Implementing Regulations of the Enterprise Income Tax Law, art. 90)."""
    exempt = min(basis, limit)
    rest = basis - exempt
    return exempt, rest, rest.share(_HALF)


def _income_tax(
    basis: Money, starts: date | None, terms: Terms, profile: Profile
) -> Iterator[Estimate]:
    if CIT_EXEMPT not in profile or CIT_YEARS not in profile:
        return
    limit, years = profile.money(CIT_EXEMPT), profile.integer(CIT_YEARS)
    qualifying = profile.value(CIT_YEARS)
    if terms.way != Way.ASSIGNMENT and not is_licence(terms.way):
        yield Estimate("cit_way", (qualifying,), {"years": years})
    elif is_licence(terms.way) and _is_shorter(starts, terms.until, years):
        yield Estimate("cit_short", (qualifying,), {"years": years})
    elif limit.currency == basis.currency:
        exempt, rest, counted = halved(basis, limit)
        said = {"basis": basis, "exempt": exempt, "rest": rest, "counted": counted}
        yield Estimate("cit", (profile.value(CIT_EXEMPT), qualifying), said)


def _is_shorter(starts: date | None, until: date | None, years: int) -> bool:
    """No end means no limit in time (interpretation of 2020 on technology contracts, art. 28)."""
    if until is None or starts is None:
        return False
    return until < add_months(starts, 12 * years)


def _vat(profile: Profile) -> Iterator[Estimate]:
    if VAT in profile and profile.code(VAT) == "unknown":
        yield Estimate("vat_unknown", (profile.value(VAT),))


def _rewards(basis: Money, form: Form, profile: Profile) -> Iterator[Estimate]:
    """Of non-profit institutes only, in cash only."""
    rules = (PIT, PIT_MONTHS, REWARD_FLOOR)
    if form.seller.legal_type != "institution" or any(rule not in profile for rule in rules):
        return
    reward = basis.share(profile.ratio(REWARD_FLOOR))
    counted = reward.share(profile.ratio(PIT))
    said = {"reward": reward, "counted": counted, "months": profile.integer(PIT_MONTHS)}
    yield Estimate("pit", tuple(profile.value(rule) for rule in rules), said)


def _stamp(basis: Money, profile: Profile) -> Iterator[Estimate]:
    if STAMP in profile:
        rate: Decimal = profile.ratio(STAMP)
        yield Estimate("stamp", (profile.value(STAMP),), {"duty": basis.share(rate)})
