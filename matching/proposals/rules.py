"""States, limits and words of proposals. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from accounts.contacts import read_contact
from core.errors import Problem
from core.i18n import N_
from core.transitions import target
from matching.proposals.errors import ProposalEnded


class State(StrEnum):
    WAITS = "waits"
    TAKEN = "taken"
    """The firm is interested; with a result, it has asked for it."""
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    TAKE = "take"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


AFTER: Final = {
    (State.WAITS, Act.TAKE): State.TAKEN,
    (State.WAITS, Act.DECLINE): State.DECLINED,
    (State.WAITS, Act.WITHDRAW): State.WITHDRAWN,
}
REASONS: Final = ("not_fitting", "too_early", "too_dear", "have_one", "need_gone", "other")
LONGEST_TEXT: Final = 2000
SHORTEST_TEXT: Final = 20
LONGEST_LINE: Final = 120
WAITING_PER_NEED: Final = 3
"""Unanswered proposals of one organisation to one need."""
A_DAY: Final = 20
"""Proposals of one organisation in twenty-four hours."""
_PHONE: Final = re.compile(r"\+?[\d\s()（）-]{7,24}")


@dataclass(frozen=True)
class Proposed:
    """What is proposed; without a `listing` the words say it all."""

    text: str
    contact_name: str
    contact: str
    listing: str | None = None


def after(state: str, act: Act) -> State:
    """The state that the act leads to. Raises ProposalEnded."""
    return target(AFTER, State(state), act, ProposalEnded())


def proposal_problems(proposed: Proposed) -> dict[str, list[Problem]]:
    """What must be corrected, by field."""
    found: dict[str, list[Problem]] = {}
    text, name, contact = (
        part.strip() for part in (proposed.text, proposed.contact_name, proposed.contact)
    )
    if len(text) < SHORTEST_TEXT:
        said = N_("Say in a sentence or two how it answers the need.")
        found["text"] = [Problem("text_short", said)]
    elif len(text) > LONGEST_TEXT:
        said, limit = N_("Use at most %(limit)s characters."), {"limit": LONGEST_TEXT}
        found["text"] = [Problem("too_long", said, limit)]
    if not name or len(name) > LONGEST_LINE:
        said = N_("Give the name of the person whom the firm can reach.")
        found["contact_name"] = [Problem("name_missing", said)]
    if not _reaches(contact):
        said = N_("Give a telephone number or a mail address.")
        found["contact"] = [Problem("contact_missing", said)]
    return found


def _reaches(contact: str) -> bool:
    if not contact or len(contact) > LONGEST_LINE:
        return False
    known = read_contact(contact)
    return (known is not None and known.kind == "mail") or bool(_PHONE.fullmatch(contact))


def decline_problems(reason: str, reply: str) -> dict[str, list[Problem]]:
    """What must be corrected, by field."""
    found: dict[str, list[Problem]] = {}
    if reason not in REASONS:
        found["reason"] = [Problem("reason_missing", N_("Choose a reason."))]
    if len(reply) > LONGEST_TEXT:
        said, limit = N_("Use at most %(limit)s characters."), {"limit": LONGEST_TEXT}
        found["reply"] = [Problem("too_long", said, limit)]
    return found
