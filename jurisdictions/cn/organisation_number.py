"""The unified social credit code (GB 32100-2015): 18 characters, the last a check character.

Positions 1-2 name the registering authority and the kind of body, 3-8 the place of registration,
9-17 the organisation's own code (GB 11714-1997).
"""

import unicodedata
from typing import Final

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

from core.errors import Invalid, Problem
from core.i18n import N_

_AUTHORITIES: Final = {
    "1": "institution", "2": "foreign_affairs", "5": "civil_affairs", "9": "market",
}  # fmt: skip


def read_credit_code(text: str) -> str:
    """Return the code in upper case; Invalid (field "number") says which part is wrong."""
    code = "".join(unicodedata.normalize("NFKC", text).split()).replace("-", "").upper()
    try:
        return str(uscc.validate(code))
    except InvalidLength:
        raise _wrong(
            "credit_code_length",
            N_("A unified social credit code has 18 characters; this has %(length)s."),
            length=len(code),
        ) from None
    except InvalidChecksum:
        raise _wrong(
            "credit_code_check",
            N_(
                "The last character of the credit code does not fit the others. Compare it with "
                "the certificate, character by character."
            ),
        ) from None
    except ValidationError:
        raise _wrong(
            "credit_code_format",
            N_("A credit code has digits and capital letters, without I, O, S, V and Z."),
        ) from None


def authority(code: str) -> str:
    """Return who registered it: institution, foreign_affairs, civil_affairs, market or other."""
    return _AUTHORITIES.get(code[:1], "other")


def division(code: str) -> str:
    """Return the place of registration (six digits, GB/T 2260)."""
    return code[2:8]


def _wrong(code: str, text: str, **params: int) -> Invalid:
    return Invalid({"number": [Problem(code, text, dict(params))]})
