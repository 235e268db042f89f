"""The operator's console. Auditors read; operators decide; to everybody else it does not exist."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from accounts import console
from accounts.actions.vet_organisation import vet_organisation
from core.audit import verify_streams
from core.errors import NotFound
from core.i18n import N_
from core.ids import parse
from listings.actions.moderate_listing import moderate_listing
from listings.reasons import MODERATION_REASONS
from notifications.queries import letters_by_state
from webapp import sessions
from webapp.forms.account_organisations import ModerateForm, VetForm
from webapp.health import readiness
from webapp.language import page_language, plain
from webapp.presenters.moderation import published
from webapp.runtime import the_market
from webapp.views.account.organisations import organisation_id

blueprint = Blueprint("operator", __name__, url_prefix="/operator")


def _number() -> int:
    return max(1, request.args.get("page", 1, type=int))


@blueprint.get("")
def home() -> ResponseReturnValue:
    sessions.need("oversee")
    with the_market().database.read() as session:
        waiting = console.waiting(session)
    return render_template("operator/home.html", waiting=waiting, state=readiness(the_market()))


@blueprint.get("/organisations")
def organisations() -> ResponseReturnValue:
    sessions.need("oversee")
    state, text = request.args.get("state", ""), request.args.get("q", "")
    with the_market().database.read() as session:
        page = console.organisations(session, page_language(), state, text, _number())
    return render_template("operator/organisations.html", page=page, state=state, text=text)


@blueprint.route("/organisations/<organisation>", methods=["GET", "POST"])
def vet(organisation: str) -> ResponseReturnValue:
    actor, form, id = sessions.need("oversee"), VetForm(), organisation_id(organisation)
    run, decision = the_market().executor.run, request.form.get("decision", "")
    reason = form.reason.data or ""
    if form.accepted(lambda: run(actor, vet_organisation, id, decision, reason)) is None:
        with the_market().database.read() as session:
            page = console.vetting_page(session, actor, id)
        return render_template("operator/vet.html", page=page, form=form), form.status
    flash(plain(N_("Decided; its administrators are told.")), "done")
    return redirect(url_for(".organisations", state="applied"))


@blueprint.get("/people")
def people() -> ResponseReturnValue:
    sessions.need("oversee")
    text, database = request.args.get("q", ""), the_market().database
    with database.read() as session:
        now = database.now(session)
        page = console.people(session, page_language(), now, text, _number())
    return render_template("operator/people.html", page=page, text=text)


@blueprint.get("/listings")
def listings() -> ResponseReturnValue:
    sessions.need("operate")
    text = request.args.get("q", "")
    with the_market().database.read() as session:
        lines = published(session, page_language(), text)
    return render_template("operator/listings.html", lines=lines, text=text)


@blueprint.route("/listings/<listing>", methods=["GET", "POST"])
def moderate(listing: str) -> ResponseReturnValue:
    actor, form, found = sessions.need("operate"), ModerateForm(), parse(listing)
    if found is None or found[0] != "listing":
        raise NotFound
    form.reason.choices = [
        SelectChoice(code, plain(words)) for code, words in MODERATION_REASONS.items()
    ]
    typed = (found[1], form.reason.data, form.note.data or "")
    if form.accepted(lambda: the_market().executor.run(actor, moderate_listing, *typed)) is None:
        return render_template("operator/moderate.html", form=form, listing=listing), form.status
    flash(plain(N_("Taken down; its owner is told.")), "done")
    return redirect(url_for(".listings"))


@blueprint.get("/audit")
def audit() -> ResponseReturnValue:
    sessions.need("oversee")
    stream, who = request.args.get("stream", "").strip(), request.args.get("actor", "").strip()
    with the_market().database.read() as session:
        page = console.audit_entries(session, page_language(), stream, who, _number())
        check = request.args.get("verify")
        seen = verify_streams(session, stream or None) if check else None
    view = {"stream": stream, "who": who, "seen": seen}
    return render_template("operator/audit.html", page=page, **view)


@blueprint.get("/health")
def health() -> ResponseReturnValue:
    sessions.need("oversee")
    with the_market().database.read() as session:
        letters = letters_by_state(session)
    state = readiness(the_market())
    return render_template("operator/health.html", state=state, letters=letters)
