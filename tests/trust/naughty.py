"""Texts that break programs: each must come back exactly, or be refused with a sentence."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from tests.breadth import WHOLE, turn

NAUGHTY: Final = (
    # Markup and scripts.
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'><b>x</b>",
    "</textarea><script>alert(1)</script>",
    "<!--",
    "-->",
    "<![CDATA[x]]>",
    "&lt;b&gt;",
    "&amp;amp;",
    "&#x3c;script&#x3e;",
    "<a href=javascript:x>",
    "{{ 7*7 }}",
    "{% raw %}",
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    "%(name)s",
    "%s%s%n",
    "%",
    "%%",
    "{0}",
    "__proto__",
    "</script ",
    "<svg/onload=1>",
    "javascript:alert(1)",
    "`x`",
    "\\u003cscript\\u003e",
    # Formulas.
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("http://x","y")',
    "=cmd|' /C calc'!A0",
    "＝1+1",
    # Queries and paths.
    "' OR 1=1 --",
    "'; DROP TABLE listing; --",
    '" OR ""="',
    "1;SELECT 1",
    "../../etc/passwd",
    "..\\..\\x",
    "file:///etc/passwd",
    "NULL",
    "null",
    "None",
    "undefined",
    "true",
    "NaN",
    "Infinity",
    "title:x AND *:*",
    "(((((",
    '"unclosed',
    "a~2^9",
    "*?*",
    "[a TO z]",
    "\\",
    "\\\\",
    "/",
    "//",
    # Directions, invisible signs, combinations.
    "\u202eabc\u202c",
    "\u2066x\u2069",
    "a\u200bb",
    "\ufeffx",
    "a\u00adb",
    "\u2028x",
    "\u2029x",
    "e\u0301",
    "Z\u0351\u0352\u0357a\u0300\u0301lgo",
    "\u0627\u0644\u0639\u0631\u0628\u064a\u0629",
    "\u05d0\u05d1\u05d2",
    "\u0e01\u0e33\u0e33\u0e33",
    "\ufdfd",
    "\uffff",
    "\ufffd",
    "\ue000",
    "\x7f",
    "\x85x",
    "a\x1bb",
    "a\x08b",
    "\x01",
    # Beyond the basic plane.
    "𠮷野家",
    "𪚥𪚥",
    "👩‍👩‍👧‍👦",
    "🏴\U000e0067\U000e007f",
    "\U0001f600" * 30,
    "𝒳",
    "\U0010ffff",
    # Lengths and blanks.
    "x" * 119,
    "长" * 119,
    "a b " * 25,
    "  inside  blanks  ",
    "one\r\ntwo",
    "\t\ttab",
    "１２３",
    "İıſK",
    "ﬁ",
    "ß",
    "Ǆ",
)
LONG: Final = ("x" * 100_000, "长" * 50_000, "<" * 50_000, "\u202e" * 20_000)
HUNDRED: Final = (*NAUGHTY, "x" * 65_536)
SHARE: Final = 1 if WHOLE else 10
"""Each string in each field (`make naughty`), which takes a quarter of an hour; else a tenth of
them in each, another tenth for each form, so that none is left out."""


def turns(name: str) -> range:
    """The places in HUNDRED that it is the turn of in the form or body of that name."""
    return range(turn(name, SHARE), len(HUNDRED), SHARE)


def at_least(figures: Mapping[str, int], whole: Collection[str]) -> dict[str, int]:
    """The least that should be seen: what counts strings is less where not all are tried."""
    return {name: n if name in whole else n // SHARE for name, n in figures.items()}


"""For every field of every form and of every operation."""
