"""An organisation's members: who sits here, who wants to, who was invited."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.actions.answer_join_request import answer_join_request
from accounts.actions.change_roles import change_roles
from accounts.actions.end_membership import end_membership
from accounts.actions.invite_member import invite_member
from accounts.actions.withdraw_invitation import withdraw_invitation
from accounts.members import members_page
from accounts.permissions import facts_of, may, may_organisation
from core.actor import Actor
from core.i18n import N_
from core.ids import show as shown
from webapp import sessions
from webapp.forms.account import ActForm
from webapp.forms.account_organisations import InviteForm, RolesForm
from webapp.language import page_language, plain
from webapp.runtime import the_market
from webapp.views.account.organisations import organisation_id

blueprint = Blueprint("members", __name__)


def _page(actor: Actor, id: str, form: InviteForm | None = None) -> ResponseReturnValue:
    database = the_market().database
    with database.read() as session:
        may_organisation(session, actor, "read_members", id)
        page = members_page(session, id, database.now(session), page_language())
    kind = page.organisation.kind
    invite = (form or InviteForm(formdata=None, language=page_language())).of(kind)
    forms = {"invite": invite, "act": ActForm(), "roles": RolesForm(formdata=None).of(kind)}
    manages = may(actor, "manage", facts_of(page.organisation))
    return render_template("account/members.html", page=page, manages=manages, **forms), (
        invite.status
    )


def _done(organisation: str, words: str) -> ResponseReturnValue:
    flash(plain(words), "done")
    return redirect(url_for(".show", organisation=shown("organisation", organisation)))


@blueprint.get("/organisations/<organisation>/members")
def show(organisation: str) -> ResponseReturnValue:
    return _page(sessions.need_person(), organisation_id(organisation))


@blueprint.post("/organisations/<organisation>/invitations")
def invite(organisation: str) -> ResponseReturnValue:
    actor, id, form = sessions.need_person(), organisation_id(organisation), InviteForm()
    typed = (id, form.contact.data, form.roles.data or [], form.language.data)
    run = the_market().executor.run
    if form.accepted(lambda: run(actor, invite_member, *typed)) is None:
        return _page(actor, id, form)
    return _done(id, N_("Invited. The letter holds a link that serves once, for 14 days."))


@blueprint.post("/invitations/<invitation>/withdraw")
def withdraw(invitation: str) -> ResponseReturnValue:
    actor = sessions.need_person()
    done = the_market().executor.run(actor, withdraw_invitation, invitation)
    return _done(done.ref, N_("The invitation was taken back."))


@blueprint.post("/join-requests/<asked>/answer")
def answer(asked: str) -> ResponseReturnValue:
    actor, accept = sessions.need_person(), request.form.get("answer") == "accept"
    roles = request.form.getlist("roles")
    done = the_market().executor.run(actor, answer_join_request, asked, roles, accept=accept)
    return _done(done.ref, N_("Answered; the person is told."))


@blueprint.post("/memberships/<membership>/roles")
def set_roles(membership: str) -> ResponseReturnValue:
    actor, roles = sessions.need_person(), request.form.getlist("roles")
    done = the_market().executor.run(actor, change_roles, membership, roles)
    return _done(done.ref, N_("The roles hold from now on."))


@blueprint.post("/memberships/<membership>/end")
def end(membership: str) -> ResponseReturnValue:
    actor = sessions.need_person()
    done = the_market().executor.run(actor, end_membership, membership)
    if sessions.is_over():
        sessions.leave()
        return redirect(url_for("doors.enter"))
    return _done(done.ref, N_("The membership has ended, with every session of that person."))
