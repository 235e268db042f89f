"""What the form must say before it is handed in, and what a register's number looks like. Pure."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from contracts.matter import Draft
from contracts.registration.form import (
    HOME,
    PAYMENTS,
    Form,
    Party,
    fixed_price,
    is_chinese,
    is_transfer,
    needs_summary,
)
from core.errors import Problem
from core.i18n import N_
from core.law import Profile
from core.law.days import LegalDate
from core.money import Money
from deals.offers import Terms

DIGITS: Final = "contract.registration.number_digits"
LEGAL_TYPES: Final = "contract.registration.legal_types"
IP_TYPES: Final = "contract.registration.ip_types"
PLANS: Final = "contract.registration.plans"
DECISION: Final = "contract.registry_decision_days"
DECISION_LARGE: Final = "contract.registry_decision_days.large"
LARGE_FROM: Final = "contract.registry_large_from"
REMIND: Final = "contract.registration.remind_days"
REGISTERED_BY: Final = "contract.registered_by"

LONGEST_PROJECT: Final = 200
LONGEST_SUMMARY: Final = 4000
LONGEST_REASON: Final = 1000

Problems = dict[str, list[Problem]]


def form_problems(form: Form, draft: Draft, profile: Profile) -> Problems:
    """What must be corrected, by field, before the registry could take the form.

    The name of a party and the currency are the contract's and are never asked.
    """
    found: Problems = {}

    def wrong(name: str, code: str, text: str, **params: Any) -> None:
        found.setdefault(name, []).append(Problem(code, text, params))

    if form.kind not in profile.codes("contract.kinds"):
        wrong("kind", "kind_unknown", N_("Choose the type of the contract."))
    if not form.project.strip() or len(form.project) > LONGEST_PROJECT:
        wrong("project", "project_missing", N_("Name the project, in at most 200 characters."))
    if form.ip_type not in profile.codes(IP_TYPES):
        wrong("ip_type", "ip_type_missing", N_("Say which kind of right the contract is about."))
    if form.plan not in profile.codes(PLANS):
        wrong("plan", "plan_missing", N_("Say by which plan the technology was funded."))
    if not form.field:
        wrong("field", "field_missing", N_("Choose the field of the technology."))
    if form.payment not in PAYMENTS:
        wrong("payment", "payment_missing", N_("Say how the price is paid."))
    _check_days(form, wrong)
    _check_amounts(form, wrong)
    for side in ("seller", "buyer"):
        _check_party(side, getattr(form, side), profile, wrong)
    if is_transfer(form.kind):
        if form.new_investment is None:
            said = N_("Say what the buyer plans to invest; 0 where nothing is planned.")
            wrong("new_investment", "new_investment_missing", said)
        if form.new_output is None:
            said = N_("Say what output the buyer expects; 0 where none is.")
            wrong("new_output", "new_output_missing", said)
    if needs_summary(draft) and not (form.summary.strip() and is_chinese(form.summary)):
        said = N_("The contract is not written in Chinese: sum it up in Chinese for the registry.")
        wrong("summary", "summary_missing", said)
    if len(form.summary) > LONGEST_SUMMARY:
        limit = LONGEST_SUMMARY
        wrong("summary", "too_long", N_("Use at most %(limit)s characters."), limit=limit)
    return found


def price_problems(form: Form, terms: Terms) -> Problems:
    """Whether the turnover is what the contract says is paid.

    Without a royalty it is the fixed price to the unit; with one it is at least that, because what
    a royalty will bring is estimated. Compared in the terms' currency.
    """
    price = fixed_price(terms)
    if form.turnover is None or price is None:
        return {}
    amount = str(Money(price, terms.currency))
    if terms.royalty is None and form.turnover != price:
        said = N_("The contract's price is %(price)s: the turnover must be the same.")
        return {"turnover": [Problem("turnover_is_not_price", said, {"price": amount})]}
    if form.turnover < price:
        said = N_("The contract's fixed price alone is %(price)s: the turnover is not below it.")
        return {"turnover": [Problem("turnover_below_price", said, {"price": amount})]}
    return {}


def _check_days(form: Form, wrong: Any) -> None:
    if form.signed_on is None:
        wrong("signed_on", "signed_on_missing", N_("Say on which day the contract was signed."))
    if form.starts_on is None:
        wrong("starts_on", "starts_on_missing", N_("Say from which day the contract holds."))
    if form.starts_on and form.ends_on and form.ends_on < form.starts_on:
        wrong("ends_on", "ends_before_start", N_("It ends on or after the day it starts."))


def _check_amounts(form: Form, wrong: Any) -> None:
    if not form.turnover or form.turnover < 0:
        wrong("turnover", "turnover_missing", N_("Enter the contract's turnover, above zero."))
    if form.tech_amount is None or form.tech_amount < 0:
        wrong("tech_amount", "tech_amount_missing", N_("Enter the technology amount."))
    elif form.turnover and form.tech_amount > form.turnover:
        said = N_("The technology amount is a part of the turnover: it is at most as large.")
        wrong("tech_amount", "tech_amount_above", said)
    for name in ("new_investment", "new_output"):
        if (getattr(form, name) or 0) < 0:
            wrong(name, "amount_negative", N_("The amount must not be below zero."))


def _check_party(side: str, party: Party, profile: Profile, wrong: Any) -> None:
    if not re.fullmatch(r"\d{3}", party.country):
        said = N_("Give the three digits of the country, 156 for China.")
        wrong(f"{side}_country", "country_code", said)
    elif party.country == HOME and not re.fullmatch(r"\d{6}", party.region):
        said = N_("Give the six digits of the administrative division, such as 330100.")
        wrong(f"{side}_region", "region_code", said)
    if party.legal_type not in profile.codes(LEGAL_TYPES):
        wrong(f"{side}_legal_type", "legal_type_missing", N_("Say what kind of party this is."))


def number_problems(
    number: str, registered_on: date | None, between: tuple[date, date], digits: int
) -> Problems:
    """Whether this can be a number of the register: no check digit is known, so length only.
    `between`: the day of signature and today."""
    found: Problems = {}
    if not re.fullmatch(rf"[0-9]{{{digits}}}", number):
        said = N_("The register's number has %(digits)s digits; copy it from the certificate.")
        found["number"] = [Problem("register_number", said, {"digits": digits})]
    if registered_on is None or not between[0] <= registered_on <= between[1]:
        said = N_("Give the day on the certificate: not before the signature, not after today.")
        found["registered_on"] = [Problem("registered_on", said)]
    return found


def expected_answer(form: Form, profile: Profile, handed_in: date) -> LegalDate | None:
    """By when the registry decides, counted from the day of handing in; None where the profile is
    silent. The longer period is for turnovers from the profile's figure, in its currency."""
    rule = DECISION
    if LARGE_FROM in profile and DECISION_LARGE in profile and form.turnover is not None:
        large = profile.money(LARGE_FROM)
        if large.currency == form.currency and form.turnover >= large.minor:
            rule = DECISION_LARGE
    return profile.deadline(rule, handed_in) if rule in profile else None
