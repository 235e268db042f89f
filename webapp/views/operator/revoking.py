"""The operator signs a person, or everybody of an organisation, out everywhere."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.actions.revoke_organisation import revoke_organisation
from accounts.actions.revoke_person import revoke_person
from accounts.console import held_access
from core.errors import NotFound
from core.i18n import N_
from core.ids import parse
from webapp import sessions
from webapp.access import OPERATE, access
from webapp.forms.account import ActForm
from webapp.language import page_language, plain
from webapp.runtime import the_market

blueprint = Blueprint("revoking", __name__, url_prefix="/operator/revoke")
_ACTIONS = {"person": revoke_person, "organisation": revoke_organisation}


@blueprint.route("/<whom>", methods=["GET", "POST"])
@access(OPERATE, post=OPERATE, of="person or organisation", fresh="post")
def ask(whom: str) -> ResponseReturnValue:
    kind, id = parse(whom) or ("", "")
    if kind not in _ACTIONS:
        raise NotFound(ref=whom)
    if request.method == "POST":
        the_market().executor.run(sessions.need_person(), _ACTIONS[kind], id)
        flash(plain(N_("Every session and access token was ended; the people are told.")), "done")
        if sessions.is_over():
            sessions.leave()
            return redirect(url_for("doors.enter"))
        return redirect(url_for(".ask", whom=whom))
    database = the_market().database
    with database.read() as session:
        held = held_access(session, page_language(), kind, id, database.now(session))
    view = {"held": held, "kind": kind, "person": whom if kind == "person" else ""}
    return render_template("operator/revoke.html", act=ActForm(), **view)
