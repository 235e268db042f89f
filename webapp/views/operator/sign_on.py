"""Sign-ons and domains of organisations that wait for an operator."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.sign_on.actions.decide_domain import decide_domain
from accounts.sign_on.actions.decide_provider import decide_provider
from accounts.sign_on.queries import waiting
from core.i18n import N_
from webapp import sessions
from webapp.access import OPERATE, OVERSEE, access
from webapp.forms.sign_on import DecideForm
from webapp.language import page_language, plain
from webapp.runtime import the_market

blueprint = Blueprint("operator_sign_on", __name__, url_prefix="/operator/sign-on")


def _page(form: DecideForm, at: str = "") -> ResponseReturnValue:
    with the_market().database.read() as session:
        desk = waiting(session, page_language())
    return render_template("operator/sign_on.html", desk=desk, form=form, at=at), form.status


@blueprint.get("")
@access(OVERSEE)
def index() -> ResponseReturnValue:
    sessions.need("oversee")
    return _page(DecideForm(formdata=None))


@blueprint.post("/providers/<provider>")
@access(OPERATE, of="provider", fresh=True)
def provider(provider: str) -> ResponseReturnValue:
    actor, form = sessions.need_person(), DecideForm()
    approve, run = request.form.get("decision") == "approve", the_market().executor.run
    reason = form.reason.data or ""
    done = form.accepted(
        lambda: run(actor, decide_provider, provider, approve=approve, reason=reason)
    )
    return _after(done is None, form, provider)


@blueprint.post("/domains/<domain>")
@access(OPERATE, of="domain", fresh=True)
def domain(domain: str) -> ResponseReturnValue:
    actor, form = sessions.need_person(), DecideForm()
    confirm, run = request.form.get("decision") == "approve", the_market().executor.run
    reason = form.reason.data or ""
    done = form.accepted(
        lambda: run(actor, decide_domain, domain, confirm=confirm, evidence=reason)
    )
    return _after(done is None, form, domain)


def _after(again: bool, form: DecideForm, at: str) -> ResponseReturnValue:
    if again:
        return _page(form, at)
    flash(plain(N_("Decided; its administrators are told.")), "done")
    return redirect(url_for(".index"))
