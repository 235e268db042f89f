"""Passkeys: what a browser is to sign, and the answer as sign-in, second step or fresh proof."""

from __future__ import annotations

from typing import Final, get_args

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.codes import hash_token, new_session_token
from accounts.errors import TooManyAttempts
from accounts.factors.actions.add_passkey import add_passkey
from accounts.factors.actions.ask_passkey import ask_passkey
from accounts.factors.actions.enter_with_passkey import enter_with_passkey
from accounts.factors.actions.finish_sign_in import finish_sign_in
from accounts.factors.actions.name_passkey import name_passkey
from accounts.factors.actions.prove_with_passkey import prove_with_passkey
from accounts.factors.actions.remove_passkey import remove_passkey
from accounts.factors.passkeys import PasskeyAnswer, Purpose
from accounts.limits import count_request, fingerprint
from accounts.results import CodesMade
from core.actor import ANONYMOUS
from core.errors import NotFound
from core.i18n import N_
from webapp import sessions
from webapp.access import PERSON, PUBLIC, access
from webapp.forms.account import SignInForm
from webapp.forms.security import (
    AgainForm,
    NewPasskeyForm,
    PasskeyForm,
    PasskeyNameForm,
    SecondForm,
)
from webapp.language import page_language, plain
from webapp.market import Market
from webapp.runtime import the_market
from webapp.views.account.security import show_once

blueprint = Blueprint("passkeys", __name__)
ASKED_A_MINUTE: Final = 60
"""Challenges that one address may ask for; each is a row."""


@blueprint.post("/passkeys/ask/<purpose>")
@access(PUBLIC, of="purpose")
def ask(purpose: Purpose) -> ResponseReturnValue:
    """JSON for the browser's own dialogue; which challenge it was stands in the cookie."""
    market = the_market()
    if purpose not in get_args(Purpose):
        raise NotFound
    subject = fingerprint(f"passkey:{request.remote_addr}")
    if count_request(market.database, subject, ASKED_A_MINUTE).exceeded:
        raise TooManyAttempts(minutes=1)
    actor = sessions.need_fresh() if purpose == "add" else sessions.current_actor()
    name = Market.of(market.settings).name(page_language())
    asked = market.executor.run(actor, ask_passkey, purpose, hash_token(sessions.half()), name)
    sessions.keep_asked(asked.challenge)
    return Response(asked.options, mimetype="application/json")


def _answer(form: PasskeyForm) -> PasskeyAnswer:
    return PasskeyAnswer(sessions.asked(), form.answer.data)


@blueprint.post("/sign-in/passkey")
@access(PUBLIC)
def enter() -> ResponseReturnValue:
    form, token, run = PasskeyForm(), new_session_token(), the_market().executor.run
    typed = (hash_token(token), sessions.agent(), sessions.origin(), sessions.network())
    opened = form.accepted(lambda: run(ANONYMOUS, enter_with_passkey, _answer(form), *typed))
    if opened is None:
        view = {"form": SignInForm(formdata=None), "passkey": form}
        return render_template("account/sign_in.html", **view), form.status
    sessions.enter(token)
    return redirect(sessions.safe_next(request.args.get("next")))


@blueprint.post("/sign-in/second/passkey")
@access(PUBLIC)
def second() -> ResponseReturnValue:
    form, token, half = PasskeyForm(), new_session_token(), sessions.half()
    if not half:
        return redirect(url_for("doors.enter", next=request.args.get("next")))
    run, whence = the_market().executor.run, (sessions.agent(), sessions.origin())
    typed = (hash_token(token), *whence, sessions.network())
    opened = form.accepted(
        lambda: run(ANONYMOUS, finish_sign_in, hash_token(half), _answer(form), *typed)
    )
    if opened is None:
        view = {"form": SecondForm(formdata=None), "passkey": form}
        return render_template("account/second.html", **view), form.status
    sessions.enter(token)
    return redirect(sessions.safe_next(request.args.get("next")))


@blueprint.post("/sign-in/again/passkey")
@access(PERSON)
def prove() -> ResponseReturnValue:
    actor, form, signed = sessions.need_person(), PasskeyForm(), sessions.current_session()
    run, session = the_market().executor.run, signed.session if signed else ""
    done = form.accepted(
        lambda: run(actor, prove_with_passkey, session, _answer(form), sessions.origin())
    )
    if done is None:
        view = {"form": AgainForm(formdata=None), "passkey": form}
        return render_template("account/again.html", **view), form.status
    return redirect(sessions.safe_next(request.args.get("next"), "/account"))


@blueprint.route("/account/security/passkeys/new", methods=["GET", "POST"])
@access(PERSON, post=PERSON, fresh=True)
def add() -> ResponseReturnValue:
    actor, form, signed = sessions.need_person(), NewPasskeyForm(), sessions.current_session()
    run, keep = the_market().executor.run, signed.session if signed else None
    done = form.accepted(lambda: run(actor, add_passkey, _answer(form), form.name.data, keep))
    if done is None:
        return render_template("account/passkey_new.html", form=form), form.status
    flash(plain(N_("The passkey is set up.")), "done")
    if isinstance(done, CodesMade) and done.codes:
        return show_once(done.codes)
    return redirect(url_for("security.show"))


@blueprint.post("/account/security/passkeys/<passkey>/name")
@access(PERSON, of="passkey")
def rename(passkey: str) -> ResponseReturnValue:
    form, run = PasskeyNameForm(), the_market().executor.run
    actor = sessions.need_person()
    if form.accepted(lambda: run(actor, name_passkey, passkey, form.name.data)):
        flash(plain(N_("The name was changed.")), "done")
    else:
        flash(plain(N_("The name was not changed: write one of at most 60 characters.")), "due")
    return redirect(url_for("security.show"))


@blueprint.post("/account/security/passkeys/<passkey>/remove")
@access(PERSON, of="passkey", fresh=True)
def remove(passkey: str) -> ResponseReturnValue:
    the_market().executor.run(sessions.need_person(), remove_passkey, passkey)
    flash(plain(N_("The passkey was removed. It opens nothing here any more.")), "done")
    return redirect(url_for("security.show"))
