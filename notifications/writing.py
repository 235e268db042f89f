"""The text of a message or letter, in its reader's language, made when it is read or sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.codes import Codes
from accounts.models import Challenge, Invitation
from accounts.queries import organisation_names
from accounts.recovery.models import Recovery
from core.i18n import N_, translator
from core.ids import split_ref
from core.links import url
from core.ports import Ports
from deals.inquiring import claim_token
from governance.complaining import complaint_token
from notifications.audiences import SENT_COMPLAINT
from notifications.gateways.port import Text
from notifications.habits import GROUPS, group_of
from notifications.models import Dispatch
from notifications.topics import BY_TOKEN, DIGESTS, EVERYWHERE, TOPICS
from notifications.unsubscribing import unsubscribe_path
from notifications.wordings import INVITED, SHIPPED, Wordings

_ADDRESS: Final = re.compile(r"(https?://[!-~]*[A-Za-z0-9/=_-])")
_FOOT = N_("This letter comes from the technology market at %(address)s. Do not answer it.")
_STOP = N_("No more mail about “%(group)s”: %(link)s")
_CHOICES = N_("How you want your mail: %(link)s")


@dataclass(frozen=True)
class _Part:
    """One paragraph, with the address that it is about."""

    text: str
    link: str = ""


def sentence(
    topic: str, params: dict[str, Any], language: str, wordings: Wordings = SHIPPED
) -> str:
    """One line for the list of messages; an old topic without a sentence is shown as its code."""
    said = wordings.say(topic, language, params)
    return said[0] if said is not None else topic


def compose(
    session: Session, row: Dispatch, ports: Ports, wordings: Wordings = SHIPPED
) -> Text | None:
    """The letter, or None where it has lost its point (the challenge or invitation is over)."""
    if row.topic in DIGESTS:
        return _digest(session, row, ports, wordings)
    found = _filling(session, row, ports)
    if found is None:
        return None
    name, params, link = found
    said = wordings.say(name, row.language, params)
    if said is None:
        return None
    subject, body = said
    if row.channel == "sms":
        return Text("", body)
    return _letter(row, ports, subject, [_Part(body, link or "")])


def _digest(session: Session, row: Dispatch, ports: Ports, wordings: Wordings) -> Text:
    """The lines of the letters that it stands for, in their order, each with its link."""
    numbers = row.params["of"]
    held = session.scalars(select(Dispatch).where(Dispatch.n.in_(numbers)).order_by(Dispatch.n))
    parts = [
        _Part(sentence(one.topic, one.params, row.language, wordings), _link(one, ports) or "")
        for one in held
    ]
    subject = translator(row.language).gettext(DIGESTS[row.topic], count=len(parts))
    return _letter(row, ports, subject, parts)


def _letter(row: Dispatch, ports: Ports, subject: str, parts: list[_Part]) -> Text:
    """Text and HTML say the same; nothing in the HTML is loaded from anywhere."""
    say = translator(row.language).gettext
    foot = [_Part(say(_FOOT, address=ports.address))]
    home, stop = _home(row, ports), ""
    if row.person is not None:
        settings = f"{home}/account/notifications"
        foot.append(_Part(say(_CHOICES, link=settings)))
        group = group_of(row.topic)
        if group:
            stop = home + unsubscribe_path(ports.secret, row.person, group)
            foot.append(_Part(say(_STOP, group=say(GROUPS[group]), link=stop)))
    paragraphs = [part for one in parts for part in (one.text, one.link) if part]
    body = "\n\n".join([*paragraphs, "", *(one.text for one in foot)]) + "\n"
    return Text(" ".join(subject.split()), body, _html(row, subject, parts, foot), stop)


def _html(row: Dispatch, subject: str, parts: list[_Part], foot: list[_Part]) -> str:
    language = {"zh": "zh-Hans"}.get(row.language, row.language)
    shown = "".join(_paragraph(part) for part in parts)
    small = "".join(f"<p><small>{_linked(part.text)}</small></p>" for part in foot)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{escape(subject)}</title></head><body>{shown}<hr>{small}</body></html>\n"
    )


def _paragraph(part: _Part) -> str:
    if not part.link:
        return f"<p>{_linked(part.text)}</p>"
    return f'<p>{_linked(part.text)}<br><a href="{escape(part.link)}">{escape(part.link)}</a></p>'


def _linked(text: str) -> str:
    """Escaped, with addresses of the web made into links."""
    pieces = _ADDRESS.split(text)
    return "".join(
        f'<a href="{escape(piece)}">{escape(piece)}</a>' if place % 2 else escape(piece)
        for place, piece in enumerate(pieces)
    )


def _home(row: Dispatch, ports: Ports) -> str:
    return ports.address + ("" if row.language == ports.language else f"/{row.language}")


def _filling(
    session: Session, row: Dispatch, ports: Ports
) -> tuple[str, dict[str, Any], str | None] | None:
    """The letter's name, what its words are filled with, and its link."""
    codes = Codes(ports.secret)
    if row.topic == "person.challenged":
        asked = session.get(Challenge, row.about)
        if asked is None or asked.used_at is not None:
            return None
        params = {"code": codes.code(asked.id)}
        if asked.purpose == "known":
            params = {"link": f"{_home(row, ports)}/sign-in"}
        return f"code.{asked.purpose}", params, None
    if row.topic == INVITED:
        invited = session.get(Invitation, row.about)
        if invited is None or invited.accepted_at or invited.withdrawn_at:
            return None
        names = organisation_names(session, [invited.organisation], row.language)
        link = f"{_home(row, ports)}/join/{codes.token('invitation', invited.id)}"
        params = {"organisation": names.get(invited.organisation, ""), "link": link}
        return INVITED, params, None
    if row.topic in EVERYWHERE:
        return _about_account(session, row, codes, _home(row, ports))
    return (row.topic, row.params, _link(row, ports)) if row.topic in TOPICS else None


def _about_account(
    session: Session, row: Dispatch, codes: Codes, home: str
) -> tuple[str, dict[str, Any], str | None] | None:
    topic, person = row.topic, split_ref(row.ref)[1]
    if row.topic != "person.recovery_waits":
        return topic, {}, None
    waits = select(Recovery.id).where(Recovery.person == person, Recovery.state == "waiting")
    recovery = session.scalar(waits)
    if recovery is None:
        return None
    return topic, {"link": f"{home}/recovery/{codes.token('recovery', recovery)}"}, None


def _link(row: Dispatch, ports: Ports) -> str | None:
    kind, id = split_ref(row.ref)
    if row.topic in BY_TOKEN and row.person is None:
        return f"{_home(row, ports)}/inquiries/sent/{claim_token(ports.secret, id)}"
    if kind == SENT_COMPLAINT:
        return f"{_home(row, ports)}/complaints/sent/{complaint_token(ports.secret, id)}"
    if kind == "person":
        return None
    return url(ports.address, row.ref, row.language, ports.language)
