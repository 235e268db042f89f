"""Signing up, proving a contact, signing in and out, setting a new password."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from accounts.actions.confirm_contact import confirm_contact
from accounts.actions.finish_reset import finish_reset
from accounts.actions.revoke_session import revoke_session
from accounts.actions.sign_in import sign_in
from accounts.actions.sign_up import sign_up
from accounts.actions.start_reset import start_reset
from accounts.codes import hash_token, new_session_token
from accounts.contacts import read_contact
from accounts.factors.actions.finish_sign_in import finish_sign_in
from accounts.results import SecondNeeded
from core.actor import ANONYMOUS
from core.i18n import N_
from core.ids import show
from webapp import sessions
from webapp.access import PUBLIC, access
from webapp.forms.account import CodeForm, ForgottenForm, ResetForm, SignInForm, SignUpForm
from webapp.forms.security import PasskeyForm, SecondForm
from webapp.language import page_language, plain
from webapp.presenters.accounts import (
    alike_name,
    document_name,
    kind_name,
    mark_names,
    role_name,
    source_name,
)
from webapp.runtime import the_market

blueprint = Blueprint("doors", __name__)
blueprint.add_app_template_global(role_name, "role_name")
blueprint.add_app_template_global(kind_name, "kind_name")
for named in (mark_names, document_name, source_name, alike_name):
    blueprint.add_app_template_global(named, named.__name__)
blueprint.add_app_template_global(show, "shown")
_NEXT, _SENT_TO = "next", "sent_to"


@blueprint.app_template_global()
def dev_post() -> bool:
    """Are letters kept on this machine, to be looked at under /dev?"""
    return the_market().settings.demo


def remember(contact: str) -> None:
    """To whom a code went, for the page that asks for it."""
    found = read_contact(contact)
    session[_SENT_TO] = found.masked() if found else ""


def keep_next(target: str) -> None:
    """Where the proof of a contact leads."""
    session[_NEXT] = target


@blueprint.route("/sign-in", methods=["GET", "POST"])
@access(PUBLIC, post=PUBLIC)
def enter() -> ResponseReturnValue:
    form, token = SignInForm(), new_session_token()
    target = sessions.safe_next(request.args.get("next"))
    if sessions.current_actor().kind == "person":
        return redirect(target)
    typed = (form.contact.data, form.password.data, hash_token(token))
    run = the_market().executor.run
    opened = form.accepted(lambda: run(ANONYMOUS, sign_in, *typed, *_whence()))
    if opened is None:
        view = {"form": form, "passkey": PasskeyForm(formdata=None)}
        return render_template("account/sign_in.html", **view), form.status
    if isinstance(opened, SecondNeeded):
        sessions.keep_half(token)
        return redirect(url_for(".second", next=request.args.get("next")))
    sessions.enter(token)
    return redirect(target)


@blueprint.route("/sign-in/second", methods=["GET", "POST"])
@access(PUBLIC, post=PUBLIC)
def second() -> ResponseReturnValue:
    form, token, half = SecondForm(), new_session_token(), sessions.half()
    if not half:
        return redirect(url_for(".enter", next=request.args.get("next")))
    typed = (hash_token(half), form.code.data, hash_token(token))
    run = the_market().executor.run
    opened = form.accepted(lambda: run(ANONYMOUS, finish_sign_in, *typed, *_whence()))
    if opened is None:
        view = {"form": form, "passkey": PasskeyForm(formdata=None)}
        return render_template("account/second.html", **view), form.status
    sessions.enter(token)
    return redirect(sessions.safe_next(request.args.get("next")))


def _whence() -> tuple[str, str, str]:
    """What a session remembers of the browser, and what limits count it by."""
    return sessions.agent(), sessions.origin(), sessions.network()


@blueprint.post("/sign-out")
@access(PUBLIC)
def leave() -> ResponseReturnValue:
    signed = sessions.current_session()
    if signed is not None:
        actor = sessions.current_actor()
        the_market().executor.run(actor, revoke_session, signed.session)
    sessions.leave()
    flash(plain(N_("You are signed out on this device.")), "done")
    return redirect(sessions.safe_next("/"))


@blueprint.route("/sign-up", methods=["GET", "POST"])
@access(PUBLIC, post=PUBLIC)
def join() -> ResponseReturnValue:
    form = SignUpForm()
    typed = (form.contact.data, form.name.data, form.password.data, page_language())
    run = the_market().executor.run
    asked = form.accepted(lambda: run(ANONYMOUS, sign_up, *typed, origin=sessions.origin()))
    if asked is None:
        return render_template("account/sign_up.html", form=form), form.status
    remember(form.contact.data)
    keep_next(request.args.get("next", ""))
    return redirect(url_for(".confirm", challenge=asked.ref))


@blueprint.route("/confirm/<challenge>", methods=["GET", "POST"])
@access(PUBLIC, post=PUBLIC, of="challenge")
def confirm(challenge: str) -> ResponseReturnValue:
    form, token = CodeForm(), new_session_token()
    run = the_market().executor.run
    typed = (challenge, form.code.data, hash_token(token), *_whence())
    opened = form.accepted(lambda: run(ANONYMOUS, confirm_contact, *typed))
    if opened is None:
        sent_to = session.get(_SENT_TO, "")
        return render_template("account/confirm.html", form=form, sent_to=sent_to), form.status
    target = sessions.safe_next(session.get(_NEXT) or "/organisations/choose")
    sessions.enter(token)
    return redirect(target)


@blueprint.route("/forgotten", methods=["GET", "POST"])
@access(PUBLIC, post=PUBLIC)
def forgotten() -> ResponseReturnValue:
    form = ForgottenForm()
    run = the_market().executor.run
    asked = form.accepted(lambda: run(ANONYMOUS, start_reset, form.contact.data, sessions.origin()))
    if asked is None:
        return render_template("account/forgotten.html", form=form), form.status
    remember(form.contact.data)
    return redirect(url_for(".reset", challenge=asked.ref))


@blueprint.route("/reset/<challenge>", methods=["GET", "POST"])
@access(PUBLIC, post=PUBLIC, of="challenge")
def reset(challenge: str) -> ResponseReturnValue:
    form = ResetForm()
    run = the_market().executor.run
    typed = (challenge, form.code.data, form.password.data, sessions.origin())
    done = form.accepted(lambda: run(ANONYMOUS, finish_reset, *typed))
    if done is None:
        sent_to = session.get(_SENT_TO, "")
        return render_template("account/reset.html", form=form, sent_to=sent_to), form.status
    flash(plain(N_("The new password holds. Every session was ended; sign in with it.")), "done")
    return redirect(url_for(".enter"))
