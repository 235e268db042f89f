"""Patent numbers as files write them, brought to one form: office in front, no separators.

The check digit of Chinese application numbers: weights 2-9, 2-5 over twelve digits (2-9 over
eight), sum modulo 11, 10 written X (WIPO Standard ST.13 as used by CNIPA).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

from core.i18n import N_
from listings.importing.values import Unreadable, is_missing

Stage = Literal["application", "publication", "grant"]

_CN_APPLICATION: Final = re.compile(r"((?:19|20)\d{2}[12389]\d{7}|\d{2}[12389]\d{5})\.?([\dX])")
_CN_PUBLICATION: Final = re.compile(r"(1\d{6}|[12]\d{8}|3\d{8}|[23]\d{6})([ABCUYS]\d?)?")
_US_SERIAL: Final = re.compile(r"(\d{2})/(\d{3}),?/?(\d{1,3})")
_US_GRANT: Final = re.compile(r"((?:D|RE|PP|H|T)?\d{3,8})([A-Z]\d?)?")
_US_PUBLICATION: Final = re.compile(r"((?:19|20)\d{9})(A\d)?")
_OTHER: Final = re.compile(r"[A-Z]{2}[A-Z0-9./]{4,20}")
_OFFICES: Final = re.compile(
    r"(CN|US|EP|WO|JP|KR|DE|GB|FR|TW|HK|RU|AU|CA|IN)(?=[^A-Z]|[A-Z]{0,2}\d)"
)


@dataclass(frozen=True, slots=True)
class PatentNumber:
    """`text` is the canonical form; `stage` what the number's form says it numbers, if it does."""

    office: str
    text: str
    stage: Stage | None
    kind_code: str | None = None


def read_number(text: str, office: str | None, stage: Stage | None = None) -> PatentNumber | None:
    """The number in `text`; None for nothing. `office` serves numbers that name none.

    Raises Unreadable: number_unreadable, office_unknown, check_digit.
    """
    if is_missing(text):
        return None
    bare = "".join(unicodedata.normalize("NFKC", text).upper().split())
    bare = bare.removeprefix("申请号:").removeprefix("专利号:").strip(".,:")
    if bare.startswith("ZL"):
        return _chinese(bare[2:], "grant")
    named = _OFFICES.match(bare)
    if named:
        office, bare = named[1], bare[named.end() :]
    elif office is None and _US_SERIAL.fullmatch(bare):
        office = "US"
    if office == "CN":
        return _chinese(bare, stage)
    if office == "US":
        return _american(bare, stage)
    if office and _OTHER.fullmatch(office + bare.replace("-", "")):
        return PatentNumber(office, office + bare.replace("-", ""), stage)
    if office is None and re.search(r"\d{5}", bare):
        text_ = N_("“%(number)s” names no patent office. Choose the office of such numbers.")
        raise Unreadable("office_unknown", text_, number=text.strip()[:40])
    raise _unreadable(text)


def _chinese(bare: str, stage: Stage | None) -> PatentNumber:
    body = bare.replace(",", "").replace("-", "")
    if stage != "publication" and (found := _CN_APPLICATION.fullmatch(body)):
        return _chinese_application(found[1], found[2], stage)
    if found := _CN_PUBLICATION.fullmatch(body):
        return _chinese_publication(found[1], found[2])
    if found := _CN_APPLICATION.fullmatch(body):
        return _chinese_application(found[1], found[2], stage)
    raise _unreadable("CN" + bare)


def _chinese_application(digits: str, check: str, stage: Stage | None) -> PatentNumber:
    if check != check_digit(digits):
        text = N_("The check digit of %(number)s is wrong: a digit was mistyped.")
        raise Unreadable("check_digit", text, number=f"{digits}.{check}")
    return PatentNumber("CN", f"CN{digits}.{check}", "application" if stage != "grant" else "grant")


def _chinese_publication(digits: str, kind: str | None) -> PatentNumber:
    granted = bool(kind) and kind[0] in "BCUYS"  # type: ignore[index]
    stage: Stage | None = None if kind is None else ("grant" if granted else "publication")
    return PatentNumber("CN", f"CN{digits}{kind or ''}", stage, kind)


def check_digit(digits: str) -> str:
    """The digit behind the point of a Chinese application number of 8 or 12 digits."""
    weights = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
    rest = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11
    return "X" if rest == 10 else str(rest)


def _american(bare: str, stage: Stage | None) -> PatentNumber:
    if found := _US_SERIAL.fullmatch(bare):
        return PatentNumber("US", f"US{found[1]}{found[2]}{found[3]}", "application")
    body = bare.replace(",", "").replace("-", "").replace("/", "")
    if stage == "application" and re.fullmatch(r"\d{8}", body):
        return PatentNumber("US", f"US{body}", "application")
    if found := _US_PUBLICATION.fullmatch(body):
        return PatentNumber("US", f"US{found[1]}{found[2] or ''}", "publication", found[2])
    if found := _US_GRANT.fullmatch(body):
        digits = re.sub(r"^(\D*)0+", r"\1", found[1])
        return PatentNumber("US", f"US{digits}{found[2] or ''}", "grant", found[2])
    raise _unreadable("US" + bare)


def _unreadable(text: str) -> Unreadable:
    text_ = N_("“%(number)s” is no patent number in a form that we know.")
    return Unreadable("number_unreadable", text_, number=text.strip()[:40])


def number_key(number: str) -> str:
    """The number without its kind code, so that B1 and B2 of one patent meet."""
    return re.sub(r"(?<=\d)[A-Z]\d?$", "", number)
