"""Kinds, roles and states of accounts, and the one table of transitions of an organisation."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class OrganisationKind(StrEnum):
    INSTITUTE = "institute"
    FIRM = "firm"
    BROKERAGE = "brokerage"
    PROVIDER = "provider"
    OPERATOR = "operator"


class Role(StrEnum):
    RESEARCHER = "researcher"
    TTO_OFFICER = "tto_officer"
    FIRM_MEMBER = "firm_member"
    FIRM_ADMIN = "firm_admin"
    BROKER = "broker"
    PROVIDER_ADMIN = "provider_admin"
    EXPERT = "expert"
    OPERATOR = "operator"
    AUDITOR = "auditor"


class OrganisationState(StrEnum):
    APPLIED = "applied"
    VETTED = "vetted"
    REFUSED = "refused"
    SUSPENDED = "suspended"
    MERGED = "merged"
    """It was registered twice: everything goes on under the other."""


class PersonState(StrEnum):
    UNPROVEN = "unproven"
    """Signed up; no contact point is proven yet, so nobody can sign in."""
    ACTIVE = "active"
    LAPSED = "lapsed"
    """Never proven in time: what was typed is gone, the id stays in the audit chain."""
    ERASED = "erased"
    """Forgotten at their own wish: the id stays as a pseudonym of what they did."""


class DocumentKind(StrEnum):
    REGISTRATION = "registration"
    """Certificate of the legal person: business licence, 统一社会信用代码证书, foreign extract."""
    AUTHORITY = "authority"
    """Letter that lets the person who registered speak for it."""
    OTHER = "other"


class Marked(StrEnum):
    """What an operator can verify of an organisation."""

    NAME = "name"
    NUMBER = "number"
    AUTHORITY = "authority"


class MarkSource(StrEnum):
    """By what it was verified."""

    REGISTRATION = "registration"
    AUTHORITY = "authority"
    REGISTER = "register"
    CALL = "call"


TRANSITIONS: Final[dict[tuple[OrganisationState, str], OrganisationState]] = {
    (OrganisationState.APPLIED, "approve"): OrganisationState.VETTED,
    (OrganisationState.APPLIED, "refuse"): OrganisationState.REFUSED,
    (OrganisationState.REFUSED, "reapply"): OrganisationState.APPLIED,
    (OrganisationState.VETTED, "suspend"): OrganisationState.SUSPENDED,
    (OrganisationState.SUSPENDED, "restore"): OrganisationState.VETTED,
}
"""(state, what is done) -> next state; what is not here is refused."""

DECISIONS: Final = frozenset({"approve", "refuse", "suspend", "restore"})
"""What an operator decides about an organisation; `reapply` is its own administrator's."""


def after(state: str, step: str) -> OrganisationState | None:
    """The state that `step` leads to, or None where it is not possible."""
    return TRANSITIONS.get((OrganisationState(state), step))
