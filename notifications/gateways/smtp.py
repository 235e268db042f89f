"""SMTP, by `smtp://user:password@host:587` (STARTTLS) or `smtps://…:465`."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from typing import Final
from urllib.parse import unquote, urlsplit

from notifications.gateways.folder import build
from notifications.gateways.port import AddressRefused, Text

PATIENCE: Final = 20.0
_PERMANENT: Final = 500
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class Smtp:
    """One connection per letter: letters are few, and a stale connection would lose one.

    TLS is demanded of every peer that is not on this machine. `returns` gives the address that the
    letter of a number comes back to; without it that is the sender's.
    """

    def __init__(
        self,
        url: str,
        sender: str,
        patience: float = PATIENCE,
        returns: Callable[[int], str] | None = None,
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise ValueError("QIAOYI_SMTP_URL must look like smtp://user:password@host:587")
        self._sender, self._host, self._patience = sender, parts.hostname, patience
        self._returns = returns
        self._implicit = parts.scheme == "smtps"
        self._port = parts.port or (465 if self._implicit else 587)
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")

    def send(self, number: int, address: str, text: Text) -> None:
        """A 5xx answer to the recipient is for good; every other one may be better later."""
        mail = build(number, self._sender, address, text)
        with self._connect() as peer:
            if self._user:
                peer.login(self._user, self._password)
            back = self._returns(number) if self._returns else None
            try:
                peer.send_message(mail, from_addr=back)
            except smtplib.SMTPRecipientsRefused as refused:
                code = next(iter(refused.recipients.values()))[0]
                if code >= _PERMANENT:
                    raise AddressRefused from refused
                raise

    def forget(self, number: int) -> None:
        """Nothing is kept here."""

    def _connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self._implicit:
            return smtplib.SMTP_SSL(self._host, self._port, timeout=self._patience, context=context)
        peer = smtplib.SMTP(self._host, self._port, timeout=self._patience)
        if self._host not in _LOOPBACK:
            peer.starttls(context=context)
        return peer
