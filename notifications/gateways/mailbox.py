"""The mailbox that letters come back to, by IMAP over TLS: `imaps://user:password@host:993/INBOX`."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from notifications.reports import LARGEST

PATIENCE: Final = 20.0
BATCH: Final = 100
"""Messages that are looked at in one visit."""
_SIZE: Final = re.compile(rb"RFC822\.SIZE (\d{1,15})")


class MailboxRefused(Exception):  # noqa: N818  the peer's answer, not a fault of ours
    """The server did not do what it was asked; nothing is lost, the messages stay there."""


class Mailbox:
    """One connection per visit. `imap://` is for a server on this machine; settings see to that."""

    def __init__(self, url: str, patience: float = PATIENCE) -> None:
        parts = urlsplit(url)
        self._host, self._patience = parts.hostname or "", patience
        self._implicit = parts.scheme == "imaps"
        self._port = parts.port or (993 if self._implicit else 143)
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._folder = unquote(parts.path.lstrip("/")) or "INBOX"

    def visit(self, take: Callable[[bytes], bool]) -> int:
        """Gives each unread message to `take`; what it took is removed, the rest is marked as read
        and left for people. What is larger than a report is left unopened. How many there were.

        Raises MailboxRefused, OSError, imaplib.IMAP4.error.
        """
        peer = self._connect()
        try:
            peer.login(self._user, self._password)
            _good(peer.select(f'"{self._folder}"'))
            numbers = _good(peer.uid("SEARCH", "UNSEEN"))[0].split()[:BATCH]
            for number in numbers:
                self._one(peer, number.decode("ascii"), take)
            if numbers:
                _good(peer.expunge())
        finally:
            peer.shutdown()
        return len(numbers)

    def _one(self, peer: imaplib.IMAP4, number: str, take: Callable[[bytes], bool]) -> None:
        size = _SIZE.search(b" ".join(_flat(_good(peer.uid("FETCH", number, "(RFC822.SIZE)")))))
        taken = False
        if size is not None and int(size.group(1)) <= LARGEST:
            answer = _good(peer.uid("FETCH", number, "(BODY.PEEK[])"))
            octets = next((part[1] for part in answer if isinstance(part, tuple)), b"")
            taken = take(octets)
        mark = r"(\Seen \Deleted)" if taken else r"(\Seen)"
        _good(peer.uid("STORE", number, "+FLAGS", mark))

    def _connect(self) -> imaplib.IMAP4:
        if self._implicit:
            context = ssl.create_default_context()
            return imaplib.IMAP4_SSL(
                self._host, self._port, ssl_context=context, timeout=self._patience
            )
        return imaplib.IMAP4(self._host, self._port, timeout=self._patience)


def _good(answer: tuple[str, list[Any]]) -> list[Any]:
    said, data = answer
    if said != "OK":
        raise MailboxRefused(said)
    return data


def _flat(data: list[Any]) -> list[bytes]:
    return [one for part in data for one in (part if isinstance(part, tuple) else (part,))
            if isinstance(one, bytes)]  # fmt: skip
