"""Open listings: the public page, registering, sealed quotes, the opening anybody can replay."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template
from werkzeug.wrappers import Response

from core.errors import NotFound
from core.ids import ref
from core.links import path
from core.times import legal_date
from deals.rounds.actions.leave_quote import leave_quote
from deals.rounds.actions.leave_round import leave_round
from deals.rounds.actions.register_interest import register_interest
from deals.rounds.queries import Mine, RoundPage, parties_of, round_page, transcript
from webapp.access import PERSON, PUBLIC, access
from webapp.forms.deal_forms import PlainForm
from webapp.forms.round_forms import QuoteForm, RegisterForm
from webapp.language import gettext as _
from webapp.language import page_language
from webapp.presenters import rounds as presenting
from webapp.presenters.showing import local_url
from webapp.runtime import the_market
from webapp.sessions import current_actor, need_person
from webapp.views.deals import showing
from webapp.views.deals.ids import read
from webapp.views.deals.words import lend_round_words, lend_words

blueprint = Blueprint("rounds", __name__)
lend_words(blueprint)
lend_round_words(blueprint)


@blueprint.get("/rounds/<shown>")
@access(PUBLIC, of="round")
def page(shown: str) -> str:
    found = read_round(shown)
    return render_template(
        "rounds/page.html",
        page=found,
        view=presenting.view(found, today()),
        terms=showing.one_version(found.terms),
        numbers=parties_of(found),
        button=PlainForm(),
    )


@blueprint.get("/rounds/<shown>/opening.json")
@access(PUBLIC, of="round")
def opening(shown: str) -> Response:
    """Keys, boxes, nonces and amounts, so that anybody can open every quote again."""
    found = transcript(read_round(shown))
    if found is None:
        raise NotFound(ref=shown)
    return jsonify(found)


@blueprint.route("/rounds/<shown>/register", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="round", fresh=True)
def register(shown: str) -> Any:
    found = read_round(shown)
    form = RegisterForm(found.buyers)
    done = form.accepted(lambda: _register(form, found.row.id))
    if done is None:
        terms = showing.one_version(found.terms)
        body = render_template("rounds/register.html", page=found, terms=terms, form=form)
        return body, form.status
    flash(_("You are registered. The owner's office decides about it and you are told."), "done")
    return redirect(round_url(found.row.id), 303)


def _register(form: RegisterForm, round_id: str) -> Any:
    return the_market().executor.run(
        need_person(),
        register_interest,
        round_id,
        form.organisation.data,
        confirmed=form.confirmed.data,
        related=form.related.data,
    )


@blueprint.route("/rounds/<shown>/quote", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="round", fresh=True)
def quote(shown: str) -> Any:
    found = read_round(shown)
    party = _quoting(found)
    if party is None or len(found.keys) < 2:
        raise NotFound(ref=shown)
    form = QuoteForm()
    done = form.accepted(lambda: _leave_quote(form))
    if done is None:
        body = render_template(
            "rounds/quote.html",
            page=found,
            party=party,
            form=form,
            view=presenting.view(found, today()),
        )
        return body, form.status
    flash(_("Your sealed quote was received. Its commitment is your receipt."), "done")
    return redirect(round_url(found.row.id), 303)


def _quoting(found: RoundPage) -> Mine | None:
    return next((one for one in found.mine if one.row.state == "active"), None)


def _leave_quote(form: QuoteForm) -> Any:
    sealed = (form[name].data or "" for name in ("registration", "commitment", "box"))
    return the_market().executor.run(need_person(), leave_quote, *sealed)


@blueprint.post("/rounds/<shown>/leave")
@access(PERSON, of="round")
def leave(shown: str) -> Response:
    found = read_round(shown)
    party = next((one for one in found.mine if one.row.state in {"applied", "active"}), None)
    if party is None:
        raise NotFound(ref=shown)
    the_market().executor.run(need_person(), leave_round, party.row.id)
    flash(_("Your registration is withdrawn."), "done")
    return redirect(round_url(found.row.id), 303)


def read_round(shown: str) -> RoundPage:
    """The round as the reader sees it. Raises NotFound."""
    runtime = the_market()
    with runtime.database.read() as session:
        now = runtime.database.now(session)
        found = round_page(session, current_actor(), read("round", shown), now, page_language())
    if found is None:
        raise NotFound(ref=shown)
    return found


def today() -> Any:
    runtime = the_market()
    with runtime.database.read() as session:
        return legal_date(runtime.database.now(session), runtime.settings.zone)


def round_url(round_id: str, *more: str) -> str:
    return local_url("/".join([path(ref("round", round_id), "zh") or "", *more]))
