"""The approval steps that an organisation sets for its deals, kept by its administrators."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.members import members_page
from accounts.permissions import facts_of, may, may_organisation
from core.actor import Actor
from core.ids import show as shown
from core.money import Money
from deals.deciding.actions.end_step import end_step
from deals.deciding.actions.set_step import set_step
from deals.deciding.queries import decision_rules
from deals.deciding.wording import ASSET_NAMES, KIND_NAMES
from deals.modes import MODES
from deals.wording import WAY_NAMES
from webapp import sessions
from webapp.access import PERSON, access
from webapp.forms.account import ActForm
from webapp.forms.decision_forms import StepForm
from webapp.language import gettext as _
from webapp.language import page_language
from webapp.runtime import the_market
from webapp.views.account.organisations import organisation_id

blueprint = Blueprint("decisions", __name__)


def _page(actor: Actor, id: str, *, sent: bool = False) -> ResponseReturnValue:
    database, language = the_market().database, page_language()
    with database.read() as session:
        may_organisation(session, actor, "read_members", id)
        page = members_page(session, id, database.now(session), language)
        rules, people = decision_rules(session, id, language)
    members = {seat.person: seat.person_name for seat in page.seats}
    form = StepForm(members) if sent else StepForm(members, formdata=None)
    if sent and form.accepted(lambda: _set(actor, id, form)) is not None:
        return _back(id)
    view = {
        "rules": rules, "people": people, "kinds": KIND_NAMES, "ways": WAY_NAMES,
        "assets": ASSET_NAMES, "modes": MODES, "act": ActForm(), "money": Money,
        "manages": may(actor, "manage", facts_of(page.organisation)),
    }  # fmt: skip
    return render_template("account/decisions.html", page=page, form=form, **view), form.status


def _set(actor: Actor, organisation: str, form: StepForm) -> Any:
    gate = form.gate(the_market().settings.currency)
    if gate is None:
        return None
    return the_market().executor.run(actor, set_step, organisation, gate)


def _back(organisation: str) -> ResponseReturnValue:
    flash(_("Saved."), "done")
    return redirect(url_for(".show", organisation=shown("organisation", organisation)), 303)


@blueprint.get("/organisations/<organisation>/decisions")
@access(PERSON, of="organisation")
def show(organisation: str) -> ResponseReturnValue:
    return _page(sessions.need_person(), organisation_id(organisation))


@blueprint.post("/organisations/<organisation>/decisions")
@access(PERSON, of="organisation")
def add(organisation: str) -> ResponseReturnValue:
    return _page(sessions.need_person(), organisation_id(organisation), sent=True)


@blueprint.post("/organisations/<organisation>/decisions/<rule>/end")
@access(PERSON, of="organisation")
def end(organisation: str, rule: str) -> ResponseReturnValue:
    organisation_id(organisation)
    return _back(the_market().executor.run(sessions.need_person(), end_step, rule).ref)
