"""Emergency stops and feature switches."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotFound
from core.features import FEATURES
from governance.actions.choose_feature import choose_feature
from governance.actions.pull_stop import pull_stop
from governance.actions.release_stop import release_stop
from governance.governing import feature_lines, stop_lines
from webapp import sessions
from webapp.access import OPERATE, OVERSEE, access
from webapp.forms.governing import STATES, WHATS, FeatureForm, ReleaseForm, StopForm
from webapp.language import gettext as _
from webapp.language import page_language
from webapp.presenters import standing
from webapp.runtime import the_market
from webapp.views.deals.ids import read

blueprint = Blueprint("stops", __name__, url_prefix="/operator")


@blueprint.route("/stops", methods=["GET", "POST"])
@access(OVERSEE, post=OPERATE, fresh="post")
def index() -> ResponseReturnValue:
    actor, form = sessions.need("oversee"), StopForm()
    run = the_market().executor.run
    typed = (form.what.data, form.reason.data or "", form.reason_en.data or "")
    if form.accepted(lambda: run(actor, pull_stop, *typed)) is None:
        return _page(form, ReleaseForm(formdata=None))
    standing.forget()
    flash(_("Stopped. Another operator releases it."), "done")
    return redirect(url_for(".index"))


@blueprint.post("/stops/<shown>/release")
@access(OPERATE, of="stop", fresh=True)
def release(shown: str) -> ResponseReturnValue:
    actor, form, id = sessions.need_person(), ReleaseForm(), read("stop", shown)
    run, note = the_market().executor.run, form.note.data or ""
    if form.accepted(lambda: run(actor, release_stop, id, note)) is None:
        return _page(StopForm(formdata=None), form, id)
    standing.forget()
    flash(_("Released."), "done")
    return redirect(url_for(".index"))


@blueprint.get("/features")
@access(OVERSEE)
def features() -> ResponseReturnValue:
    sessions.need("oversee")
    with the_market().database.read() as session:
        lines = feature_lines(session, page_language())
    return render_template("operator/features.html", lines=lines, states=STATES)


@blueprint.route("/features/<feature>", methods=["GET", "POST"])
@access(OVERSEE, post=OPERATE, of="feature")
def feature(feature: str) -> ResponseReturnValue:
    actor, form = sessions.need("oversee"), FeatureForm()
    if feature not in FEATURES:
        raise NotFound(ref=feature)
    run = the_market().executor.run
    typed = (feature, form.state.data or "", form.role.data or "", form.reason.data or "")
    if form.accepted(lambda: run(actor, choose_feature, *typed)) is None:
        with the_market().database.read() as session:
            lines = feature_lines(session, page_language(), feature)
        view = {"feature": FEATURES[feature], "lines": lines, "states": STATES}
        return render_template("operator/feature.html", form=form, **view), form.status
    standing.forget()
    flash(_("Saved. Every process follows within seconds."), "done")
    return redirect(url_for(".features"))


def _page(form: StopForm, releasing: ReleaseForm, released: str = "") -> ResponseReturnValue:
    """`released`: the stop whose form is shown again."""
    with the_market().database.read() as session:
        lines = stop_lines(session, page_language())
    view = {"lines": lines, "form": form, "releasing": releasing, "whats": WHATS}
    view["released"] = released
    return render_template("operator/stops.html", **view), max(form.status, releasing.status)
