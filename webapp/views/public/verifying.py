"""How anybody checks a sealed file without this market: the program, and the market's key."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from core import verify
from core.audit import public_key, signing_key
from webapp.access import PUBLIC, access
from webapp.downloads import attachment
from webapp.runtime import the_market

blueprint = Blueprint("verifying", __name__)


@blueprint.get("/verify")
@access(PUBLIC)
def page() -> str:
    key = public_key(signing_key(the_market().settings.secret().encode()))
    return render_template("public/verify.html", key=key)


@blueprint.get("/verify/verify.py")
@access(PUBLIC)
def program() -> ResponseReturnValue:
    return attachment(Path(verify.__file__), "verify.py")
