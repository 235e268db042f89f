"""What a person must say to sign, and what must fit before a signature counts. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.rules import AUTHORITIES
from contracts.signing.consent import VERSION
from contracts.signing.port import Outcome
from core.errors import Problem
from core.i18n import N_


@dataclass(frozen=True)
class Intent:
    """What a person says who begins to sign. `consent`: the version of the words, once agreed."""

    name: str
    authority: str
    consent: str


def intent_problems(said: Intent, names: tuple[str, ...]) -> dict[str, list[Problem]]:
    """What must be corrected, by field. `names`: those under which the market knows the person."""
    found: dict[str, list[Problem]] = {}
    if _plain(said.name) not in {_plain(name) for name in names if name}:
        text = N_("Type your own name as your account has it: %(name)s.")
        found["name"] = [Problem("name_of_another", text, {"name": names[0]})]
    if said.authority not in AUTHORITIES:
        found["authority"] = [Problem("authority_missing", N_("Say by what authority."))]
    if said.consent != VERSION:
        found["consent"] = [Problem("consent_missing", N_("Agree to these words to sign."))]
    return found


def fits(outcome: Outcome, document: str) -> bool:
    """Whether what came back is a whole signature of that very PDF."""
    whole = outcome.signed_at is not None and bool(outcome.evidence)
    return whole and outcome.document == document


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()
