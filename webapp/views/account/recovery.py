"""Who lost every second factor asks the operator; who did not ask stops it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.codes import hash_token
from accounts.recovery.actions.ask_recovery import ask_recovery
from accounts.recovery.actions.stop_recovery import stop_recovery
from accounts.recovery.queries import own_recovery, recovery_of
from core.actor import ANONYMOUS
from core.errors import NotFound
from core.i18n import N_
from webapp import sessions
from webapp.access import PERSON, PUBLIC, access
from webapp.forms.account import ActForm
from webapp.forms.security import LostForm
from webapp.language import plain
from webapp.runtime import the_market

blueprint = Blueprint("recovery", __name__)


@blueprint.route("/sign-in/second/lost", methods=["GET", "POST"])
@access(PUBLIC, post=PUBLIC)
def lost() -> ResponseReturnValue:
    form, half = LostForm(), sessions.half()
    if not half:
        return redirect(url_for("doors.enter"))
    typed = (hash_token(half), form.note.data or "", sessions.origin())
    run = the_market().executor.run
    if form.accepted(lambda: run(ANONYMOUS, ask_recovery, *typed)) is None:
        return render_template("account/lost.html", form=form), form.status
    flash(plain(N_("With the operator. You hear of it at every contact of yours.")), "done")
    return redirect(url_for("doors.enter"))


@blueprint.route("/recovery/<token>", methods=["GET", "POST"])
@access(PUBLIC, post=PUBLIC, of="recovery")
def letter(token: str) -> ResponseReturnValue:
    """The link of the letter shows a button: programs that look into mail stop nothing."""
    form, market = ActForm(), the_market()
    with market.database.read() as session:
        row, name = recovery_of(session, market.executor.ports.secret, token)
    run = market.executor.run
    if form.accepted(lambda: run(ANONYMOUS, stop_recovery, row.id, token)) is None:
        return render_template("account/recovery.html", form=form, row=row, name=name), form.status
    flash(plain(N_("Stopped. Nothing was changed; set a new password now.")), "done")
    return redirect(url_for("doors.forgotten"))


@blueprint.post("/account/security/recovery/stop")
@access(PERSON)
def stop() -> ResponseReturnValue:
    actor, market = sessions.need_person(), the_market()
    with market.database.read() as session:
        row = own_recovery(session, actor)
    if row is None:
        raise NotFound
    market.executor.run(actor, stop_recovery, row.id)
    flash(plain(N_("Stopped. Nothing was changed; set a new password now.")), "done")
    return redirect(url_for("security.show"))
