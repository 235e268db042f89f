"""Reads the mailbox that letters come back to."""

from __future__ import annotations

import imaplib
import time
from collections.abc import Callable
from typing import Final

import structlog

from notifications.gateways.mailbox import Mailbox, MailboxRefused
from notifications.reports import Said
from notifications.returns import UNKNOWN, Returns

EVERY: Final = 60.0
"""Seconds between two visits."""
_LEFT: Final = frozenset({UNKNOWN, Said.NOTHING.value})
"""What people may want to read."""
log = structlog.get_logger()


class ReadReturns:
    """A task of the worker. Two processes that read one mailbox count no letter twice: a letter
    that came back is written down once, whoever says so."""

    def __init__(
        self, mailbox: Mailbox, returns: Returns, tick: Callable[[], float] = time.monotonic
    ) -> None:
        self._mailbox, self._returns, self._tick = mailbox, returns, tick
        self._next_visit = 0.0

    def __call__(self) -> int:
        """Visits if it is time to; always 0: what is left over waits for the next visit."""
        if self._tick() < self._next_visit:
            return 0
        self._next_visit = self._tick() + EVERY
        try:
            self._mailbox.visit(lambda raw: self._returns.take(raw) not in _LEFT)
        except (MailboxRefused, OSError, imaplib.IMAP4.error) as error:
            log.warning("return mailbox", error=type(error).__name__)
        return 0
