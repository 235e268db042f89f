"""The embedded outbox: letters and text messages that a demo on this machine did not send.

Not there in production, nor where the market is open to other machines.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final

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


def _files(name: str, ending: str) -> list[Path]:
    return sorted(_folder(name).glob(f"*.{ending}"), reverse=True)


def _page(kind: str, letters: list[dict[str, Any]], kept: int) -> ResponseReturnValue:
    """The newest letters, of one recipient where the address names a part of theirs."""
    to = request.args.get("to", "").strip()
    fitting = [one for one in letters if to.lower() in str(one["to"]).lower()]
    view = {"kind": kind, "to": to, "kept": kept, "read": len(letters)}
    return render_template("account/outbox.html", letters=fitting, **view)


def _written(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


@blueprint.get("/mail")
def mail() -> ResponseReturnValue:
    files = _files("mail", "eml")
    letters = []
    for path in files[:NEWEST]:
        one = message_from_bytes(path.read_bytes(), policy=default)
        letters.append(
            {
                "to": one["To"],
                "subject": one["Subject"],
                "text": one.get_content().strip(),
                "at": _written(path),
            }
        )
    return _page("mail", letters, len(files))


@blueprint.get("/sms")
def sms() -> ResponseReturnValue:
    files = _files("sms", "json")
    letters = [
        {**json.loads(path.read_text(encoding="utf-8")), "at": _written(path)}
        for path in files[:NEWEST]
    ]
    return _page("sms", letters, len(files))
