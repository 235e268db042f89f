"""One's mail addresses and mobile numbers: a second one keeps the way into the account open."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.actions.add_contact import add_contact
from accounts.actions.prove_contact import prove_contact
from accounts.actions.remove_contact import remove_contact
from accounts.contacts import Contact
from accounts.queries import proven_contacts
from core.actor import Actor
from core.i18n import N_
from webapp import sessions
from webapp.access import PERSON, access
from webapp.forms.account import ActForm, CodeForm
from webapp.forms.security import ContactForm
from webapp.language import plain
from webapp.runtime import the_market

blueprint = Blueprint("contacts", __name__, url_prefix="/account/contacts")


def _page(actor: Actor, form: ContactForm) -> ResponseReturnValue:
    who = actor.person or ""
    with the_market().database.read() as session:
        points = proven_contacts(session, [who]).get(who, [])
    lines = [(point, Contact(point.kind, point.value)) for point in points]
    return render_template("account/contacts.html", lines=lines, form=form, act=ActForm()), (
        form.status
    )


@blueprint.get("")
@access(PERSON)
def show() -> ResponseReturnValue:
    return _page(sessions.need_person(), ContactForm(formdata=None))


@blueprint.post("")
@access(PERSON, fresh=True)
def add() -> ResponseReturnValue:
    actor, form, run = sessions.need_person(), ContactForm(), the_market().executor.run
    typed = (form.contact.data or "", sessions.origin())
    asked = form.accepted(lambda: run(actor, add_contact, *typed))
    if asked is None:
        return _page(actor, form)
    return redirect(url_for(".prove", challenge=asked.ref))


@blueprint.route("/prove/<challenge>", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="challenge")
def prove(challenge: str) -> ResponseReturnValue:
    actor, form, run = sessions.need_person(), CodeForm(), the_market().executor.run
    typed = (challenge, form.code.data or "", sessions.origin())
    if form.accepted(lambda: run(actor, prove_contact, *typed)) is None:
        return render_template("account/confirm.html", form=form, sent_to=""), form.status
    flash(plain(N_("Proven. A new password can be set through it, too.")), "done")
    return redirect(url_for(".show"))


@blueprint.post("/<contact>/remove")
@access(PERSON, of="contact", fresh=True)
def remove(contact: str) -> ResponseReturnValue:
    the_market().executor.run(sessions.need_person(), remove_contact, contact)
    flash(plain(N_("Removed. It proves nothing any more.")), "done")
    return redirect(url_for(".show"))
