"""Joining an organisation or registering one; following an invitation."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.actions.accept_invitation import accept_invitation
from accounts.actions.ask_to_join import ask_to_join
from accounts.actions.correct_organisation import correct_organisation
from accounts.actions.register_organisation import register_organisation
from accounts.members import invitation_of, own_registration
from accounts.permissions import may_organisation
from accounts.queries import find_organisations_by_name, organisation_names
from accounts.similar import similar_organisations
from core.errors import NotFound
from core.i18n import N_
from core.ids import parse, show
from webapp import sessions
from webapp.access import PERSON, access
from webapp.forms.account import ActForm
from webapp.forms.account_organisations import AskForm, OrganisationForm
from webapp.language import page_language, plain
from webapp.presenters.accounts import ALIKE_NAMES
from webapp.runtime import the_market

blueprint = Blueprint("organisations", __name__)


def organisation_id(shown: str) -> str:
    """The id behind an address. Raises NotFound."""
    found = parse(shown)
    if found is None or found[0] != "organisation":
        raise NotFound
    return found[1]


@blueprint.get("/organisations/choose")
@access(PERSON)
def choose() -> ResponseReturnValue:
    sessions.need_person()
    asked = request.args.get("name", "").strip()
    with the_market().database.read() as session:
        ids = find_organisations_by_name(session, asked)
        found = organisation_names(session, ids, page_language())
    return render_template("account/choose.html", asked=asked, found=found)


@blueprint.route("/organisations/new", methods=["GET", "POST"])
@access(PERSON, post=PERSON)
def register() -> ResponseReturnValue:
    actor, form = sessions.need_person(), OrganisationForm()
    run = the_market().executor.run
    made = form.accepted(lambda: run(actor, register_organisation, form.draft()))
    if made is None:
        similar = _similar(form) if form.is_submitted() else []
        return render_template("account/register.html", form=form, similar=similar), form.status
    flash(plain(N_("Registered. An operator checks the entries; you hear of it here.")), "done")
    return redirect(url_for("documents.show", organisation=show("organisation", made.ref)))


def _similar(form: OrganisationForm) -> list[tuple[str, str, str]]:
    """Id, name and likeness of vetted organisations that it could be."""
    with the_market().database.read() as session:
        found = similar_organisations(session, form.draft().names.values(), vetted=True)
        names = organisation_names(session, [id for id, _ in found], page_language())
    return [(id, names[id], ALIKE_NAMES[pair.why]) for id, pair in found]


@blueprint.route("/organisations/<organisation>/correct", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="organisation")
def correct(organisation: str) -> ResponseReturnValue:
    actor, id = sessions.need_person(), organisation_id(organisation)
    with the_market().database.read() as session:
        form = OrganisationForm(data=own_registration(session, actor, id))
    run = the_market().executor.run
    if form.accepted(lambda: run(actor, correct_organisation, id, form.draft())) is None:
        return render_template("account/register.html", form=form, again=True), form.status
    flash(plain(N_("Corrected. An operator looks at it again.")), "done")
    return redirect(url_for("members.show", organisation=organisation))


@blueprint.route("/organisations/<organisation>/join", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="organisation")
def ask(organisation: str) -> ResponseReturnValue:
    actor, form, id = sessions.need_person(), AskForm(), organisation_id(organisation)
    run = the_market().executor.run
    if form.accepted(lambda: run(actor, ask_to_join, id, form.note.data or "")) is None:
        with the_market().database.read() as session:
            may_organisation(session, actor, "read", id)
            name = organisation_names(session, [id], page_language())[id]
        return render_template("account/ask.html", form=form, name=name), form.status
    flash(plain(N_("Your request is with its administrator.")), "done")
    return redirect(url_for("profile.show"))


@blueprint.route("/join/<token>", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="invitation")
def take(token: str) -> ResponseReturnValue:
    actor, form, market = sessions.need_person(), ActForm(), the_market()
    taken = form.accepted(lambda: market.executor.run(actor, accept_invitation, token))
    if taken is None:
        with market.database.read() as session:
            page = invitation_of(session, market.executor.ports.secret, token, page_language())
        return render_template("account/take.html", form=form, page=page), form.status
    flash(plain(N_("You belong to it now.")), "done")
    return redirect(url_for("members.show", organisation=show("organisation", taken.ref)))
