"""Departments and branches of an organisation, kept by its administrators."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.members import members_page
from accounts.permissions import facts_of, may, may_organisation
from accounts.units.actions.add_unit import add_unit
from accounts.units.actions.close_unit import close_unit
from accounts.units.actions.edit_unit import edit_unit
from accounts.units.actions.place_member import place_member
from accounts.units.queries import placements, units_of
from core.actor import Actor
from core.ids import show as shown
from core.versions import version_of
from webapp import sessions
from webapp.access import PERSON, access
from webapp.forms.account import ActForm
from webapp.forms.units import KINDS, UnitForm
from webapp.language import gettext as _
from webapp.language import page_language
from webapp.numbers import whole
from webapp.runtime import the_market
from webapp.views.account.organisations import organisation_id

blueprint = Blueprint("units", __name__)


def _page(actor: Actor, id: str, form: UnitForm, changed: str = "") -> ResponseReturnValue:
    """`changed`: the unit that `form` is about; else it adds one."""
    database = the_market().database
    with database.read() as session:
        may_organisation(session, actor, "read_members", id)
        now = database.now(session)
        page = members_page(session, id, now, page_language())
        units, placed = units_of(session, id), placements(session, id, now)
    manages = may(actor, "manage", facts_of(page.organisation))
    view = {"page": page, "units": units, "placed": placed, "kinds": KINDS, "act": ActForm()}
    view["version_of"] = version_of
    view |= {"changed": changed, "form": UnitForm(formdata=None) if changed else form}
    return render_template("account/units.html", typed=form, manages=manages, **view), form.status


def _back(organisation: str) -> ResponseReturnValue:
    flash(_("Saved."), "done")
    return redirect(url_for(".show", organisation=shown("organisation", organisation)))


@blueprint.get("/organisations/<organisation>/units")
@access(PERSON, of="organisation")
def show(organisation: str) -> ResponseReturnValue:
    return _page(sessions.need_person(), organisation_id(organisation), UnitForm(formdata=None))


@blueprint.post("/organisations/<organisation>/units")
@access(PERSON, of="organisation")
def add(organisation: str) -> ResponseReturnValue:
    actor, id, form = sessions.need_person(), organisation_id(organisation), UnitForm()
    run = the_market().executor.run
    typed = (form.kind.data or "", form.name.data or "", form.name_en.data or "")
    if form.accepted(lambda: run(actor, add_unit, id, *typed)) is None:
        return _page(actor, id, form)
    return _back(id)


@blueprint.post("/organisations/<organisation>/units/<unit>")
@access(PERSON, of="unit")
def change(organisation: str, unit: str) -> ResponseReturnValue:
    """Saves what was written, or closes it."""
    actor, id, form = sessions.need_person(), organisation_id(organisation), UnitForm()
    run = the_market().executor.run
    if request.form.get("decision") == "close":
        return _back(run(actor, close_unit, unit).ref)
    typed = (form.kind.data or "", form.name.data or "", form.name_en.data or "")
    version = whole(request.form.get("version"))
    if form.accepted(lambda: run(actor, edit_unit, unit, *typed, version)) is None:
        return _page(actor, id, form, unit)
    return _back(id)


@blueprint.post("/memberships/<membership>/unit")
@access(PERSON, of="membership")
def place(membership: str) -> ResponseReturnValue:
    actor, unit = sessions.need_person(), request.form.get("unit", "")
    version = whole(request.form.get("version"))
    return _back(the_market().executor.run(actor, place_member, membership, unit, version).ref)
