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
from webapp.numbers import asked_page
from webapp.runtime import the_market

blueprint = Blueprint("development", __name__, url_prefix="/dev")
NEWEST: Final = 200
"""How many are looked into; what is older stays in its folder."""
PAGE: Final = 20


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
    """A page of the newest letters, of one recipient where the address names a part of theirs."""
    to, page = request.args.get("to", "").strip(), asked_page()
    fitting = [one for one in letters if to.lower() in str(one["to"]).lower()]
    shown = fitting[PAGE * (page - 1) : PAGE * page]
    view = {"to": to, "kept": kept, "read": len(letters), "total": len(fitting)}
    return render_template(
        "account/outbox.html", letters=shown, kind=kind, page=page, size=PAGE, **view
    )


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
