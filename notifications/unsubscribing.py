"""Addresses that stop the mail of one group with one click, without signing in (RFC 8058)."""

from __future__ import annotations

from accounts.codes import Codes
from notifications.habits import GROUPS

_PURPOSE = "unsubscribe"


def unsubscribe_path(secret: bytes, person: str, group: str) -> str:
    return f"/unsubscribe/{Codes(secret).token(_PURPOSE, f'{person}:{group}')}"


def read_unsubscribe(secret: bytes, token: str) -> tuple[str, str] | None:
    """(person, group) of a token of ours, or None."""
    found = Codes(secret).read_token(_PURPOSE, token)
    person, _, group = (found or "").partition(":")
    return (person, group) if group in GROUPS else None
