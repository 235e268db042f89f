"""What an action may need of the installation, beside its database: injected by bootstrap.

An action reaches it as `uow.ports`; it is fixed for the life of the process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from core.files import FileStore

NumberCheck = Callable[[str], str]
"""Normalises an identifier of a country, or raises `core.errors.Invalid` saying what is wrong."""


@dataclass(frozen=True)
class Ports:
    """`secret` signs codes and links; `organisation_numbers` maps an ISO country to its check."""

    secret: bytes
    files: FileStore
    zone: ZoneInfo
    currency: str
    jurisdiction: str
    language: str
    address: str
    organisation_numbers: Mapping[str, NumberCheck] = field(default_factory=dict)
