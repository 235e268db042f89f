"""One's own account: name, password, seats, and the sessions that are open."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.actions.change_password import change_password
from accounts.actions.edit_profile import edit_profile
from accounts.actions.revoke_session import revoke_session
from accounts.actions.revoke_sessions import revoke_sessions
from accounts.members import own_account
from accounts.sign_on.offers import offers_to
from accounts.sign_on.queries import orcids_of
from core.actor import Actor
from core.i18n import N_
from webapp import sessions
from webapp.access import PERSON, access
from webapp.forms.account import ActForm, PasswordForm, ProfileForm
from webapp.language import plain
from webapp.presenters.ages import browser_name
from webapp.runtime import the_market

blueprint = Blueprint("profile", __name__, url_prefix="/account")
blueprint.add_app_template_global(browser_name, "browser_name")


def _here() -> str | None:
    signed = sessions.current_session()
    return signed.session if signed else None


def _page(actor: Actor, profile: ProfileForm, password: PasswordForm) -> ResponseReturnValue:
    database = the_market().database
    with database.read() as session:
        account = own_account(session, actor, database.now(session))
        offers, who = offers_to(session, actor), actor.person or ""
        orcid = orcids_of(session, [who]).get(who, "")
    if not profile.is_submitted():
        profile.process(obj=account)
    status = max(profile.status, password.status)
    signed = sessions.current_session()
    page = {"account": account, "profile": profile, "password": password, "act": ActForm()}
    page |= {"offers": offers, "orcid": orcid}
    page["protected"] = signed is not None and signed.protected
    return render_template("account/profile.html", here=_here(), **page), status


@blueprint.get("")
@access(PERSON)
def show() -> ResponseReturnValue:
    return _page(sessions.need_person(), ProfileForm(), PasswordForm())


@blueprint.post("/profile")
@access(PERSON)
def edit() -> ResponseReturnValue:
    actor, form = sessions.need_person(), ProfileForm()
    typed = (form.name.data, form.latin_name.data or "", form.language.data)
    if form.accepted(lambda: the_market().executor.run(actor, edit_profile, *typed)) is None:
        return _page(actor, form, PasswordForm(formdata=None))
    flash(plain(N_("Saved.")), "done")
    return redirect(url_for(".show"))


@blueprint.post("/password")
@access(PERSON)
def set_password() -> ResponseReturnValue:
    actor, form = sessions.need_person(), PasswordForm()
    typed = (form.old.data, form.password.data, _here(), sessions.origin())
    if form.accepted(lambda: the_market().executor.run(actor, change_password, *typed)) is None:
        return _page(actor, ProfileForm(formdata=None), form)
    flash(plain(N_("The new password holds. Your other sessions were ended.")), "done")
    return redirect(url_for(".show"))


@blueprint.post("/sessions/<session>/end")
@access(PERSON, of="session")
def end_session(session: str) -> ResponseReturnValue:
    actor = sessions.need_person()
    the_market().executor.run(actor, revoke_session, session)
    flash(plain(N_("That session was ended.")), "done")
    return redirect(url_for(".show"))


@blueprint.post("/sessions/end-others")
@access(PERSON)
def end_others() -> ResponseReturnValue:
    actor = sessions.need_person()
    the_market().executor.run(actor, revoke_sessions, _here())
    flash(plain(N_("Every other session was ended.")), "done")
    return redirect(url_for(".show"))
