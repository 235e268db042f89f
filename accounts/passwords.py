"""Passwords by ASVS 5.0 6.2: argon2id, no composition rules, no password that others try first."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from accounts.guesses import is_first_guess
from core.errors import Problem
from core.i18n import N_
from core.ports import PasswordCheck

SHORTEST: Final = 8
LONGEST: Final = 128

# 19 MiB, two passes, one lane: the least that OWASP's password storage sheet accepts for argon2id.
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_SHORT_WORD: Final = 3
"""Shorter words of a name say nothing about a password that contains them."""
_TAIL: Final = "0123456789!.@#$%&?_-+* "


def hash_password(password: str) -> str:
    """Some tens of milliseconds: never call it while a lock is held."""
    return _HASHER.hash(password)


def verify_password(stored: str | None, password: str) -> bool:
    """Takes as long for an unknown person (`stored` None) as for a known one."""
    try:
        good = _HASHER.verify(stored or _nobodys_hash(), password)
    except (VerificationError, InvalidHashError):
        return False
    return good and stored is not None


@cache
def _nobodys_hash() -> str:
    return _HASHER.hash("nobody has this password")


def password_problems(
    password: str, own_words: tuple[str, ...] = (), leaked: PasswordCheck | None = None
) -> list[Problem]:
    """`own_words`: names, mail addresses, the organisation, the market: what an attacker who knows
    the person tries, alone, joined, or with some digits. `leaked` knows what was stolen."""
    if len(password) < SHORTEST:
        text = N_("Use at least %(least)s characters; a sentence is easy to remember.")
        return [Problem("password_short", text, {"least": SHORTEST})]
    if len(password) > LONGEST:
        text = N_("Use at most %(most)s characters.")
        return [Problem("password_long", text, {"most": LONGEST})]
    if is_first_guess(password):
        text = N_("This password is among the first that others would try. Choose another.")
        return [Problem("password_common", text)]
    if _says_who(password, own_words):
        text = N_("This is little more than your name, your organisation or the market. Add words.")
        return [Problem("password_own", text)]
    if leaked is not None and leaked(password):
        text = N_("This password was stolen somewhere and is tried by others. Choose another.")
        return [Problem("password_leaked", text)]
    return []


def _says_who(password: str, own_words: tuple[str, ...]) -> bool:
    """Is what is left without the person's own words fewer signs than a password needs?"""
    plain = password.lower()
    if plain in {text.lower() for text in own_words}:
        return True
    words = {
        word
        for text in own_words
        for word in re.split(r"[\W_]+", text.lower())
        if len(word) >= _SHORT_WORD or not word.isascii()
    }
    rest = plain
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest != plain and len(rest.strip(_TAIL)) < SHORTEST - 3
