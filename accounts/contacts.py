"""Mail addresses and mobile numbers in one normal form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from email_validator import EmailNotValidError, validate_email

_CHINESE: Final = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
_ABROAD: Final = re.compile(r"\+[1-9]\d{7,14}")
_NOISE: Final = re.compile(r"[\s().\-－（）]")
_WIDE: Final = str.maketrans("０１２３４５６７８９＋＠", "0123456789+@")


@dataclass(frozen=True)
class Contact:
    """`kind` is mail or mobile; `value` a lower-case address or an E.164 number."""

    kind: str
    value: str

    def masked(self) -> str:
        """Enough to recognise one's own, for pages that others may look at too."""
        if self.kind == "mail":
            name, _, host = self.value.partition("@")
            return f"{name[:2]}…@{host}"
        return f"{self.value[:-8]}****{self.value[-4:]}"


def read_contact(text: str) -> Contact | None:
    """What a person typed as one contact, or None where it is neither mail nor mobile number.

    A mobile number without a country code is Chinese: eleven digits beginning with 13 to 19.
    """
    text = text.strip().translate(_WIDE)
    if len(text) > 254:
        return None
    if "@" in text:
        try:
            found = validate_email(text, check_deliverability=False, test_environment=True)
        except EmailNotValidError:
            return None
        return Contact("mail", found.normalized.lower())
    digits = _NOISE.sub("", text)
    if chinese := _CHINESE.fullmatch(digits):
        return Contact("mobile", f"+86{chinese[1]}")
    return Contact("mobile", digits) if _ABROAD.fullmatch(digits) else None
