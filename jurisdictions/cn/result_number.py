"""The number of a registered result: 3 digits of place, 4 of year, the letter Y, 4 of serial.

Source: the notes on the registration form of scientific and technological results.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from core.errors import Invalid, Problem
from core.i18n import N_
from core.reference import find

_FORM: Final = re.compile(r"(\d{3})(\d{4})Y(\d{4})", re.ASCII)


@dataclass(frozen=True)
class ResultNumber:
    """`place` is the first three digits of the registering division's code."""

    place: str
    year: int
    serial: str

    def __str__(self) -> str:
        return f"{self.place}{self.year:04}Y{self.serial}"

    @property
    def region(self) -> str:
        """The province that registered it, as a six-digit code; empty for one we do not know."""
        entry = find("regions", f"{self.place[:2]}0000")
        return entry.code if entry else ""


def read_result_number(text: str) -> ResultNumber:
    """Return the number's parts; Invalid (field "registration") where it has another form."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    match = _FORM.fullmatch(plain)
    if not match or not 1978 <= int(match[2]) <= 2099:
        raise Invalid(
            {
                "registration": [
                    Problem(
                        "result_number_unreadable",
                        N_(
                            "A registration number has 12 characters: three digits of place, the "
                            "year, Y and four digits, such as 3302026Y0469."
                        ),
                    )
                ]
            }
        )
    return ResultNumber(match[1], int(match[2]), match[3])
