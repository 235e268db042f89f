"""The audit chain and the market's health, for operators and auditors."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts import trail
from accounts.actions.retry_fact import retry_fact
from accounts.actions.retry_job import retry_job
from accounts.queries import people_names
from core.audit import verify_streams
from core.errors import NotFound
from core.i18n import N_
from core.ids import parse
from notifications.actions.retry_letter import retry_letter
from webapp import sessions
from webapp.access import OPERATE, OVERSEE, access
from webapp.forms.account import ActForm
from webapp.health import readiness
from webapp.language import page_language, plain
from webapp.presenters.running import JOB_KINDS, JOB_STATES, running
from webapp.presenters.trail import STREAMS, lines, stream_of
from webapp.runtime import the_market
from webapp.views.operator.console import page_number

blueprint = Blueprint("oversight", __name__, url_prefix="/operator")


@blueprint.get("/audit")
@access(OVERSEE)
def audit() -> ResponseReturnValue:
    sessions.need("oversee")
    asked = request.args
    stream, who = stream_of(asked.get("stream", "")), asked.get("actor", "").strip()
    kind = asked.get("kind", "")
    with the_market().database.read() as session:
        page = trail.entries(session, stream, who, kind, page_number())
        shown = lines(session, page_language(), page.lines)
        seen = verify_streams(session, stream or None) if asked.get("verify") else None
        person = who.partition(":")[2]
        name = people_names(session, [person], page_language()).get(person, who)
    view = {"stream": stream, "who": who, "who_name": name, "kind": kind, "kinds": STREAMS}
    return render_template("operator/audit.html", page=page, lines=shown, seen=seen, **view)


@blueprint.get("/health")
@access(OVERSEE)
def health() -> ResponseReturnValue:
    sessions.need("oversee")
    market = the_market()
    with market.database.read() as session:
        now = market.database.now(session)
        seen = running(session, market.settings, now)
    names = {"job_kinds": JOB_KINDS, "job_states": JOB_STATES}
    state, act = readiness(market), ActForm(formdata=None)
    return render_template(
        "operator/health.html", state=state, seen=seen, now=now, act=act, **names
    )


@blueprint.post("/facts/<int:number>/retry")
@access(OPERATE, of="fact")
def retry(number: int) -> ResponseReturnValue:
    actor = sessions.need("operate")
    the_market().executor.run(actor, retry_fact, number)
    return _tried("facts")


@blueprint.post("/letters/<int:number>/retry")
@access(OPERATE, of="letter")
def retry_mail(number: int) -> ResponseReturnValue:
    actor = sessions.need("operate")
    the_market().executor.run(actor, retry_letter, number)
    return _tried("letters")


@blueprint.post("/jobs/<shown>/retry")
@access(OPERATE, of="job")
def retry_work(shown: str) -> ResponseReturnValue:
    actor, found = sessions.need("operate"), parse(shown)
    if found is None or found[0] != "job":
        raise NotFound(ref=shown)
    the_market().executor.run(actor, retry_job, found[1])
    return _tried("jobs")


def _tried(anchor: str) -> ResponseReturnValue:
    the_market().worker.wake()
    flash(plain(N_("It is tried once more; what comes of it shows here in a moment.")), "done")
    return redirect(url_for(".health", _anchor=anchor))
