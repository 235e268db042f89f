"""Behind an open listing: announcing it, deciding about registrations, keeping and giving keys."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from core.errors import NotFound
from deals.modes.open_listing import OPEN_LISTING
from deals.rounds import queries
from deals.rounds.actions.announce_round import announce_round
from deals.rounds.actions.give_key import give_key
from deals.rounds.actions.leave_key import leave_key
from deals.rounds.actions.qualify_party import qualify_party
from deals.rounds.actions.reject_party import reject_party
from deals.rounds.actions.withdraw_round import withdraw_round
from webapp.access import OFFICE, PERSON, access
from webapp.forms.deal_forms import PlainForm
from webapp.forms.round_forms import DecideForm, GiveForm, KeyForm, RoundForm
from webapp.language import gettext as _
from webapp.language import page_language
from webapp.presenters import rounds as presenting
from webapp.presenters.posted import currency_for
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.views.deals.ids import read
from webapp.views.deals.offering import asks_why, publishable
from webapp.views.deals.rounds import read_round, round_url, today
from webapp.views.deals.words import lend_round_words, lend_words

blueprint = Blueprint("round_desk", __name__)
lend_words(blueprint)
lend_round_words(blueprint)


@blueprint.route("/results/<shown>/rounds/new", methods=["GET", "POST"])
@access(OFFICE, post=OFFICE, of="listing", fresh=True)
def new(shown: str) -> Any:
    found, currency = publishable(shown)
    currency = currency_for(found)
    form = RoundForm()
    done = form.accepted(lambda: _announce(form, found.id, currency))
    if done is None:
        body = render_template(
            "rounds/new.html",
            form=form,
            r=found,
            mode=OPEN_LISTING,
            currency=currency,
            shown=shown,
            why_asked=asks_why(found.owner_org, OPEN_LISTING.code),
            usual=presenting.usual_deposit(the_market().law.profile(_jurisdiction(), today())),
        )
        return body, form.status
    flash(_("The open listing is announced."), "done")
    return redirect(round_url(done.ref), 303)


def _jurisdiction() -> str:
    return the_market().settings.jurisdiction


def _announce(form: RoundForm, listing: str, currency: str) -> Any:
    announced = form.announced(currency)
    if announced is None:
        return None
    return the_market().executor.run(need_person(), announce_round, listing, announced)


@blueprint.route("/rounds/<shown>/desk", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="round")
def desk(shown: str) -> Any:
    found, form = read_round(shown), DecideForm()
    with the_market().database.read() as session:
        lines = queries.desk(session, need_person(), found.row.id, page_language())
    if lines is None:
        raise NotFound(ref=shown)
    if form.accepted(lambda: _decide(form)) is not None:
        flash(_("Your decision is recorded and the party is told."), "done")
        return redirect(round_url(found.row.id, "desk"), 303)
    body = render_template(
        "rounds/desk.html",
        page=found,
        lines=lines,
        form=form,
        view=presenting.view(found, today()),
        button=PlainForm(),
    )
    return body, form.status


def _decide(form: DecideForm) -> Any:
    run, registration = the_market().executor.run, form.registration.data or ""
    if form.outcome.data == "qualify":
        return run(need_person(), qualify_party, registration)
    if form.outcome.data != "reject":
        raise NotFound
    note = form.note.data or ""
    return run(need_person(), reject_party, registration, form.reason.data or "", note)


@blueprint.post("/rounds/<shown>/withdraw")
@access(PERSON, of="round")
def withdraw(shown: str) -> Response:
    id = read("round", shown)
    the_market().executor.run(need_person(), withdraw_round, id)
    flash(_("The open listing is withdrawn."), "done")
    return redirect(round_url(id), 303)


@blueprint.route("/rounds/<shown>/key", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="round", fresh=True)
def key(shown: str) -> Any:
    found, form = read_round(shown), KeyForm()
    if not found.keeps:
        raise NotFound(ref=shown)
    done = form.accepted(lambda: _leave_key(form, found))
    if done is None:
        return render_template("rounds/key.html", page=found, form=form), form.status
    said = _("Your public key is left. Keep the file: without it the quotes cannot be opened.")
    flash(said, "done")
    return redirect(round_url(found.row.id), 303)


def _leave_key(form: KeyForm, found: queries.RoundPage) -> Any:
    slot = form.slot.data if form.slot.data in found.keeps else found.keeps[0]
    public = form.public_key.data or ""
    return the_market().executor.run(need_person(), leave_key, found.row.id, slot, public)


@blueprint.route("/rounds/<shown>/open", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="round", fresh=True)
def open_(shown: str) -> Any:
    found, form = read_round(shown), GiveForm()
    if not found.gives:
        raise NotFound(ref=shown)
    done = form.accepted(lambda: _give(form, found.row.id))
    if done is None:
        return render_template("rounds/open.html", page=found, form=form), form.status
    flash(_("Your key is given. The quotes are opened once both are."), "done")
    return redirect(round_url(found.row.id), 303)


def _give(form: GiveForm, round_id: str) -> Any:
    given = "".join((form.private_key.data or "").split()).lower()
    return the_market().executor.run(need_person(), give_key, round_id, given)
