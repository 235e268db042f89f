"""The words of offers in any of the market's languages: names of terms, and values as read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from core.i18n import N_, format_date, format_money, translator
from core.money import Money
from deals.offers import Instalment, Stage
from deals.royalties import Measure, Steps

WAY_NAMES: Final = {
    "assignment": N_("Assignment"),
    "exclusive": N_("Exclusive licence"),
    "sole": N_("Sole licence"),
    "ordinary": N_("Ordinary licence"),
    "trial_licence": N_("Use first, pay later"),
    "equity_contribution": N_("Contribution to a company"),
    "joint_development": N_("Joint development"),
}
BASE_NAMES: Final = {
    "net_sales": N_("of net sales"),
    "profit": N_("of profit"),
    "units": N_("per unit sold"),
}
RESULT_NAMES: Final = {
    "joint": N_("both, in shares"),
    "seller": N_("the owner"),
    "buyer": N_("the firm"),
}
FAILURE_NAMES: Final = {
    "shared": N_("each bears its own"),
    "seller": N_("borne by the owner"),
    "buyer": N_("borne by the firm"),
}
MEASURE_NAMES: Final = {"amount": N_("by money"), "quantity": N_("by units sold")}
SPAN_NAMES: Final = {"year": N_("in each calendar year"), "term": N_("over the whole term")}
TAX_NAMES: Final = {"included": N_("Tax is included"), "excluded": N_("Tax comes on top")}
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
    "royalty_steps": N_("Steps of the royalty"),
    "royalty_minimum": N_("Least royalty in a year"),
    "equity": N_("Shares received"),
    "company": N_("Company"),
    "converts_to": N_("Can become"),
    "conversion_price": N_("Price of taking it up"),
    "metrics": N_("Measures of success"),
    "seller_brings": N_("The owner puts in"),
    "buyer_brings": N_("The firm puts in"),
    "results_belong": N_("Results belong to"),
    "seller_share": N_("The owner's share of results"),
    "failure": N_("Cost of a failure"),
    "stages": N_("Milestones and when each is reached"),
    "tax_basis": N_("Tax"),
    "audit": N_("Right to audit"),
    "milestones": N_("Milestones"),
    "note": N_("Note"),
    "valid_until": N_("Offer valid until"),
}
NOTICE_WORDS: Final = {
    "notice.price": (
        N_("%(owner)s: notice of an intended transaction"),
        N_("Under %(rules)s, the intended transaction in the following result is made public.\n\n"
           "%(facts)s\n\n"
           "Within these %(days)s days any unit or person may object, stating facts and reasons. "
           "The institute answers in writing and publishes the outcome on this page. No contract "
           "is signed before an objection is answered."),
    ),
}  # fmt: skip
"""What a public notice says around its table of facts, which stands where `%(facts)s` does: heading
and text as shipped. The operator words it anew like a letter."""
ACT_NAMES: Final = {
    "offer": N_("Offer, version %(version)s"),
    "withdraw_offer": N_("Version %(version)s withdrawn"),
    "accept": N_("Version %(version)s accepted"),
    "begin": N_("Trial began"),
    "take": N_("Published terms accepted"),
    "award": N_("Price found by open listing"),
    "object": N_("Objection received"),
    "answer_objection": N_("Objection answered"),
    "show_first_day": N_("Notice shown in the owner's unit"),
    "show_last_day": N_("Last day of the notice shown in the owner's unit"),
    "walk_away": N_("Talks ended"),
    "decide": N_("Step of the institution's decision decided"),
    "ask_again": N_("Refused step put again"),
    "name_holder": N_("Named who comes first"),
    "serve": N_("Told who comes first"),
    "exercise": N_("Somebody who comes first took the terms"),
    "waive": N_("Somebody who comes first waived"),
    "conclude": N_("Second signed copy confirmed"),
    "register": N_("Contract registered"),
}
EMPTY: Final = "—"
BELOW: Final = N_("Why the price lies below the valuation")


def term_value(name: str, value: Any, currency: str, language: str) -> str:
    """One value of an offer as a reader of `language` sees it."""
    if value in (None, "", ()):
        return EMPTY
    show = _SHOWN.get(name)
    return show(value, currency, language) if show else str(value)


def _amount(value: int, currency: str, language: str) -> str:
    return format_money(Money(value, currency), language)


def _parts(value: tuple[Instalment, ...], currency: str, language: str) -> str:
    said = (f"{_amount(part.minor, currency, language)} {part.when}" for part in value)
    return ("；" if language == "zh" else "; ").join(said)


def _stages(value: tuple[Stage, ...], _currency: str, language: str) -> str:
    said = translator(language).gettext(N_("%(n)s. %(what)s, by %(day)s: %(criterion)s"))
    return ("；" if language == "zh" else "; ").join(
        said % {"n": n, "what": one.what, "day": format_date(one.by, language),
                "criterion": one.criterion.rstrip("。.；;")}
        for n, one in enumerate(value, 1)
    )  # fmt: skip


def _steps(value: Steps, currency: str, language: str) -> str:
    """Each with the part that it holds for, so that nothing is left to guess."""
    say, by_money = translator(language).gettext, value.by == Measure.AMOUNT
    counted = say(N_("counted %(span)s")) % {"span": _named(SPAN_NAMES)(value.within, "", language)}
    each = (
        say(N_("%(rate)s of what lies above %(above)s")) % {
            "rate": _rate(one.rate, currency, language),
            "above": _amount(one.above, currency, language) if by_money
            else say(N_("%(number)s units")) % {"number": f"{one.above:,}"},
        }
        for one in value.each
    )  # fmt: skip
    return ("；" if language == "zh" else "; ").join([counted, *each])


def _named(names: Mapping[str, str]) -> Callable[[str, str, str], str]:
    def show(value: str, _currency: str, language: str) -> str:
        return translator(language).gettext(names[value]) if value in names else value

    return show


def _day(value: date, _currency: str, language: str) -> str:
    return format_date(value, language)


def _rate(value: int, _currency: str, _language: str) -> str:
    return f"{value / 100:g}%"


_SHOWN: Final[dict[str, Callable[[Any, str, str], str]]] = {
    "way": _named(WAY_NAMES),
    "converts_to": _named(WAY_NAMES),
    "conversion_price": _amount,
    "results_belong": _named(RESULT_NAMES),
    "failure": _named(FAILURE_NAMES),
    "seller_share": _rate,
    "royalty_base": _named(BASE_NAMES),
    "tax_basis": _named(TAX_NAMES),
    "lump_sum": _amount,
    "entry_fee": _amount,
    "royalty_minimum": _amount,
    "instalments": _parts,
    "stages": _stages,
    "royalty": _rate,
    "royalty_steps": _steps,
    "equity": _rate,
    "until": _day,
    "valid_until": _day,
}
