"""Mobile numbers of mainland China."""

import re
import unicodedata
from typing import Final

from core.errors import Invalid, Problem
from core.i18n import N_

_MOBILE: Final = re.compile(r"1[3-9]\d{9}")


def read_mobile(text: str) -> str:
    """Return the number as `+8613800001234`; Invalid (field "mobile") where it is none."""
    plain = re.sub(r"[\s()-]", "", unicodedata.normalize("NFKC", text))
    national = re.sub(r"^(\+86|0086|86(?=1\d{10}$))", "", plain)
    if not _MOBILE.fullmatch(national) or not national.isascii():
        raise Invalid(
            {
                "mobile": [
                    Problem(
                        "mobile_unreadable",
                        N_("A mobile number of mainland China has 11 digits, such as 13800001234."),
                    )
                ]
            }
        )
    return f"+86{national}"
