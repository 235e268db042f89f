"""The embedded outbox: letters become files, shown at /dev/mail and /dev/sms."""

from __future__ import annotations

import json
from email.message import EmailMessage
from email.policy import SMTPUTF8
from pathlib import Path


def build(number: int, sender: str, address: str, subject: str, body: str) -> EmailMessage:
    """One plain-text mail; its Message-ID is the dispatch's, so a repetition is seen as one."""
    mail = EmailMessage(policy=SMTPUTF8)
    mail["From"], mail["To"], mail["Subject"] = sender, address, subject
    mail["Message-ID"] = f"<dispatch-{number}@{sender.rpartition('@')[2] or 'localhost'}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(body)
    return mail


class MailFolder:
    """Writes `<number>.eml`; the same number overwrites, so nothing is kept twice."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder, self._sender = folder, sender

    def send(self, number: int, address: str, subject: str, body: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        mail = build(number, self._sender, address, subject, body)
        (self._folder / f"{number:09}.eml").write_bytes(mail.as_bytes())


class SmsFolder:
    """Writes `<number>.json` with address and text."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, number: int, address: str, subject: str, body: str) -> None:  # noqa: ARG002
        self._folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"to": address, "text": body}, ensure_ascii=False)
        (self._folder / f"{number:09}.json").write_text(text, encoding="utf-8")
