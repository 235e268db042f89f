"""Several forms as one spreadsheet for the registry: a row each, in Chinese, no cell a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

import xlsxwriter

from contracts.registration.form import Form
from contracts.registration.showing import (
    AMOUNTS,
    CONTRACT_FIELDS,
    PARTY_FIELDS,
    PLANS_OF_BUYER,
    party_value,
    value,
)
from contracts.registration.wording import FIELD_NAMES
from core.i18n import N_, translator
from core.money import Money
from listings.sheet import guard

LANGUAGE: Final = "zh"
"""Registries read Chinese, whatever the reader of the page does."""
_FIELDS: Final = CONTRACT_FIELDS + PLANS_OF_BUYER


def table(rows: Sequence[tuple[str, str, Form]]) -> list[list[str]]:
    """(contract no., number in the register, form) of each; the heads first. Dates are ISO 8601,
    amounts plain decimals beside their currency."""
    say = translator(LANGUAGE).gettext
    sides = (N_("Seller"), N_("Buyer"))
    heads = [say(N_("Contract no.")), say(N_("Number in the register")), say(N_("Currency"))]
    heads += [say(FIELD_NAMES[name]) for name in _FIELDS]
    heads += [f"{say(side)} {say(FIELD_NAMES[name])}" for side in sides for name in PARTY_FIELDS]
    return [heads, *(_row(*one) for one in rows)]


def xlsx(rows: Sequence[tuple[str, str, Form]]) -> bytes:
    """The workbook; every cell is text, so that no digit of a number is lost."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet(translator(LANGUAGE).gettext(N_("Contract registration")))
    made = table(rows)
    for n, row in enumerate(made):
        for column, text in enumerate(row):
            sheet.write_string(n, column, text)
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, len(made[0]) - 1, 20)
    book.close()
    return out.getvalue()


def _row(number: str, registered: str, form: Form) -> list[str]:
    contract = [_plain(form, name) for name in _FIELDS]
    parties = [
        guard(party_value(party, name, LANGUAGE))
        for party in (form.seller, form.buyer)
        for name in PARTY_FIELDS
    ]
    return [number, registered, form.currency, *contract, *parties]


def _plain(form: Form, name: str) -> str:
    held = getattr(form, name)
    if held is None:
        return ""
    if name in AMOUNTS:
        return str(Money(held, form.currency).major)
    if name.endswith("_on"):
        return str(held.isoformat())
    return guard(value(form, name, LANGUAGE))
