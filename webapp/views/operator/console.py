"""The operator's desk, vetting and lists. Auditors read, operators decide; to everybody else it
does not exist."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts import console, trail
from accounts.actions.verify_again import verify_again
from accounts.actions.verify_organisation import verify_organisation
from accounts.actions.vet_organisation import vet_organisation
from accounts.models import Organisation
from accounts.states import OrganisationState
from core.actor import Actor
from core.errors import Invalid
from core.i18n import N_
from core.results import Done
from core.times import legal_date
from webapp import sessions
from webapp.access import OPERATE, OVERSEE, access
from webapp.forms.account_organisations import VetForm
from webapp.health import readiness
from webapp.language import page_language, plain
from webapp.numbers import asked_page
from webapp.presenters import desk, running
from webapp.presenters.ages import age
from webapp.presenters.showing import midnight
from webapp.presenters.trail import lines
from webapp.runtime import the_market
from webapp.views.account.organisations import organisation_id

blueprint = Blueprint("operator", __name__, url_prefix="/operator")
blueprint.add_app_template_global(age, "age")
ENTRIES_OF_DESK, ENTRIES_OF_ORGANISATION = 10, 6


def page_number() -> int:
    """The page of a list that the address asks for, from 1."""
    return asked_page()


@blueprint.get("")
@access(OVERSEE)
def home() -> ResponseReturnValue:
    sessions.need("oversee")
    market = the_market()
    with market.database.read() as session:
        now = market.database.now(session)
        today = legal_date(now, market.settings.zone)
        recent = trail.newest(session, ENTRIES_OF_DESK)
        page = {
            "decisions": desk.decisions(session, now),
            "breakdowns": desk.breakdowns(session, now),
            "entries": lines(session, page_language(), recent),
            "entries_today": trail.count_since(session, midnight(today)),
            "checkpoint": running.checkpoint_age(market.settings, now),
        }
    state = readiness(market)
    return render_template("operator/home.html", now=now, today=today, state=state, **page)


@blueprint.get("/organisations")
@access(OVERSEE)
def organisations() -> ResponseReturnValue:
    sessions.need("oversee")
    state, text = request.args.get("state", ""), request.args.get("q", "")
    with the_market().database.read() as session:
        now = the_market().database.now(session)
        counts = console.organisations_by_state(session)
        page = console.organisations(session, page_language(), state, text, page_number())
    view = {"state": state, "text": text, "states": list(OrganisationState), "counts": counts}
    return render_template("operator/organisations.html", page=page, now=now, **view)


def number_problem(row: Organisation) -> str | None:
    """What is wrong with the registration number; empty when it fits, None if nobody can tell."""
    read = the_market().executor.ports.organisation_numbers.get(row.country)
    if read is None:
        return None
    try:
        read(row.number)
    except Invalid as wrong:
        return " ".join(plain(p.text, **p.params) for ps in wrong.problems.values() for p in ps)
    return ""


@blueprint.route("/organisations/<organisation>", methods=["GET", "POST"])
@access(OVERSEE, post=OPERATE, of="organisation", fresh="post")
def vet(organisation: str) -> ResponseReturnValue:
    actor, form, id = sessions.need("oversee"), VetForm(), organisation_id(organisation)
    decision = request.form.get("decision", "")
    if form.accepted(lambda: _decide(actor, id, decision, form)) is None:
        with the_market().database.read() as session:
            page = console.vetting_page(session, actor, id)
            newest = trail.newest(session, ENTRIES_OF_ORGANISATION, stream=f"organisation:{id}")
            history = lines(session, page_language(), newest)
            problem = number_problem(page.organisation)
        if request.method == "GET":
            form = VetForm(data={f"by_{what}": mark.source for what, mark in page.marks.items()})
        view = {"page": page, "history": history, "problem": problem}
        return render_template("operator/vet.html", form=form, **view), form.status
    if decision in {"verify", "verify_again"}:
        flash(plain(N_("Saved.")), "done")
        return redirect(url_for(".vet", organisation=organisation))
    flash(plain(N_("Decided; its administrators are told.")), "done")
    return redirect(url_for(".organisations", state="applied"))


def _decide(actor: Actor, id: str, decision: str, form: VetForm) -> Done:
    run, marks = the_market().executor.run, form.marks()
    if decision == "verify":
        return run(actor, verify_organisation, id, marks)
    if decision == "verify_again":
        return run(actor, verify_again, id, marks)
    return run(actor, vet_organisation, id, decision, form.reason.data or "", marks)


@blueprint.get("/people")
@access(OVERSEE)
def people() -> ResponseReturnValue:
    sessions.need("oversee")
    text, database = request.args.get("q", ""), the_market().database
    with database.read() as session:
        now = database.now(session)
        page = console.people(session, page_language(), now, text, page_number())
    return render_template("operator/people.html", page=page, text=text)


@blueprint.get("/overdue")
@access(OVERSEE)
def overdue() -> ResponseReturnValue:
    sessions.need("oversee")
    database = the_market().database
    with database.read() as session:
        now = database.now(session)
        page = desk.overdue(session, now, page_language(), page_number())
    return render_template("operator/overdue.html", page=page, now=now)
