"""The words of contracts in both languages: names of types, items and clauses. English msgids."""

from __future__ import annotations

from typing import Final

from contracts.matter import Kind, Restriction
from core.i18n import N_

KIND_NAMES: Final[dict[str, str]] = {
    Kind.TRANSFER: N_("Technology transfer contract"),
    Kind.LICENCE: N_("Technology licence contract"),
    Kind.DEVELOPMENT: N_("Technology development contract"),
    Kind.CONSULTING: N_("Technology consulting contract"),
    Kind.SERVICE: N_("Technology service contract"),
}
ITEM_NAMES: Final[dict[str, str]] = {
    "kind": N_("Type of contract"),
    "project": N_("Name of the project"),
    "scope": N_("Content, scope and requirements"),
    "plan": N_("Plan, place and manner of performance"),
    "confidentiality": N_("Confidentiality of information and materials"),
    "ownership": N_("Ownership of results and sharing of benefits"),
    "acceptance": N_("Standard and method of acceptance"),
    "definitions": N_("Definitions of terms"),
    "restrictions": N_("Clauses that the law does not allow"),
}
CLAUSE_NAMES: Final[dict[str, str]] = {
    Restriction.NO_FURTHER_RESEARCH: N_("no further research on the technology"),
    Restriction.FORCED_GRANT_BACK: N_("improvements handed back without pay"),
    Restriction.TIE_IN: N_("other goods, services or staff must be taken along"),
    Restriction.UNREASONABLE_LIMITS: N_("unreasonable limits of volume, price, channel or market"),
    Restriction.NO_CHALLENGE: N_("no challenge to the validity of the rights"),
}
PATENT_ITEM_NAMES: Final[dict[str, str]] = {
    "title": N_("Title"),
    "owner": N_("Applicant or owner"),
    "filed_on": N_("Filing date"),
    "application_number": N_("Application number"),
    "grant_number": N_("Patent number"),
    "term": N_("Term of the patent"),
}
