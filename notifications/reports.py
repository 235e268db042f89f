"""What a message that came back says of a letter of ours. Pure; the standard library reads it.

Three kinds are read: delivery reports (RFC 3464, and 6533 for addresses beyond ASCII), complaints
(RFC 5965), and the notices in words alone that some servers still send. Automatic answers of people
(RFC 3834) and everything else say nothing. A message is a stranger's: it is bounded, its parts are
walked without recursion, and whatever cannot be read says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message
from enum import StrEnum
from typing import Final

LARGEST: Final = 1024 * 1024
"""Octets of a message that are looked at; our own letters, which it may hold, are far smaller."""
_PARTS: Final = 40
_BLOCKS: Final = 100
_WORDS: Final = 64 * 1024
"""Characters of a notice in words."""


class Said(StrEnum):
    """`REFUSED` for good (5.x.x); `GAVE_UP` after trying for long (4.x.x, or a failure that says no
    status); `WAITS`: it is late and still tried, which is no failure yet."""

    REFUSED = "refused"
    GAVE_UP = "gave_up"
    COMPLAINED = "complained"
    WAITS = "waits"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Report:
    """`status` as the server wrote it (5.1.1, or 550), where it did."""

    said: Said
    status: str = ""


NOTHING: Final = Report(Said.NOTHING)

_DELIVERY: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})
_COMPLAINT: Final = "message/feedback-report"
_UNWANTED: Final = frozenset({"abuse", "fraud", "virus", "other", "opt-out"})
_ENHANCED: Final = re.compile(r"(?a)(?<![\w.])([245])\.\d{1,3}\.\d{1,3}(?!\.?\d)")
_CODE: Final = re.compile(
    r"(?a)(?<![\w.])([45])(?:\.\d{1,3}\.\d{1,3}(?!\.?\d)|(?:0[0-4]|[2-57]\d)(?![\w.%]))"
)
"""An enhanced status, or a reply code of SMTP that stands alone."""
_POSTMASTER: Final = re.compile(r"(?i)mailer-daemon|postmaster|mail ?delivery")
_MARKUP: Final = re.compile(r"(?is)<(style|script)\b.*?(</\1>|\Z)|<[^>]*>")
_CHINESE: Final = frozenset({"gb2312", "gbk", "gb18030", "x-gbk", "cp936"})


def read_report(raw: bytes) -> Report:
    """Whatever the octets are; what cannot be read says nothing."""
    if len(raw) > LARGEST:
        return NOTHING
    try:
        return _read(message_from_bytes(raw))
    except Exception:  # noqa: BLE001  a stranger wrote it: no message may stop those behind it
        return NOTHING


def _read(mail: Message) -> Report:
    parts = list(_parts(mail))
    for part in parts:
        if part.get_content_type() == _COMPLAINT:
            return _complaint(part)
        if part.get_content_type() in _DELIVERY:
            return _delivery(part)
    return _in_words(mail, parts)


def _parts(mail: Message) -> Iterator[Message]:
    """The parts in their order, without those of the letter that is sent back inside."""
    waiting, found = [mail], 0
    while waiting and found < _PARTS:
        part = waiting.pop()
        found += 1
        yield part
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting.extend(reversed(_inside(part)))


def _inside(part: Message) -> list[Message]:
    held = part.get_payload()
    return [one for one in held if isinstance(one, Message)] if isinstance(held, list) else []


def _blocks(part: Message) -> Iterator[Message]:
    """The groups of fields of a report: first of the message, then of each recipient."""
    waiting = _inside(part)
    for _ in range(_BLOCKS):
        if not waiting:
            return
        block = waiting.pop(0)
        yield block
        rest = block.get_payload()
        if isinstance(rest, str) and rest.strip():
            waiting.insert(0, message_from_string(rest.lstrip()))


def _head(message: Message, name: str) -> str:
    return str(message.get(name, "")).strip()


def _complaint(part: Message) -> Report:
    kinds = {_head(block, "Feedback-Type").lower() for block in _blocks(part)}
    return Report(Said.COMPLAINED) if kinds & _UNWANTED else NOTHING


def _delivery(part: Message) -> Report:
    """Our letters have one recipient; where a list stands behind it, its worst failure counts."""
    found = [_outcome(block) for block in _blocks(part)]
    for said in (Said.REFUSED, Said.GAVE_UP, Said.WAITS):
        worst = next((one for one in found if one.said is said), None)
        if worst is not None:
            return worst
    return NOTHING


def _outcome(block: Message) -> Report:
    action = _head(block, "Action").partition(" ")[0].lower()
    status = _ENHANCED.search(_head(block, "Status")) or _CODE.search(
        _head(block, "Diagnostic-Code")
    )
    if action == "delayed":
        return Report(Said.WAITS, status.group() if status else "")
    if action != "failed":
        return NOTHING
    if status is None:
        return Report(Said.GAVE_UP)
    said = {"5": Said.REFUSED, "4": Said.GAVE_UP}.get(status.group(1), Said.NOTHING)
    return Report(said, status.group())


def _in_words(mail: Message, parts: list[Message]) -> Report:
    """A notice of a server that sends no report. Only a postmaster's counts, and no automatic
    answer, unless it names the recipient as old servers do."""
    failed = bool(_head(mail, "X-Failed-Recipients"))
    if not _POSTMASTER.search(_head(mail, "From")):
        return NOTHING
    if not failed and _head(mail, "Auto-Submitted").lower().startswith("auto-replied"):
        return NOTHING
    texts = [_text(part) for part in parts if part.get_content_maintype() == "text"]
    code = next((found for text in texts if (found := _CODE.search(text))), None)
    if code is None:
        return Report(Said.GAVE_UP) if failed else NOTHING
    return Report(Said.REFUSED if code.group(1) == "5" else Said.GAVE_UP, code.group())


def _text(part: Message) -> str:
    octets = part.get_payload(decode=True)
    if not isinstance(octets, bytes):
        return ""
    charset = (part.get_content_charset() or "utf-8").lower()
    try:
        text = octets.decode("gb18030" if charset in _CHINESE else charset, "replace")
    except LookupError:
        text = octets.decode("utf-8", "replace")
    return _MARKUP.sub(" ", text[:_WORDS])
