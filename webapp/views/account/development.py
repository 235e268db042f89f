"""The embedded outbox: letters and text messages that a demo on this machine did not send.

Not there in production, nor where the market is open to other machines.
"""

from __future__ import annotations

import json
from email import message_from_bytes
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from core.errors import NotFound
from webapp.runtime import the_market

blueprint = Blueprint("development", __name__, url_prefix="/dev")
NEWEST: Final = 50


def _folder(name: str) -> Path:
    """Raises NotFound to everybody but a visitor from this very machine, in a demo."""
    settings = the_market().settings
    address = request.remote_addr or ""
    near = address in {"", "localhost"} or ip_address(address).is_loopback
    if not settings.demo or not near:
        raise NotFound
    return settings.data_dir / name


def _newest(name: str, ending: str) -> list[Path]:
    return sorted(_folder(name).glob(f"*.{ending}"), reverse=True)[:NEWEST]


@blueprint.get("/mail")
def mail() -> ResponseReturnValue:
    read = [
        message_from_bytes(path.read_bytes(), policy=default) for path in _newest("mail", "eml")
    ]
    letters = [
        {
            "to": one["To"],
            "subject": one["Subject"],
            "text": one.get_content(),
        }
        for one in read
    ]
    return render_template("account/outbox.html", letters=letters, kind="mail")


@blueprint.get("/sms")
def sms() -> ResponseReturnValue:
    letters = [json.loads(path.read_text(encoding="utf-8")) for path in _newest("sms", "json")]
    return render_template("account/outbox.html", letters=letters, kind="sms")
