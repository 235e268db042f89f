"""Patent numbers in their column: which office a bare number belongs to, and what it numbers.

The forms themselves, and the check digit of Chinese numbers, are known to `core.identifiers`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

from core.i18n import N_
from core.identifiers import NumberError, find_patent_number, read_patent_number
from listings.importing.values import Unreadable, is_missing

Stage = Literal["application", "publication", "grant"]

_NAMED: Final = re.compile(r"(?:ZL|[A-Z]{2}(?=\W*(?:RE|PP|[DHT])?\d)|PCT)")
_US_PREFIXED: Final = re.compile(r"(?:D|RE|PP|H|T)\d+")
_SERIAL: Final = re.compile(r"(\d\d)/(\d{1,3})[,/]?(\d{3})")
"""An American serial number; spreadsheets drop the zeros that its six digits may begin with."""
_GRANTED: Final = {"CN": "BCUYS", "US": "BSEPH", "EP": "B", "DE": "BC", "JP": "B", "KR": "B"}


@dataclass(frozen=True, slots=True)
class PatentNumber:
    """`text` is the canonical form; `stage` what it numbers, None where its form does not say."""

    office: str
    text: str
    stage: Stage | None
    kind_code: str | None = None


def read_number(text: str, office: str | None, stage: Stage | None = None) -> PatentNumber | None:
    """The number in `text`; None for nothing. `office` serves numbers that name none.

    Raises Unreadable: office_unknown, and the codes of `core.identifiers`.
    """
    if is_missing(text):
        return None
    bare = "".join(unicodedata.normalize("NFKC", text).upper().split())
    serial = _SERIAL.fullmatch(bare)
    if serial:
        bare = f"{serial[1]}/{serial[2].zfill(3)}{serial[3]}"
    elif not _NAMED.match(bare) or _US_PREFIXED.fullmatch(bare):
        bare = _with_office(bare, office)
    try:
        found = read_patent_number(bare)
    except NumberError as error:
        raise Unreadable(error.code, error.text, **error.params) from None
    if serial or found.kind_of_number != "publication":
        own: Stage | None = found.kind_of_number
    else:
        own = _stage(found.office, found.digits, found.kind_code)
    return PatentNumber(found.office, found.canonical, stage or own, found.kind_code or None)


def _with_office(bare: str, office: str | None) -> str:
    """A Chinese application number needs no office; any other bare number does."""
    plain = bare.replace(",", "").replace("-", "")
    if office is None:
        found = find_patent_number(plain)
        if found is not None:
            return plain
        if re.search(r"\d{5}", plain):
            text = N_("“%(number)s” names no patent office. Choose the office of such numbers.")
            raise Unreadable("office_unknown", text, number=bare[:40])
        return bare
    is_application = office == "CN" and re.fullmatch(r"\d{12}\.?[\dX]?|\d{8}\.?[\dX]?", plain)
    return plain if is_application else f"{office}{plain}"


def _stage(office: str, digits: str, kind_code: str) -> Stage | None:
    if kind_code:
        return "grant" if kind_code[0] in _GRANTED.get(office, "") else "publication"
    if office == "US":
        return "publication" if len(digits) == 11 else "grant"
    return None


def number_key(number: str) -> str:
    """The number without its kind code, so that B1 and B2 of one patent meet."""
    return re.sub(r"(?<=\d)[A-Z]\d?$", "", number)
