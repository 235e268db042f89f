"""Rules of second factors as pure functions of plain values."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from accounts.states import Role
from core.errors import Problem
from core.i18n import N_

STEP: Final = 30
"""Seconds for which an app shows one code (RFC 6238)."""
DRIFT: Final = 1
"""Steps before and after ours that are taken too: clocks of telephones differ."""
STEP_LIFE: Final = timedelta(minutes=10)
"""How long a right password waits for its second factor."""
RECOVERY_CODES: Final = 10
PASSKEY_LIFE: Final = timedelta(minutes=5)
"""How long a browser may take to have a passkey sign."""
SIGNING_LIFE: Final = timedelta(minutes=5)
"""How long a second factor that was shown serves for a signature that binds."""
MOST_PASSKEYS: Final = 10
PASSKEY_NAME: Final = 60
"""Characters of the name that a person gives a passkey."""

NEEDS_FACTOR: Final = frozenset({Role.OPERATOR, Role.TTO_OFFICER, Role.AUDITOR})
"""Who publishes, decides or reads everything proves who they are with two things."""

_LETTERS: Final = str.maketrans("OIL", "011")


def needs_factor(roles: Iterable[str]) -> bool:
    return not NEEDS_FACTOR.isdisjoint(roles)


def factor_is_fresh(by: str, at: datetime | None, now: datetime) -> bool:
    """Whether a second factor, shown at `at`, still serves for a signature that binds."""
    return bool(by) and at is not None and now - at <= SIGNING_LIFE


def step_of(now: datetime) -> int:
    """The number of the step that `now` lies in."""
    return int(now.timestamp()) // STEP


def open_steps(now: datetime, last: int) -> list[int]:
    """Steps whose codes are taken at `now`, none of them used: a code works once."""
    here = step_of(now)
    return [step for step in range(here - DRIFT, here + DRIFT + 1) if step > last]


def plain_code(typed: str) -> str:
    """A code without the spaces and hyphens, and in the digits, that people copy it with."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(sign for sign in plain if sign.isalnum())


def plain_recovery_code(typed: str) -> str:
    """As `plain_code`; letters that look like digits are read as those."""
    return plain_code(typed).translate(_LETTERS)


def passkey_name_problems(name: str) -> list[Problem]:
    """What is wrong with the name that a person gives a passkey."""
    if not name.strip():
        return [Problem("name", N_("Please fill this in."))]
    if len(name.strip()) > PASSKEY_NAME:
        text = N_("Shorten this to %(length)s characters.")
        return [Problem("name", text, {"length": PASSKEY_NAME})]
    return []
