"""The registry's form as plain values, and what of it the contract already answers. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final

from babel.core import get_global

from contracts.matter import Draft, Kind, Matter
from deals.offers import Terms
from listings.kinds import Way

HOME: Final = "156"
"""China in GB/T 2659 (ISO 3166-1 numeric)."""
PAYMENTS: Final = ("lump_sum", "instalments", "royalty", "royalty_and_entry_fee")
"""Ways of paying (Civil Code art. 846)."""
_FORMER: Final = frozenset({"230", "249", "278", "280", "720", "736", "886"})
"""Codes of countries that are another one's today; Unicode's table still knows them."""
_IP_OF: Final = {
    "invention": "invention",
    "utility_model": "utility_model",
    "design": "design",
}


@dataclass(frozen=True)
class Party:
    """`country`: three digits of GB/T 2659; `region`: six of GB/T 2260, empty abroad."""

    name: str
    country: str = HOME
    region: str = ""
    legal_type: str = ""


@dataclass(frozen=True)
class Form:
    """Amounts are minor units of `currency`.

    `turnover`: all that the contract says is paid; `tech_amount`: of it what is paid for
    technology, without equipment, instruments and materials. `summary`: what the contract is
    about, in Chinese, where its own text is in another language. `new_investment`, `new_output`:
    what the buyer plans, asked for transfers.
    """

    kind: str
    project: str
    currency: str
    seller: Party
    buyer: Party
    signed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    ip_type: str = ""
    field: str = ""
    plan: str = ""
    payment: str = ""
    turnover: int | None = None
    tech_amount: int | None = None
    new_investment: int | None = None
    new_output: int | None = None
    summary: str = ""

    def dump(self) -> dict[str, Any]:
        """Plain JSON values; `load` reads them back."""
        plain = asdict(self)
        for name in _DATES:
            plain[name] = plain[name].isoformat() if plain[name] else None
        return plain

    @staticmethod
    def load(plain: Mapping[str, Any]) -> Form:
        """Unknown keys are refused with TypeError."""
        known = dict(plain)
        for name in _DATES:
            known[name] = date.fromisoformat(known[name]) if known[name] else None
        for side in ("seller", "buyer"):
            known[side] = Party(**known[side])
        return Form(**known)


_DATES: Final = ("signed_on", "starts_on", "ends_on")


def first_form(matter: Matter, draft: Draft, seller: Party, buyer: Party, signed: date) -> Form:
    """What the contract, its terms and the two organisations already say."""
    terms = matter.terms
    price = fixed_price(terms)
    return Form(
        kind=draft.kind,
        project=draft.project or matter.title,
        currency=terms.currency,
        seller=replace(seller, name=matter.seller),
        buyer=replace(buyer, name=matter.buyer),
        signed_on=signed,
        starts_on=signed,
        ends_on=terms.until,
        ip_type=_ip_type(matter, draft.kind),
        payment=payment_of(terms),
        turnover=price if terms.royalty is None else None,
        tech_amount=price if terms.royalty is None else None,
    )


def fixed_price(terms: Terms) -> int | None:
    """Lump sum and entry fee in minor units; None where the terms name neither."""
    parts = [one for one in (terms.lump_sum, terms.entry_fee) if one is not None]
    return sum(parts) if parts else None


def payment_of(terms: Terms) -> str:
    """How the price is paid, by Civil Code art. 846."""
    if terms.royalty is not None:
        return "royalty" if fixed_price(terms) is None else "royalty_and_entry_fee"
    return "instalments" if terms.instalments else "lump_sum"


def is_transfer(kind: str) -> bool:
    """Whether the form asks what the buyer plans to invest and produce."""
    return kind in {Kind.TRANSFER, Kind.LICENCE}


def country_code(alpha2: str) -> str:
    """Three digits for two letters, `CN` is `156`; empty for what is no country."""
    for code, names in get_global("territory_aliases").items():
        if code.isdigit() and code not in _FORMER and list(names) == [alpha2]:
            return str(code)
    return ""


def crossing(form: Form) -> str:
    """`export` or `import` where the technology passes the border of China, else empty."""
    sells_at_home, buys_at_home = form.seller.country == HOME, form.buyer.country == HOME
    if sells_at_home == buys_at_home:
        return ""
    return "export" if sells_at_home else "import"


def is_chinese(text: str) -> bool:
    """Whether a text reads as Chinese: at least a fifth of its letters are Chinese characters."""
    letters = [one for one in text if one.isalpha()]
    chinese = sum("一" <= one <= "鿿" for one in letters)
    return not letters or 5 * chinese >= len(letters)


def needs_summary(draft: Draft) -> bool:
    """Whether the parties wrote in another language, so that the registry needs a Chinese sheet."""
    return not is_chinese("".join(text for _, text in draft.items))


def _ip_type(matter: Matter, kind: str) -> str:
    if matter.terms.way == Way.JOINT_DEVELOPMENT or kind not in {Kind.TRANSFER, Kind.LICENCE}:
        return ""
    granted = [one for one in matter.patents if one.grant_number]
    if granted:
        return _IP_OF.get(granted[0].kind, "")
    return "application_right" if matter.patents else "know_how"
