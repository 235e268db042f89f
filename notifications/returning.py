"""The address that a letter comes back to: it names the letter, and only this market can make it.

Variable envelope return paths: `bounces+<number>.<mark>@…`, the mark being 128 bits keyed with the
market's secret. Whoever got a letter knows its mark and can report on their own address alone.
"""

from __future__ import annotations

import re

from accounts.codes import Codes

_PURPOSE = "return"


def return_address(secret: bytes, box: str, number: int) -> str:
    """`box` is QIAOYI_RETURN_ADDRESS. At most 64 octets before the @, small letters only."""
    name, _, domain = box.partition("@")
    return f"{name}+{Codes(secret).token(_PURPOSE, str(number))}@{domain}"


def read_return(secret: bytes, box: str, text: str) -> int | None:
    """The letter that the first good address in a text names; None where there is none."""
    name, _, domain = box.partition("@")
    shape = rf"(?i){re.escape(name)}\+(\d{{1,19}}\.[0-9a-f]{{32}})@{re.escape(domain)}"
    codes = Codes(secret)
    for token in re.findall(shape, text, re.ASCII):
        found = codes.read_token(_PURPOSE, token.lower())
        if found is not None:
            return int(found)
    return None
