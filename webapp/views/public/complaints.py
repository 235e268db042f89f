"""Anyone reports what is public, follows their complaint by its link, and reads the outcomes."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from core.errors import NotFound
from core.ids import parse, ref
from core.results import Done
from governance import queries
from governance.actions.note_suit import note_suit
from governance.actions.send_complaint import send_complaint
from governance.actions.withdraw_complaint import withdraw_complaint
from governance.complaining import complaint_of_token, complaint_token
from governance.rules import ABOUT, Notice
from governance.subjects import subject, subject_titles
from webapp.access import PUBLIC, access
from webapp.forms.complaints import KIND_NAMES, ComplaintForm, SuitForm, WithdrawForm
from webapp.language import gettext as _
from webapp.language import page_language
from webapp.numbers import asked_page
from webapp.presenters.showing import local_url
from webapp.presenters.trail import word_of
from webapp.runtime import the_market
from webapp.sessions import current_actor, origin

blueprint = Blueprint("reports", __name__)


@blueprint.route("/report/<shown>", methods=["GET", "POST"])
@access(PUBLIC, post=PUBLIC, of="listing")
def report(shown: str) -> ResponseReturnValue:
    about, form, runtime = _about(shown), ComplaintForm(), the_market()
    with runtime.database.read() as session:
        found = subject(session, about)
        title = subject_titles(session, [about], page_language()).get(about, "")
    if found is None or not found.public:
        raise NotFound(ref=shown)
    named = ("kind", "text", "name", "mail", "claim")
    typed = {name: form[name].data or "" for name in named}
    done = form.accepted(
        lambda: runtime.executor.run(
            current_actor(), send_complaint, Notice(about, **typed), origin()
        )
    )
    if done is None:
        view = {"shown_about": shown, "title": title, "about": about}
        return render_template("complaints/report.html", form=form, **view), form.status
    return redirect(_link(done.ref), 303)


@blueprint.get("/complaints/sent/<token>")
@access(PUBLIC, of="complaint")
def sent(token: str) -> ResponseReturnValue:
    return _sent(token, SuitForm(formdata=None))


@blueprint.post("/complaints/sent/<token>/suit")
@access(PUBLIC, of="complaint")
def show_suit(token: str) -> ResponseReturnValue:
    form = SuitForm()
    done = form.accepted(lambda: _run(note_suit, token, form.suit.data or ""))
    if done is None:
        return _sent(token, form)
    flash(_("Received. The measures stay."), "done")
    return redirect(_link(done.ref), 303)


@blueprint.post("/complaints/sent/<token>/withdraw")
@access(PUBLIC, of="complaint")
def withdraw(token: str) -> ResponseReturnValue:
    form = WithdrawForm()
    done = form.accepted(lambda: _run(withdraw_complaint, token))
    if done is None:
        return _sent(token, SuitForm(formdata=None), form)
    flash(_("Your complaint is taken back."), "done")
    return redirect(_link(done.ref), 303)


@blueprint.get("/complaints/outcomes")
@access(PUBLIC)
def outcomes() -> ResponseReturnValue:
    with the_market().database.read() as session:
        page = queries.outcomes(session, page_language(), asked_page())
    return render_template("complaints/outcomes.html", page=page)


def _sent(
    token: str, suit: SuitForm, taking_back: WithdrawForm | None = None
) -> ResponseReturnValue:
    with the_market().database.read() as session:
        page = queries.sender_page(session, _of_token(token), page_language())
    form = suit if taking_back is None else taking_back
    view = {"page": page, "token": token, "kinds": KIND_NAMES, "word_of": word_of}
    return render_template("complaints/sent.html", form=form, suit=suit, **view), form.status


def _run(action: Callable[..., Done], token: str, *typed: str) -> Done:
    run = the_market().executor.run
    return run(current_actor(), action, _of_token(token), token, *typed)


def _about(shown: str) -> str:
    found = parse(shown)
    if found is None or found[0] not in ABOUT:
        raise NotFound(ref=shown)
    return ref(*found)


def _of_token(token: str) -> str:
    found = complaint_of_token(the_market().executor.ports.secret, token)
    if found is None:
        raise NotFound
    return found


def _link(complaint: str) -> str:
    token = complaint_token(the_market().executor.ports.secret, complaint)
    return local_url(f"/complaints/sent/{token}")
