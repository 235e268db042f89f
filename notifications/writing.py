"""The text of a message or letter, in its reader's language, made when it is read or sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from accounts.codes import Codes
from accounts.models import Challenge, Invitation
from accounts.queries import organisation_names
from core.i18n import N_, translator
from core.ids import split_ref
from core.links import url
from core.ports import Ports
from deals.inquiring import claim_token
from notifications.models import Dispatch
from notifications.topics import BY_TOKEN, CODE, INVITATION, TOPICS, Topic


@dataclass(frozen=True)
class Text:
    subject: str
    body: str


def sentence(topic: str, params: dict[str, Any], language: str) -> str:
    """One line for the list of messages; an old topic without a sentence is shown as its code."""
    known = TOPICS.get(topic)
    return translator(language).gettext(known.subject, **params) if known else topic


def compose(session: Session, row: Dispatch, ports: Ports) -> Text | None:
    """The letter, or None where it has lost its point (the challenge or invitation is over)."""
    found = _topic(session, row, ports)
    if found is None:
        return None
    topic, params, link = found
    say = translator(row.language).gettext
    subject, body = say(topic.subject, **params), say(topic.body, **params)
    if row.channel == "sms":
        return Text("", body)
    lines = [body, *([link] if link else []), "", say(_FOOT, address=ports.address)]
    return Text(" ".join(subject.split()), "\n\n".join(lines) + "\n")


_FOOT = N_("This letter comes from the technology market at %(address)s. Do not answer it.")


def _topic(
    session: Session, row: Dispatch, ports: Ports
) -> tuple[Topic, dict[str, Any], str | None] | None:
    codes, prefix = (
        Codes(ports.secret),
        "" if row.language == ports.language else f"/{row.language}",
    )
    if row.topic == "person.challenged":
        asked = session.get(Challenge, row.about)
        if asked is None or asked.used_at is not None:
            return None
        params = {"code": codes.code(asked.id)}
        if asked.purpose == "known":
            params = {"link": f"{ports.address}{prefix}/sign-in"}
        return CODE[asked.purpose], params, None
    if row.topic == "organisation.invited":
        invited = session.get(Invitation, row.about)
        if invited is None or invited.accepted_at or invited.withdrawn_at:
            return None
        names = organisation_names(session, [invited.organisation], row.language)
        link = f"{ports.address}{prefix}/join/{codes.token('invitation', invited.id)}"
        params = {"organisation": names.get(invited.organisation, ""), "link": link}
        return INVITATION, params, None
    known = TOPICS.get(row.topic)
    return (known, row.params, _link(row, ports)) if known else None


def _link(row: Dispatch, ports: Ports) -> str | None:
    kind, id = split_ref(row.ref)
    if row.topic in BY_TOKEN:
        prefix = "" if row.language == ports.language else f"/{row.language}"
        return f"{ports.address}{prefix}/inquiries/sent/{claim_token(ports.secret, id)}"
    if kind == "person":
        return None
    return url(ports.address, row.ref, row.language, ports.language)
