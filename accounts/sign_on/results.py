"""Answers of signing on beyond those of accounts."""

from __future__ import annotations

from dataclasses import dataclass

from core.results import Result


@dataclass(frozen=True)
class Stranger(Result):
    """The provider vouches for somebody to whom no account is linked."""

    sign_on: str
