"""Showing again who one is, before a step that weighs much."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from accounts.actions.prove_again import prove_again
from accounts.actions.take_form import take_form
from accounts.sessions import current_credential
from accounts.sign_on.queries import proving
from webapp import sessions
from webapp.access import PERSON, access
from webapp.forms.security import AgainForm, PasskeyForm
from webapp.language import page_language
from webapp.runtime import the_market

blueprint = Blueprint("again", __name__)


@blueprint.route("/sign-in/again", methods=["GET", "POST"])
@access(PERSON, post=PERSON)
def prove() -> ResponseReturnValue:
    actor, form = sessions.need_person(), AgainForm()
    signed = sessions.current_session()
    typed = (signed.session if signed else "", form.old.data, sessions.origin())
    run = the_market().executor.run
    if form.accepted(lambda: run(actor, prove_again, *typed)) is None:
        person = actor.person or ""
        with the_market().database.read() as session:
            there = proving(session, person, page_language())
            password = current_credential(session, person) is not None
        view = {"form": form, "passkey": PasskeyForm(formdata=None), "password": password}
        view["institutions"] = there
        return render_template("account/again.html", **view), form.status
    return redirect(sessions.safe_next(request.args.get("next"), "/account"))


@blueprint.get("/sign-in/again/kept/<kept>")
@access(PERSON, of="kept form", fresh=True)
def kept(kept: str) -> ResponseReturnValue:
    """What was filled in before the proof, to be sent by one more press. Shown once."""
    actor, signed = sessions.need_person(), sessions.current_session()
    run = the_market().executor.run
    form = run(actor, take_form, kept, signed.session if signed else "")
    return render_template("account/kept.html", kept=form)
