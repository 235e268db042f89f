"""The embedded outbox: letters become files, shown at /dev/mail and /dev/sms."""

from __future__ import annotations

import json
from email.message import EmailMessage
from email.policy import SMTPUTF8
from pathlib import Path

from notifications.gateways.port import Text


def build(number: int, sender: str, address: str, text: Text) -> EmailMessage:
    """One mail, plain and in HTML; its Message-ID is the dispatch's, so a repetition is seen as
    one. RFC 8058 headers let a mail program unsubscribe with one click."""
    mail = EmailMessage(policy=SMTPUTF8)
    mail["From"], mail["To"], mail["Subject"] = sender, address, text.subject
    mail["Message-ID"] = f"<dispatch-{number}@{sender.rpartition('@')[2] or 'localhost'}>"
    mail["Auto-Submitted"] = "auto-generated"
    if text.unsubscribe:
        mail["List-Unsubscribe"] = f"<{text.unsubscribe}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(text.body)
    if text.html:
        mail.add_alternative(text.html, subtype="html")
    return mail


class MailFolder:
    """Writes `<number>.eml`; the same number overwrites, so nothing is kept twice."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder, self._sender = folder, sender

    def send(self, number: int, address: str, text: Text) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        mail = build(number, self._sender, address, text)
        (self._folder / f"{number:09}.eml").write_bytes(mail.as_bytes())

    def forget(self, number: int) -> None:
        (self._folder / f"{number:09}.eml").unlink(missing_ok=True)


class SmsFolder:
    """Writes `<number>.json` with address and text."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, number: int, address: str, text: Text) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        said = json.dumps({"to": address, "text": text.body}, ensure_ascii=False)
        (self._folder / f"{number:09}.json").write_text(said, encoding="utf-8")

    def forget(self, number: int) -> None:
        (self._folder / f"{number:09}.json").unlink(missing_ok=True)
