"""Who may accept published terms: what is checked by the market itself. Pure.

Conditions in the owner's words are confirmed by the buyer; the office reads them with the deal.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Candidate:
    """The organisation that wants to accept; `vetted`: the market has checked who it is."""

    organisation: str
    country: str
    vetted: bool


@dataclass(frozen=True)
class Conditions:
    """What the terms ask of a buyer. `home` is the owner's country."""

    owner: str
    home: str
    domestic_only: bool = False
    export: str = ""
    """Why the law on exports stops a buyer of this country, or ""."""


def obstacle(candidate: Candidate, asked: Conditions) -> str:
    """The code of the refusal, or "" where nothing stands against it."""
    if candidate.organisation == asked.owner:
        return "own_terms"
    if not candidate.vetted:
        return "buyer_not_vetted"
    if asked.domestic_only and candidate.country != asked.home:
        return "domestic_only"
    return asked.export
