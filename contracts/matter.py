"""What a contract is about, and what its parties wrote: plain values, frozen together. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, Final

from deals.offers import Terms
from listings.kinds import LICENCES, Way

LONGEST_ITEM: Final = 8000


class Kind(StrEnum):
    """The types of technology contract (Civil Code art. 843)."""

    DEVELOPMENT = "development"
    TRANSFER = "transfer_contract"
    LICENCE = "licence_contract"
    CONSULTING = "consulting"
    SERVICE = "service"


class Restriction(StrEnum):
    """What makes a technology contract void (Civil Code art. 850); by the ends of rule ids."""

    NO_FURTHER_RESEARCH = "no_further_research"
    FORCED_GRANT_BACK = "forced_grant_back"
    TIE_IN = "tie_in"
    UNREASONABLE_LIMITS = "unreasonable_limits"
    NO_CHALLENGE = "no_challenge"


def proposed_kind(way: str) -> Kind:
    """The type that a way of transfer makes; the parties may choose another.

    Technology put into a company passes like a transfer (Supreme Court interpretation of 2020,
    art. 16).
    """
    if way in LICENCES:
        return Kind.LICENCE
    if way == Way.JOINT_DEVELOPMENT:
        return Kind.DEVELOPMENT
    return Kind.TRANSFER


@dataclass(frozen=True)
class Draft:
    """One version of what the parties write: the items of Civil Code art. 845, in one language.

    `restrictions`: clauses that the parties say their contract has; a void one stops it.
    """

    kind: str
    project: str = ""
    scope: str = ""
    plan: str = ""
    confidentiality: str = ""
    ownership: str = ""
    acceptance: str = ""
    definitions: str = ""
    restrictions: tuple[str, ...] = ()

    def dump(self) -> dict[str, Any]:
        """Plain JSON values; `load` reads them back."""
        return {**asdict(self), "restrictions": list(self.restrictions)}

    @staticmethod
    def load(plain: Mapping[str, Any]) -> Draft:
        """Unknown keys are refused with TypeError."""
        return Draft(**{**plain, "restrictions": tuple(plain.get("restrictions", ()))})

    @property
    def items(self) -> Iterator[tuple[str, str]]:
        """(name, text) of each written item, in the order of the law."""
        return ((name, getattr(self, name)) for name in ITEMS)


ITEMS: Final = (
    "project", "scope", "plan", "confidentiality", "ownership", "acceptance", "definitions",
)  # fmt: skip
DRAFT_FIELDS: Final = tuple(one.name for one in fields(Draft))


@dataclass(frozen=True)
class Patent:
    """A patent or application, as the law wants it named; `term` in years, None if unknown."""

    title: str
    owner: str
    office: str
    kind: str
    status: str
    filed_on: date | None = None
    application_number: str | None = None
    grant_number: str | None = None
    expires_on: date | None = None


@dataclass(frozen=True)
class Matter:
    """What the deal carries over: parties, subject, accepted terms. Never typed again."""

    title: str
    seller: str
    buyer: str
    terms: Terms
    patents: tuple[Patent, ...] = ()
    contributors: tuple[str, ...] = ()
    co_owners: tuple[str, ...] = ()
    """Names of all co-owners."""
    unconsenting: tuple[str, ...] = ()
    """Those who have not agreed to the offer."""
    unshown: int = 0
    """Days of a price notice on which it was not shown to hang in the owner's own unit."""

    def dump(self) -> dict[str, Any]:
        """Plain JSON values; `load` reads them back."""
        plain = asdict(replace(self, patents=()))
        plain["terms"] = self.terms.dump()
        plain["patents"] = [
            {name: value.isoformat() if isinstance(value, date) else value
             for name, value in asdict(patent).items()}
            for patent in self.patents
        ]  # fmt: skip
        return plain

    @staticmethod
    def load(plain: Mapping[str, Any]) -> Matter:
        known = dict(plain)
        known["terms"] = Terms.load(known["terms"])
        known["patents"] = tuple(_patent(one) for one in known["patents"])
        for name in ("contributors", "co_owners", "unconsenting"):
            known[name] = tuple(known[name])
        return Matter(**known)


def _patent(plain: Mapping[str, Any]) -> Patent:
    known = dict(plain)
    for name in ("filed_on", "expires_on"):
        known[name] = date.fromisoformat(known[name]) if known[name] else None
    return Patent(**known)


def digest(number: str, matter: Matter, draft: Draft) -> str:
    """SHA-256 in hex of the whole content, under its number, in canonical JSON."""
    content = {"number": number, "matter": matter.dump(), "draft": draft.dump()}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Piece:
    """A stretch of text: `kept`, `gone` or `new`."""

    how: str
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """How one text became the other, character by character: Chinese has no spaces to cut at."""
    found = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("kept", before[i:j]))
            continue
        found += [Piece("gone", before[i:j])] * (j > i) + [Piece("new", after[k:m])] * (m > k)
    return found


def changed(before: Draft, after: Draft) -> tuple[str, ...]:
    """The fields in which two versions differ, in the order of a contract."""
    return tuple(name for name in DRAFT_FIELDS if getattr(before, name) != getattr(after, name))


def too_long(draft: Draft) -> Sequence[str]:
    """Names of the items that are longer than a contract's item may be."""
    return [name for name, text in draft.items if len(text) > LONGEST_ITEM]
