"""Recoveries that two operators look at."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.recovery.actions.approve_recovery import approve_recovery
from accounts.recovery.actions.begin_recovery import begin_recovery
from accounts.recovery.actions.refuse_recovery import refuse_recovery
from accounts.recovery.actions.vouch_recovery import vouch_recovery
from accounts.recovery.queries import open_recoveries
from core.actor import Actor
from core.errors import NotFound
from core.i18n import N_
from core.ids import parse
from core.results import Done
from webapp import sessions
from webapp.access import OPERATE, OVERSEE, access
from webapp.forms.security import EvidenceForm
from webapp.language import page_language, plain
from webapp.runtime import the_market

blueprint = Blueprint("recoveries", __name__, url_prefix="/operator/recoveries")


def _page(form: EvidenceForm, at: str = "") -> ResponseReturnValue:
    with the_market().database.read() as session:
        lines = open_recoveries(session, page_language())
    return render_template("operator/recoveries.html", lines=lines, form=form, at=at), form.status


@blueprint.get("")
@access(OVERSEE)
def index() -> ResponseReturnValue:
    sessions.need("oversee")
    return _page(EvidenceForm(formdata=None))


@blueprint.post("/<recovery>")
@access(OPERATE, of="recovery", fresh=True)
def decide(recovery: str) -> ResponseReturnValue:
    actor, form = sessions.need_person(), EvidenceForm()
    decision = request.form.get("decision", "")
    if form.accepted(lambda: _decide(actor, recovery, decision, form)) is None:
        return _page(form, recovery)
    flash(plain(N_("Noted.")), "done")
    return redirect(url_for(".index"))


def _decide(actor: Actor, recovery: str, decision: str, form: EvidenceForm) -> Done:
    run = the_market().executor.run
    if decision == "vouch":
        return run(actor, vouch_recovery, recovery, form.evidence.data or "")
    if decision == "approve":
        return run(actor, approve_recovery, recovery)
    if decision == "refuse":
        return run(actor, refuse_recovery, recovery)
    raise NotFound


@blueprint.post("/people/<person>")
@access(OPERATE, of="person", fresh=True)
def begin(person: str) -> ResponseReturnValue:
    found = parse(person)
    if found is None or found[0] != "person":
        raise NotFound
    the_market().executor.run(sessions.need_person(), begin_recovery, found[1])
    return redirect(url_for(".index"))
