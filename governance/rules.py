"""What a complaint must say. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from core.errors import Problem
from core.i18n import N_
from governance.states import Kind

COMPLAINTS_AN_HOUR: Final = 5
WAIT_DAYS: Final = "platform.ip_notice_wait_days"
"""The rule of the profile: how long measures stand after a counter-statement was forwarded."""
APPEAL_DAYS: Final = "platform.appeal_days"
"""The rule of the profile: how long a decision of the operator can be appealed."""
LONGEST: Final = 4000
ABOUT: Final = frozenset({"listing", "need", "organisation"})


@dataclass(frozen=True)
class Notice:
    """What somebody wrote. `about` is a stream's name; `claim` only of an infringement."""

    about: str
    kind: str
    text: str
    name: str
    mail: str
    claim: str = ""


def notice_problems(notice: Notice, *, mail_is_good: bool) -> dict[str, list[Problem]]:
    """By field; empty for a notice that can be taken."""
    problems: dict[str, list[Problem]] = {}
    infringement = notice.kind == Kind.INFRINGEMENT
    if notice.kind not in set(Kind):
        problems["kind"] = [Problem("kind_missing", N_("Say what the complaint is about."))]
    if infringement and notice.about.startswith("organisation:"):
        words = N_("Report the result or need that infringes the right, not its owner.")
        problems["kind"] = [Problem("report_the_thing", words)]
    if infringement and not notice.claim.strip():
        words = N_("Name the right and its number, and what shows that it is yours.")
        problems["claim"] = [Problem("claim_missing", words)]
    if not notice.name.strip():
        problems["name"] = [Problem("name_missing", N_("Say who complains."))]
    if not mail_is_good:
        words = N_("Give a mail address: the outcome is sent there.")
        problems["mail"] = [Problem("mail_missing", words)]
    problems |= text_problems("text", notice.text)
    return problems


def text_problems(field: str, text: str) -> dict[str, list[Problem]]:
    """For any text that is read by the other side."""
    if not text.strip():
        return {field: [Problem("text_missing", N_("Write the facts and the reason first."))]}
    if len(text) > LONGEST:
        words = N_("Shorten this to %(length)s characters.")
        return {field: [Problem("text_long", words, {"length": LONGEST})]}
    return {}
