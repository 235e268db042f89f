"""Answers of accounts' actions beyond Done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from core.results import Result


@dataclass(frozen=True)
class SessionOpened(Result):
    """A browser is signed in; the caller knows the token, the database only its hash."""

    session: str
    person: str


@dataclass(frozen=True)
class SecondNeeded(Result):
    """The first proof was right; nothing is open until the second one is."""

    person: str


@dataclass(frozen=True)
class CodesMade(Result):
    """Recovery codes, to be shown once; the database keeps their hashes."""

    codes: list[str]


@dataclass(frozen=True)
class FormTaken(Result):
    """What was typed before its sender showed who they are, in the order of the form."""

    path: str
    fields: list[list[str]]


@dataclass(frozen=True)
class PasskeyAsked(Result):
    """The id of a challenge, and what the browser is to be given, as JSON."""

    challenge: str
    options: str


@dataclass(frozen=True)
class TurnedAway(Result):
    """A refusal that also counted the attempt, so unlike `Refusal` rows did change.

    `code` names a subclass of `core.errors.Refused`, which holds the sentence for people.
    """

    code: str
    params: dict[str, Any] = field(default_factory=dict)
