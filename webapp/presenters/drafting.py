"""The proposals of a dropped document as its form shows them: values, and where each stands."""

from __future__ import annotations

from typing import Any, Final

from listings.drafting.propose import Proposal, Proposals
from listings.rules import MOST_KEYWORDS

_FIELD_OF: Final = {
    "application_number": "patents",
    "publication_number": "patents",
    "grant_number": "patents",
    "patent_number": "patents",
    "owners": "owner",
}
_LISTS: Final = {"keywords": ", ", "contributors": "\n", "patents": "\n", "ipc": ", "}
_LONGEST: Final = {"title": 120, "value_line": 300, "abstract": 6000}


def field_of(proposal: Proposal) -> str:
    """The form's field that a proposal is about."""
    if proposal.field == "contact":
        if "@" in proposal.value:
            return "contact_mail"
        return "contact_phone" if any(sign.isdigit() for sign in proposal.value) else "contact"
    return _FIELD_OF.get(proposal.field, proposal.field)


def sources(proposals: Proposals) -> dict[str, list[Proposal]]:
    """Form field to the proposals for it, the best first; what labels named goes before guesses."""
    found: dict[str, list[Proposal]] = {}
    for proposal in proposals.found:
        found.setdefault(field_of(proposal), []).append(proposal)
    return {name: _ranked(name, _distinct(several)) for name, several in found.items()}


def _ranked(name: str, proposals: list[Proposal]) -> list[Proposal]:
    """Of contacts the bare number first, not the line that holds it."""
    if name.startswith("contact"):
        return sorted(proposals, key=lambda one: len(one.value))
    return sorted(proposals, key=lambda one: not one.certain)


def _distinct(proposals: list[Proposal]) -> list[Proposal]:
    """One proposal per value: where a label named it, else where its form showed it first."""
    by_value: dict[str, Proposal] = {}
    for one in proposals:
        if one.value not in by_value or (one.certain and not by_value[one.value].certain):
            by_value[one.value] = one
    return list(by_value.values())


def values(proposals: Proposals) -> dict[str, Any]:
    """What the form begins with: the best of each field, all entries of a list."""
    filled: dict[str, Any] = {"language": proposals.language, "kind": "result", "attach": True}
    for name, found in sources(proposals).items():
        if name == "owner":
            continue  # the document's words name nobody's account; they are shown beside the field
        if name in _LISTS:
            most = MOST_KEYWORDS if name == "keywords" else 20
            entries = dict.fromkeys(one.value for one in found)
            filled[name] = _LISTS[name].join(list(entries)[:most])
        else:
            filled[name] = found[0].value[: _LONGEST.get(name, 300)]
    return filled
