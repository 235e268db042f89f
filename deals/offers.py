"""Structured terms of an offer: what they must say, and how two versions differ. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from itertools import pairwise
from typing import Any, Final

from core.errors import Problem
from core.i18n import N_
from deals.royalties import Steps, step_problems
from listings.kinds import LICENCES, RoyaltyBase, TaxBasis, Way

BASIS_POINTS: Final = 10_000
LONGEST_TEXT: Final = 500
MOST_INSTALMENTS: Final = 12
MOST_STAGES: Final = 6


@dataclass(frozen=True)
class Instalment:
    """A part of the lump sum, in minor units, and the event or day at which it is due."""

    minor: int
    when: str


@dataclass(frozen=True)
class Stage:
    """A milestone of joint development: what is there on its last day, and what both sides then
    measure or see by which it counts as reached (acceptance, Civil Code art. 845)."""

    what: str
    by: date
    criterion: str

    @staticmethod
    def load(plain: dict[str, Any]) -> Stage:
        return Stage(**(plain | {"by": date.fromisoformat(plain["by"])}))


@dataclass(frozen=True)
class Terms:
    """Amounts are minor units of `currency`; the royalty rate is in basis points (300 = 3 %).

    `until` None: no time limit was agreed, which for a licence means none (interpretation of 2020
    on technology contracts, art. 28); for an assignment it means nothing.
    """

    way: str
    currency: str
    field: str = ""
    territory: str = ""
    until: date | None = None
    lump_sum: int | None = None
    instalments: tuple[Instalment, ...] = ()
    entry_fee: int | None = None
    royalty: int | None = None
    royalty_base: str = ""
    royalty_steps: Steps | None = None
    """From what on the rate changes; None: it is the same throughout."""
    royalty_minimum: int | None = None
    equity: int | None = None
    """Of a contribution to a company: the shares received for it, in basis points."""
    company: str = ""
    converts_to: str = ""
    """Of a trial: the way that passes if the firm takes it up, at `conversion_price`."""
    conversion_price: int | None = None
    metrics: str = ""
    """Of a trial: what is measured, and what counts as success."""
    seller_brings: str = ""
    """Of joint development: what the owner puts in; `buyer_brings`: what the firm does."""
    buyer_brings: str = ""
    results_belong: str = ""
    """A code of `RESULTS`: to whom the results of joint development belong."""
    seller_share: int | None = None
    """Of results in common: the owner's share, in basis points."""
    failure: str = ""
    """A code of `FAILURE`: who bears the cost if the development fails."""
    stages: tuple[Stage, ...] = ()
    """Of joint development: its milestones, in the order of their days."""
    tax_basis: str = TaxBasis.INCLUDED
    audit: str = ""
    milestones: str = ""
    note: str = ""
    valid_until: date | None = None

    def dump(self) -> dict[str, Any]:
        """Plain JSON values; `load` reads them back."""
        plain = asdict(self)
        for name in _DATES:
            plain[name] = plain[name].isoformat() if plain[name] else None
        stages = [one | {"by": one["by"].isoformat()} for one in plain.pop("stages")]
        if stages:  # what was frozen and hashed before there were any stays the same
            plain["stages"] = stages
        if plain["royalty_steps"] is None:
            del plain["royalty_steps"]
        return plain

    @staticmethod
    def load(plain: dict[str, Any]) -> Terms:
        """Unknown keys are refused with TypeError."""
        known = dict(plain)
        for name in _DATES:
            known[name] = date.fromisoformat(known[name]) if known.get(name) else None
        known["instalments"] = tuple(Instalment(**part) for part in known.get("instalments", ()))
        known["stages"] = tuple(Stage.load(one) for one in known.get("stages", ()))
        steps = known.get("royalty_steps")
        known["royalty_steps"] = Steps.load(steps) if steps else None
        return Terms(**known)


CONVERSIONS: Final = frozenset({Way.ORDINARY, Way.ASSIGNMENT})
"""What a trial can become: ways against which the trial itself does not stand in the register."""
_MAY_BE_FREE: Final = frozenset({Way.TRIAL_LICENCE, Way.JOINT_DEVELOPMENT})
RESULTS: Final = ("joint", "seller", "buyer")
FAILURE: Final = ("shared", "seller", "buyer")
_OF_TRIAL: Final = ("converts_to", "conversion_price", "metrics")
_OF_JOINT: Final = ("seller_brings", "buyer_brings", "results_belong", "seller_share", "failure",
                    "stages")  # fmt: skip
_DATES: Final = ("until", "valid_until")
_AMOUNTS: Final = ("lump_sum", "entry_fee", "royalty_minimum", "conversion_price")
_TEXTS: Final = ("field", "territory", "audit", "milestones", "note", "company", "metrics",
                 "seller_brings", "buyer_brings")  # fmt: skip
TERM_FIELDS: Final = tuple(one.name for one in fields(Terms) if one.name != "currency")
"""In the order in which a page compares them."""


def problems(terms: Terms, currency: str, today: date) -> dict[str, list[Problem]]:
    """What must be corrected before the terms are an offer, by field; empty where nothing."""
    found: dict[str, list[Problem]] = {}

    def wrong(name: str, code: str, text: str, **params: Any) -> None:
        found.setdefault(name, []).append(Problem(code, text, params))

    if terms.way not in set(Way):
        wrong("way", "way_unknown", N_("Choose what passes to the buyer."))
    if terms.currency != currency:
        wrong("", "currency_pinned", N_("This deal is in %(currency)s."), currency=currency)
    for name in _AMOUNTS:
        amount = getattr(terms, name)
        if amount is not None and amount <= 0:
            wrong(name, "amount_not_positive", N_("Enter an amount above zero, or leave it empty."))
    for name in _TEXTS:
        if len(getattr(terms, name)) > LONGEST_TEXT:
            wrong(name, "too_long", N_("Use at most %(limit)s characters."), limit=LONGEST_TEXT)
    _check_price(terms, wrong)
    _check_trial(terms, wrong)
    _check_joint(terms, wrong)
    _check_stages(terms, today, wrong)
    if terms.until is not None and terms.until <= today:
        wrong("until", "term_past", N_("The term must end after today."))
    if terms.valid_until is not None and terms.valid_until < today:
        wrong("valid_until", "validity_past", N_("An offer is valid at least until today."))
    return found


def _check_price(terms: Terms, wrong: Any) -> None:
    _check_equity(terms, wrong)
    paid = (terms.lump_sum, terms.entry_fee, terms.royalty, terms.equity)
    if all(one is None for one in paid) and terms.way not in _MAY_BE_FREE:
        wrong("lump_sum", "price_missing", N_("Name a lump sum, an entry fee or a royalty."))
    if terms.royalty is not None and not 0 < terms.royalty <= BASIS_POINTS:
        wrong("royalty", "royalty_range", N_("A royalty is above 0 and at most 100 per cent."))
    if terms.royalty is not None and terms.royalty_base not in set(RoyaltyBase):
        wrong("royalty_base", "royalty_base_missing", N_("Say of what the royalty is a share."))
    for one in step_problems(terms.royalty, terms.royalty_steps):
        wrong("royalty_steps", one.code, one.text, **one.params)
    if terms.royalty_minimum is not None and terms.royalty is None:
        wrong("royalty_minimum", "minimum_without_royalty", N_("A minimum needs a royalty."))
    if terms.tax_basis not in set(TaxBasis):
        wrong("tax_basis", "tax_basis_unknown", N_("Say whether tax is included."))
    if terms.instalments and sum(part.minor for part in terms.instalments) != terms.lump_sum:
        wrong("instalments", "instalments_sum", N_("The instalments must add up to the lump sum."))
    if any(part.minor <= 0 or not part.when.strip() for part in terms.instalments):
        wrong(
            "instalments", "instalment_empty", N_("Each instalment has an amount and a due date.")
        )
    if len(terms.instalments) > MOST_INSTALMENTS:
        limit = MOST_INSTALMENTS
        wrong("instalments", "instalments_many", N_("Use at most %(limit)s parts."), limit=limit)


def _check_trial(terms: Terms, wrong: Any) -> None:
    """What it becomes, and for how much, is agreed before it begins; it ends on a day."""
    if terms.way != Way.TRIAL_LICENCE:
        _refuse_filled(terms, _OF_TRIAL, N_("This belongs to a trial."), wrong)
        return
    if terms.converts_to not in CONVERSIONS:
        wrong("converts_to", "conversion_missing", N_("Say what the trial can become."))
    if terms.conversion_price is None:
        wrong("conversion_price", "conversion_price_missing", N_("Name the price of taking it up."))
    if not terms.metrics.strip():
        wrong("metrics", "metrics_missing", N_("Say what is measured, and what counts as success."))
    if terms.until is None:
        wrong("until", "trial_endless", N_("A trial ends on a day."))


def _check_joint(terms: Terms, wrong: Any) -> None:
    """What each side puts in (Civil Code art. 855), whose the results are (art. 860), and who
    bears a failure (art. 858)."""
    if terms.way != Way.JOINT_DEVELOPMENT:
        _refuse_filled(terms, _OF_JOINT, N_("This belongs to joint development."), wrong)
        return
    for name in ("seller_brings", "buyer_brings"):
        if not getattr(terms, name).strip():
            wrong(name, "brings_missing", N_("Say what this side puts in: money, people, things."))
    if terms.results_belong not in RESULTS:
        wrong("results_belong", "results_unsaid", N_("Say to whom the results belong."))
    joint, share = terms.results_belong == "joint", terms.seller_share
    if (share is not None) != joint or not 0 < (share or 1) < BASIS_POINTS:
        text = N_("Results in common have a share of the owner's: above 0 and below 100 per cent.")
        wrong("seller_share", "share_range", text)
    if terms.failure not in FAILURE:
        wrong("failure", "failure_unsaid", N_("Say who bears the cost if it fails."))
    if not terms.stages:
        wrong("stages", "stages_missing", N_("Name at least one milestone with its day."))


def _check_stages(terms: Terms, today: date, wrong: Any) -> None:
    found = terms.stages
    if any(not one.what.strip() or not one.criterion.strip() for one in found):
        text = N_("Each milestone says what is there by which day, and what counts as reached.")
        wrong("stages", "stage_empty", text)
    if any(len(one.what) > LONGEST_TEXT or len(one.criterion) > LONGEST_TEXT for one in found):
        wrong("stages", "too_long", N_("Use at most %(limit)s characters."), limit=LONGEST_TEXT)
    if len(found) > MOST_STAGES:
        text = N_("Use at most %(limit)s milestones.")
        wrong("stages", "stages_many", text, limit=MOST_STAGES)
    if any(one.by <= today for one in found):
        wrong("stages", "stage_past", N_("The day of a milestone lies after today."))
    if any(later.by < one.by for one, later in pairwise(found)):
        wrong("stages", "stages_order", N_("Put the milestones in the order of their days."))
    if terms.until is not None and any(one.by > terms.until for one in found):
        wrong("stages", "stage_late", N_("No milestone lies after the end of the term."))


def _refuse_filled(terms: Terms, names: Sequence[str], text: str, wrong: Any) -> None:
    for name in names:
        if getattr(terms, name) not in (None, "", ()):
            wrong(name, "of_another_way", text)


def _check_equity(terms: Terms, wrong: Any) -> None:
    """Shares are the price of a contribution to a company, and of nothing else."""
    if terms.way != Way.EQUITY_CONTRIBUTION:
        if terms.equity is not None or terms.company.strip():
            said = N_("Shares are received only for a contribution to a company.")
            wrong("equity", "equity_of_another_way", said)
        return
    if terms.equity is None or not 0 < terms.equity <= BASIS_POINTS:
        said = N_("Say what share of the company is received: above 0 and at most 100 per cent.")
        wrong("equity", "equity_range", said)
    if not terms.company.strip():
        wrong("company", "company_missing", N_("Name the company to which it is contributed."))


def taken_up(trial: Terms) -> Terms:
    """What passes, and for how much, if the firm takes a trial up until its last day."""
    return Terms(
        way=trial.converts_to,
        currency=trial.currency,
        field=trial.field,
        territory=trial.territory,
        lump_sum=trial.conversion_price,
        tax_basis=trial.tax_basis,
        valid_until=trial.until,
    )


def changed(before: Terms, after: Terms) -> tuple[str, ...]:
    """The fields in which the versions differ, in the order of `TERM_FIELDS`."""
    return tuple(name for name in TERM_FIELDS if getattr(before, name) != getattr(after, name))


@dataclass(frozen=True)
class Cell:
    """One value of one version; `changed` against the version before."""

    value: Any
    changed: bool


def side_by_side(versions: Sequence[Terms]) -> list[tuple[str, list[Cell]]]:
    """A row per field that any version fills, a cell per version, oldest first."""
    blank = Terms(way="", currency="", tax_basis="")
    rows = []
    for name in TERM_FIELDS:
        values = [getattr(terms, name) for terms in versions]
        if all(value == getattr(blank, name) for value in values):
            continue
        marks = [False, *(a != b for a, b in pairwise(values))]
        cells = [Cell(value, mark) for value, mark in zip(values, marks, strict=True)]
        rows.append((name, cells))
    return rows


def is_licence(way: str) -> bool:
    """Whether a right to use passes, not the right itself."""
    return way in LICENCES
