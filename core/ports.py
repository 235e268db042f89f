"""What an action may need of the installation, beside its database: injected by bootstrap.

An action reaches it as `uow.ports`; it is fixed for the life of the process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core.files import FileStore
from core.outbound import Outbound

if TYPE_CHECKING:
    from core.holdings import Holdings

PasswordCheck = Callable[[str], bool]
"""Whether a password is among those that were stolen elsewhere."""
NumberCheck = Callable[[str], str]
"""Normalises an identifier of a country, or raises `core.errors.Invalid` saying what is wrong."""


def never_leaked(_password: str) -> bool:
    """Where no list of stolen passwords is kept; by name, so that ports go to other processes."""
    return False


@dataclass(frozen=True)
class OpenIdClient:
    """How a provider of identities knows this market."""

    issuer: str
    client: str
    secret: str = field(repr=False)


@dataclass(frozen=True)
class Ports:
    """`secret` signs codes and links; `organisation_numbers` maps an ISO country to its check;
    `market_names` are what people call the market and its operator."""

    secret: bytes
    files: FileStore
    zone: ZoneInfo
    currency: str
    jurisdiction: str
    language: str
    address: str
    market_names: tuple[str, ...] = ()
    organisation_numbers: Mapping[str, NumberCheck] = field(default_factory=dict)
    leaked: PasswordCheck = never_leaked
    outbound: Outbound = field(default_factory=Outbound)
    """An action only reads addresses with it (`outbound.read`); calls belong to tasks."""
    holdings: Holdings | None = None
    """What every area holds of people and organisations; None in a market of toy areas."""
    orcid: OpenIdClient | None = None
    """None: the market is not registered with ORCID."""
    letters: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """By name: subject and body of every letter that the market can word anew, as msgids."""
