"""What an organisation says of itself, edited by its administrators; its logo."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.actions.edit_organisation import edit_organisation
from accounts.actions.set_logo import set_logo
from accounts.profiles import profile_for_editing, profile_version
from accounts.queries import organisation_names
from core.actor import Actor
from core.i18n import N_
from core.results import Done
from webapp import sessions
from webapp.access import PERSON, access
from webapp.forms.account import ActForm
from webapp.forms.organisation_profile import LogoForm, ProfileForm
from webapp.language import page_language, plain
from webapp.numbers import whole
from webapp.runtime import the_market
from webapp.uploads import LARGEST_LOGO, take_picture
from webapp.views.account.organisations import organisation_id

blueprint = Blueprint(
    "organisation_profile", __name__, url_prefix="/organisations/<organisation>/profile"
)


def _page(
    actor: Actor, id: str, form: ProfileForm | None = None, logo: LogoForm | None = None
) -> ResponseReturnValue:
    with the_market().database.read() as session:
        row, profile = profile_for_editing(session, actor, id)
        name = organisation_names(session, [id], page_language()).get(id, "")
        stands = ProfileForm.of(row, profile)
        form = form or stands
    logo = logo or LogoForm(formdata=None)
    view = {"o": row, "name": name, "profile": profile, "logo": logo, "act": ActForm()}
    view["version"] = profile_version(row, profile)
    view["stands"] = form.others(stands) if form.outdated else []
    body = render_template("account/organisation_profile.html", form=form, **view)
    return body, max(form.status, logo.status)


@blueprint.route("", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="organisation")
def edit(organisation: str) -> ResponseReturnValue:
    actor, id, form = sessions.need_person(), organisation_id(organisation), ProfileForm()
    run, version = the_market().executor.run, whole(request.form.get("version"))
    if not form.is_submitted():
        return _page(actor, id)
    if form.accepted(lambda: run(actor, edit_organisation, id, form.draft(), version)) is None:
        return _page(actor, id, form)
    flash(plain(N_("The page shows it from now on.")), "done")
    return redirect(url_for(".edit", organisation=organisation))


@blueprint.post("/logo")
@access(PERSON, of="organisation")
def add_logo(organisation: str) -> ResponseReturnValue:
    actor, id, form = sessions.need_person(), organisation_id(organisation), LogoForm()
    with the_market().database.read() as session:
        profile_for_editing(session, actor, id)  # before anything is stored
    if form.accepted(lambda: _take(actor, id)) is None:
        return _page(actor, id, logo=form)
    flash(plain(N_("The logo is on the page.")), "done")
    return redirect(url_for(".edit", organisation=organisation))


def _take(actor: Actor, id: str) -> Done:
    sent = take_picture("logo", limit=LARGEST_LOGO)
    run = the_market().executor.run
    return run(actor, set_logo, id, sent.sha256, sent.media_type, sent.size)


@blueprint.post("/logo/remove")
@access(PERSON, of="organisation")
def remove_logo(organisation: str) -> ResponseReturnValue:
    actor, id = sessions.need_person(), organisation_id(organisation)
    the_market().executor.run(actor, set_logo, id)
    flash(plain(N_("The logo is off the page.")), "done")
    return redirect(url_for(".edit", organisation=organisation))
