"""The embedded outbox: letters and text messages that a demo on this machine did not send, and what
its people's telephones would show.

Not there in production, nor where the market is open to other machines.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from accounts.factors.queries import apps_in_force
from core.errors import NotFound
from webapp.access import Gate, access
from webapp.numbers import asked_page
from webapp.presenters.factors import development_codes
from webapp.runtime import the_market

blueprint = Blueprint("development", __name__, url_prefix="/dev")
NEWEST: Final = 200
"""How many are looked into; what is older stays in its folder."""
PAGE: Final = 20


def _near() -> None:
    """Raises NotFound to everybody but a visitor from this very machine, in a demo."""
    address = request.remote_addr or ""
    near = address in {"", "localhost"} or ip_address(address).is_loopback
    if not the_market().settings.demo or not near:
        raise NotFound


DEMO: Final = Gate("demo", _near)


def _files(name: str, ending: str) -> list[Path]:
    return sorted((the_market().settings.data_dir / name).glob(f"*.{ending}"), reverse=True)


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
@access(DEMO)
def mail() -> ResponseReturnValue:
    files = _files("mail", "eml")
    letters = []
    for path in files[:NEWEST]:
        one = message_from_bytes(path.read_bytes(), policy=default)
        letters.append(
            {
                "to": one["To"],
                "subject": one["Subject"],
                "text": _part(one, "plain"),
                "number": int(path.stem),
                "at": _written(path),
            }
        )
    return _page("mail", letters, len(files))


@blueprint.get("/mail/<int:number>")
@access(DEMO, of="letter")
def letter(number: int) -> ResponseReturnValue:
    """One letter: its heads, the text, and the HTML part as source, which runs nowhere here."""
    path = the_market().settings.data_dir / "mail" / f"{number:09}.eml"
    if not path.exists():
        raise NotFound
    one = message_from_bytes(path.read_bytes(), policy=default)
    view = {"text": _part(one, "plain"), "html": _part(one, "html"), "subject": one["Subject"]}
    return render_template("account/letter.html", heads=one.items(), **view)


def _part(mail: EmailMessage, kind: str) -> str:
    found = mail.get_body((kind,))
    return str(found.get_content()).strip() if found is not None else ""


@blueprint.get("/sms")
@access(DEMO)
def sms() -> ResponseReturnValue:
    files = _files("sms", "json")
    letters = [
        {**json.loads(path.read_text(encoding="utf-8")), "at": _written(path)}
        for path in files[:NEWEST]
    ]
    return _page("sms", letters, len(files))


@blueprint.get("/codes")
@access(DEMO)
def codes() -> ResponseReturnValue:
    market = the_market()
    with market.database.read() as session:
        apps, now = apps_in_force(session), market.database.now(session)
    shown = development_codes(apps, market.executor.ports.secret, now)
    return render_template("account/dev_codes.html", codes=shown)
