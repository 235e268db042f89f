"""Results that their unit leaves unused: the makers see the period run and act once it is over."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from core.errors import NotFound
from core.i18n import N_
from core.ids import show
from deals.idle.actions.answer_use import answer_use
from deals.idle.actions.declare_use import declare_use
from deals.idle.actions.end_use import end_use
from deals.idle.queries import UsePage, made_by, use_page
from deals.idle.rules import ANSWER, MONTHS
from deals.idle.wording import BASIS_NAMES, ENDED_NAMES, STANDING_NAMES
from webapp.access import PERSON, access
from webapp.forms.account import ActForm
from webapp.forms.base import MarketForm
from webapp.forms.use_forms import DeclareUseForm, UseReasonForm
from webapp.language import page_language, plain
from webapp.presenters.showing import local_url
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.views.deals.ids import read
from webapp.views.deals.words import lend_words

blueprint = Blueprint("uses", __name__, url_prefix="/uses")
lend_words(blueprint)
_SAID: Final = {
    "declare": N_("It is declared, and the unit is told."),
    "agree": N_("The maker may act, and is told."),
    "refuse": N_("It is refused; the makers see the reason."),
    "end": N_("It has ended."),
}


@blueprint.get("")
@access(PERSON)
def index() -> str:
    actor, runtime = need_person(), the_market()
    with runtime.database.read() as session:
        now = runtime.database.now(session)
        lines = made_by(session, actor, now, runtime.law, runtime.settings.zone)
    return render_template("deals/uses.html", lines=lines, standings=STANDING_NAMES)


@blueprint.get("/<shown>")
@access(PERSON, of="asset")
def page(shown: str) -> Any:
    return _show(_page(shown))


@blueprint.post("/<shown>/<any(declare,agree,refuse,end):deed>")
@access(PERSON, of="asset")
def act(shown: str, deed: str) -> Any:
    found = _page(shown)
    form = {"declare": DeclareUseForm, "agree": ActForm}.get(deed, UseReasonForm)()
    if form.accepted(lambda: _run(found, deed, form)) is None:
        return _show(found, **{deed: form}), form.status
    return _back(found, deed)


def _run(found: UsePage, deed: str, form: Any) -> Any:
    actor, run = need_person(), the_market().executor.run
    if deed == "declare":
        return run(actor, declare_use, found.line.asset, form.registered_on.data)
    if found.line.use is None:
        raise NotFound(ref=f"asset:{found.line.asset}")
    if deed == "end":
        return run(actor, end_use, found.line.use.id, form.reason.data or "")
    reason = "" if deed == "agree" else form.reason.data or ""
    return run(actor, answer_use, found.line.use.id, agrees=deed == "agree", reason=reason)


def _page(shown: str) -> UsePage:
    actor, runtime, asset = need_person(), the_market(), read("asset", shown)
    with runtime.database.read() as session:
        now = runtime.database.now(session)
        found = use_page(session, actor, asset, now, runtime.law, runtime.settings.zone)
    if found is None:
        raise NotFound(ref=shown)
    return found


def _show(found: UsePage, **sent: MarketForm) -> str:
    """`sent`: what was refused, by deed; the others begin anew."""
    language, profile = page_language(), found.profile
    laws = [profile.value(rule) for rule in (MONTHS, ANSWER) if rule in profile]
    forms: dict[str, MarketForm] = {
        "declare": DeclareUseForm(formdata=None),
        "refuse": UseReasonForm(formdata=None),
        "end": UseReasonForm(formdata=None),
    }
    return render_template(
        "deals/use.html",
        page=found,
        forms=forms | sent,
        refused=next(iter(sent.values()), None),
        button=ActForm(formdata=None),
        laws=[(rule.remark(language), rule.cite(language)) for rule in laws],
        standings=STANDING_NAMES,
        bases=BASIS_NAMES,
        reasons=ENDED_NAMES,
    )


def _back(found: UsePage, deed: str) -> Response:
    flash(plain(_SAID[deed]), "done")
    return redirect(local_url(f"/uses/{show('asset', found.line.asset)}"), 303)
