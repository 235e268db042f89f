"""How much of what is alike each run tries: a share of it, other things by turns; all of it where
`QIAOYI_WHOLE` is set (`make whole`), before a release and after a change that reaches everywhere.

A share leaves no kind out: every page is opened, every string typed, every use case run, every deal
walked to its end; what takes turns is by whom, where and on which of two databases. A turn depends
on a name and on nothing else, so that what failed once fails again.
"""

from __future__ import annotations

import os
from typing import Final
from zlib import crc32

import pytest

WHOLE: Final = bool(os.environ.get("QIAOYI_WHOLE"))


def turn(name: str, of: int) -> int:
    """Which of so many it is the turn of, by a name; the same in every run."""
    return crc32(name.encode()) % of


def is_turn(name: str, n: int, of: int) -> bool:
    """Whether the n-th of so many has its turn; each has, where everything is tried."""
    return WHOLE or turn(name, of) == n % of


def case_of(item: pytest.Item, *aside: str) -> str:
    """The name of a test with its parameters, but for the words that are put aside."""
    spec = getattr(item, "callspec", None)
    words = [word for word in spec.id.split("-") if word not in aside] if spec else []
    return "-".join([item.nodeid.split("[")[0], *words])
