"""A form as lines of one language: for the page, the paper and the batch alike. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from contracts.registration.form import Form, Party, is_transfer
from contracts.registration.wording import (
    FIELD_NAMES,
    IP_NAMES,
    LEGAL_TYPE_NAMES,
    PAYMENT_NAMES,
    PLAN_NAMES,
)
from contracts.wording import KIND_NAMES
from core.i18n import N_, format_date, format_money, translator
from core.money import Money
from core.reference import name_of, region_name

_CODES: Final[Mapping[str, Mapping[str, str]]] = {
    "kind": KIND_NAMES,
    "ip_type": IP_NAMES,
    "plan": PLAN_NAMES,
    "payment": PAYMENT_NAMES,
    "legal_type": LEGAL_TYPE_NAMES,
}
AMOUNTS: Final = ("turnover", "tech_amount", "new_investment", "new_output")
CONTRACT_FIELDS: Final = (
    "kind", "project", "signed_on", "starts_on", "ends_on", "ip_type", "field", "plan", "payment",
    "turnover", "tech_amount",
)  # fmt: skip
PLANS_OF_BUYER: Final = ("new_investment", "new_output")
PARTY_FIELDS: Final = ("name", "country", "region", "legal_type")
Lines = list[tuple[str, str]]


def sections(form: Form, language: str) -> Iterator[tuple[str, Lines]]:
    """(heading, [(field, value)]): the contract, the seller, the buyer."""
    say = translator(language).gettext
    asked = CONTRACT_FIELDS + (PLANS_OF_BUYER if is_transfer(form.kind) else ())
    yield say(N_("Contract")), [(say(FIELD_NAMES[n]), value(form, n, language)) for n in asked]
    for heading, party in ((N_("Seller"), form.seller), (N_("Buyer"), form.buyer)):
        lines = [(say(FIELD_NAMES[n]), party_value(party, n, language)) for n in PARTY_FIELDS]
        yield say(heading), lines


def value(form: Form, name: str, language: str) -> str:
    """A field of the contract as a reader of `language` sees it; empty where nothing is said."""
    plain = getattr(form, name)
    if name in AMOUNTS:
        return "" if plain is None else format_money(Money(plain, form.currency), language)
    if isinstance(plain, date):
        return format_date(plain, language, weekday=False)
    if name == "field":
        return _coded(plain, name_of("emerging_industries", plain, language)) if plain else ""
    return _word(name, plain, translator(language).gettext)


def party_value(party: Party, name: str, language: str) -> str:
    """A field of a party; the six digits of a division with its name."""
    plain = getattr(party, name)
    if name == "region" and plain:
        return _coded(plain, region_name(plain, language))
    return _word(name, plain, translator(language).gettext)


def _coded(code: str, name: str) -> str:
    return f"{code} {name}".strip()


def _word(name: str, plain: Any, say: Callable[[str], str]) -> str:
    names = _CODES.get(name, {})
    return say(names[plain]) if plain in names else str(plain or "")
