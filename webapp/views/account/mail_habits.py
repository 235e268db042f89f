"""How a person wants their mail; and stopping it from a letter, without signing in."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from core.actor import ANONYMOUS, Actor
from core.errors import NotFound
from core.i18n import N_
from notifications.actions.choose_mail import choose_mail
from notifications.actions.retry_address import retry_address
from notifications.actions.unsubscribe import unsubscribe
from notifications.habits import GROUPS
from notifications.queries import mail_settings
from notifications.unsubscribing import read_unsubscribe
from webapp import sessions
from webapp.access import PERSON, PUBLIC, access
from webapp.forms.account import ActForm
from webapp.forms.mail_habits import MailForm
from webapp.language import plain
from webapp.runtime import the_market

blueprint = Blueprint("mail_habits", __name__)


def _page(actor: Actor, form: MailForm | None) -> ResponseReturnValue:
    with the_market().database.read() as session:
        seen = mail_settings(session, actor.person or "")
    shown, act = form or MailForm.of(seen.habits), ActForm(formdata=None)
    return render_template(
        "account/mail_habits.html", form=shown, bounces=seen.bounces, act=act
    ), shown.status


@blueprint.get("/account/notifications")
@access(PERSON)
def show() -> ResponseReturnValue:
    return _page(sessions.need_person(), None)


@blueprint.post("/account/notifications")
@access(PERSON)
def save() -> ResponseReturnValue:
    actor, form = sessions.need_person(), MailForm()
    run = the_market().executor.run
    if form.accepted(lambda: run(actor, choose_mail, form.rhythms, *form.hours)) is None:
        return _page(actor, form)
    flash(plain(N_("Saved.")), "done")
    return redirect(url_for(".show"))


@blueprint.post("/account/notifications/address")
@access(PERSON)
def try_address() -> ResponseReturnValue:
    the_market().executor.run(sessions.need_person(), retry_address)
    flash(plain(N_("A letter tries the address; if it is refused, this page says so.")), "done")
    return redirect(url_for(".show"))


@blueprint.get("/unsubscribe/<token>")
@access(PUBLIC, of="person")
def ask(token: str) -> ResponseReturnValue:
    """Mail programs open links by themselves, so a GET changes nothing."""
    found = read_unsubscribe(the_market().executor.ports.secret, token)
    if found is None:
        raise NotFound
    return render_template("account/unsubscribe.html", group=GROUPS[found[1]], done=False)


@blueprint.post("/unsubscribe/<token>")
@access(PUBLIC, of="person")
def stop(token: str) -> ResponseReturnValue:
    """From the button, or from a mail program that sends one click (RFC 8058)."""
    done = the_market().executor.run(ANONYMOUS, unsubscribe, token)
    return render_template("account/unsubscribe.html", group=GROUPS[done.ref], done=True)


@blueprint.record_once
def _without_form_token(state: BlueprintSetupState) -> None:
    """A mail program has no form of ours; the signed token in the address is the permission."""
    state.app.extensions["csrf"].exempt(stop)
