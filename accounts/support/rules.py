"""How long a code and a look may last, and what a code looks like. Pure but for chance."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Final

CODE_LIFE: Final = timedelta(minutes=10)
LOOK: Final = timedelta(minutes=30)
"""A support view is over by then, whatever anybody says."""
_LETTERS: Final = "BCDFGHJKLMNPQRSTVWXZ23456789"
"""Without vowels and without what looks like another: it is read out on the telephone."""
_LENGTH: Final = 12


def new_code() -> str:
    """Twelve letters in three groups, some 57 bits: not to be guessed in ten minutes."""
    code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    return "-".join(code[start : start + 4] for start in range(0, _LENGTH, 4))


def read_code(typed: str) -> str:
    """As it was made, however it was typed."""
    plain = "".join(letter for letter in typed.upper() if letter in _LETTERS)
    return "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))
