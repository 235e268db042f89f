"""Passwords: argon2id, no composition rules, refusal of what everybody tries first."""

from __future__ import annotations

from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core.errors import Problem
from core.i18n import N_

SHORTEST: Final = 10
LONGEST: Final = 128

# 19 MiB, two passes, one lane: the least that OWASP's password storage sheet accepts for argon2id.
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

_FIRST_GUESSES: Final = (
    "1234567890 0123456789 0987654321 9876543210 12345678910 123456789a a123456789 "
    "password12 password123 password1234 passw0rd123 mypassword qwertyuiop qwerty12345 "
    "qwerty123456 1q2w3e4r5t 1qaz2wsx3edc zaq12wsxcde3 iloveyou12 welcome123 welcome1234 "
    "administrator admin12345 admin123456 letmein1234 changeme123 woaini1314 woaini5201314 "
    "woaini520520 5201314520 1314520520 aa123456789 abc1234567 abcd123456 abcdefghij "
    "asdfghjkl1 asdfghjkl123 zxcvbnm123 football123 sunshine123 princess123 dragon12345"
)
_COMMON: Final = frozenset(_FIRST_GUESSES.split())


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


def password_problems(password: str, own_words: tuple[str, ...] = ()) -> list[Problem]:
    """`own_words`: name, mail, number; one of them plus a few digits is no password."""
    if len(password) < SHORTEST:
        text = N_("Use at least %(least)s characters; a sentence is easy to remember.")
        return [Problem("password_short", text, {"least": SHORTEST})]
    if len(password) > LONGEST:
        text = N_("Use at most %(most)s characters.")
        return [Problem("password_long", text, {"most": LONGEST})]
    plain = password.lower()
    core = plain.strip("0123456789!.@#_-* ")
    own = {word.lower() for text in own_words for word in (text, text.partition("@")[0]) if word}
    if plain in _COMMON or len(set(plain)) < 4 or plain in own or (core and core in own):
        text = N_("This password is among the first that others would try. Choose another.")
        return [Problem("password_common", text)]
    return []
