"""A row as the file has it: text by column, the number people count by, and what went wrong."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from core.errors import Refused
from core.i18n import N_


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing wrong in one row: the column or field, the value found, a code and its sentence."""

    field: str
    value: str
    code: str
    text: str
    params: dict[str, Any] = dataclasses.field(default_factory=dict)
    fatal: bool = True
    """False: the record is imported and the problem is reported beside it."""


@dataclass(frozen=True, slots=True)
class Row:
    """`number` is the line, sheet row or document a person would look for, counted from 1.

    A row with a fatal problem still comes, so that nothing is dropped in silence.
    """

    number: int
    fields: dict[str, str]
    problems: tuple[RowProblem, ...] = ()


def refused_row(number: int, why: Refused, value: str = "") -> Row:
    """A row standing for a document or line that could not be read at all."""
    return Row(number, {}, (RowProblem("", value[:200], why.code, why.text, why.params),))


CELL_TOO_LONG = N_("The cell has %(length)s characters; at most %(limit)s are read.")
EXTRA_CELLS = N_(
    "The row has %(count)s cells more than the header, so its columns may be shifted. Check the "
    "quotation marks."
)
LINE_BROKEN = N_(
    "The line cannot be split into cells, perhaps for a quotation mark that is never closed."
)
RECORD_BROKEN = N_("The record is not valid JSON: %(reason)s.")
RECORD_NOT_OBJECT = N_("The record is not an object with named fields.")
RECORD_TOO_LONG = N_("The record has more than %(limit)s characters.")
BYTES_UNREADABLE = N_("Some bytes are not %(encoding)s; they are shown as �.")
