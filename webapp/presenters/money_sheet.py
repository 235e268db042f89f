"""Money as rows of a spreadsheet: amounts as plain decimals, no cell a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Final

import xlsxwriter

from billing.reading import Owed
from billing.states import Kind
from core.i18n import N_
from core.ids import show
from listings.sheet import guard
from webapp.language import plain
from webapp.presenters.money import KINDS
from webapp.presenters.signs import sign

HEADS: Final = (
    N_("Payment number"), N_("Kind"), N_("Payer"), N_("Payee"), N_("Currency"), N_("Amount"),
    N_("Paid"), N_("Last day"), N_("State"), N_("Reference code"),
)  # fmt: skip
_BOM: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Without it, spreadsheet programs of Chinese systems take the file for GBK."""


def rows(found: Sequence[Owed]) -> list[list[str]]:
    """The heads first; texts guarded, dates as ISO 8601."""
    return [[plain(head) for head in HEADS], *(_row(line) for line in found)]


def _row(line: Owed) -> list[str]:
    row = line.row
    said = (plain(KINDS[Kind(row.kind)]), line.payer, line.payee)
    return [
        show("obligation", row.id),
        *(guard(text) for text in said),
        row.currency,
        str(line.amount.major),
        str(line.paid.major),
        row.due_on.isoformat(),
        plain(sign(line.state).word),
        row.reference,
    ]


def as_csv(table: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(table)
    return _BOM + out.getvalue()


def as_xlsx(table: Sequence[Sequence[str]], name: str) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet(name[:31])
    for number, row in enumerate(table):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(HEADS), 18)
    book.close()
    return out.getvalue()
