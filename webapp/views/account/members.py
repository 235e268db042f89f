"""An organisation's members: who sits here, who wants to, who was invited."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.actions.answer_join_request import answer_join_request
from accounts.actions.change_roles import change_roles
from accounts.actions.end_membership import end_membership
from accounts.actions.invite_member import invite_member
from accounts.actions.name_heir import name_heir
from accounts.actions.withdraw_invitation import withdraw_invitation
from accounts.members import leave_page, members_page
from accounts.permissions import facts_of, may, may_organisation
from accounts.rules import weighs_much
from core.actor import Actor
from core.holdings import Holdings
from core.i18n import N_
from core.ids import show as shown
from core.times import legal_date
from core.versions import version_of
from webapp import sessions
from webapp.access import PERSON, access
from webapp.forms.account import ActForm
from webapp.forms.account_organisations import HeirForm, InviteForm, LeaveForm, RolesForm
from webapp.language import page_language, plain
from webapp.numbers import whole
from webapp.presenters.called import names_of
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
    colleagues = {seat.person: seat.person_name for seat in page.seats}
    heir = HeirForm(formdata=None, heir=page.organisation.heir or "")
    forms = {
        "invite": invite,
        "act": ActForm(),
        "roles": RolesForm(formdata=None).of(kind),
        "heir": heir.among(colleagues, N_("An administrator")),
        "heir_version": version_of(page.organisation.heir),
    }
    manages = may(actor, "manage", facts_of(page.organisation))
    return render_template("account/members.html", page=page, manages=manages, **forms), (
        invite.status
    )


def _done(organisation: str, words: str) -> ResponseReturnValue:
    flash(plain(words), "done")
    return redirect(url_for(".show", organisation=shown("organisation", organisation)))


@blueprint.get("/organisations/<organisation>/members")
@access(PERSON, of="organisation")
def show(organisation: str) -> ResponseReturnValue:
    return _page(sessions.need_person(), organisation_id(organisation))


@blueprint.post("/organisations/<organisation>/invitations")
@access(PERSON, of="organisation")
def invite(organisation: str) -> ResponseReturnValue:
    actor, id, form = sessions.need_person(), organisation_id(organisation), InviteForm()
    if weighs_much(form.roles.data or []):
        sessions.need_fresh()
    typed = (id, form.contact.data, form.roles.data or [], form.language.data)
    run = the_market().executor.run
    if form.accepted(lambda: run(actor, invite_member, *typed)) is None:
        return _page(actor, id, form)
    return _done(id, N_("Invited. The letter holds a link that serves once, for 14 days."))


@blueprint.post("/invitations/<invitation>/withdraw")
@access(PERSON, of="invitation")
def withdraw(invitation: str) -> ResponseReturnValue:
    actor = sessions.need_person()
    done = the_market().executor.run(actor, withdraw_invitation, invitation)
    return _done(done.ref, N_("The invitation was taken back."))


@blueprint.post("/join-requests/<asked>/answer")
@access(PERSON, of="join request")
def answer(asked: str) -> ResponseReturnValue:
    actor, accept = sessions.need_person(), request.form.get("answer") == "accept"
    roles = request.form.getlist("roles")
    if accept and weighs_much(roles):
        sessions.need_fresh()
    done = the_market().executor.run(actor, answer_join_request, asked, roles, accept=accept)
    return _done(done.ref, N_("Answered; the person is told."))


@blueprint.post("/memberships/<membership>/roles")
@access(PERSON, of="membership", fresh=True)
def set_roles(membership: str) -> ResponseReturnValue:
    actor, roles = sessions.need_person(), request.form.getlist("roles")
    version = whole(request.form.get("version"))
    done = the_market().executor.run(actor, change_roles, membership, roles, version=version)
    return _done(done.ref, N_("The roles hold from now on."))


def _leaving(actor: Actor, membership: str, form: LeaveForm | None = None) -> ResponseReturnValue:
    market = the_market()
    holdings = market.executor.ports.holdings or Holdings()
    with market.database.read() as session:
        now = market.database.now(session)
        page = leave_page(session, holdings, membership, now, page_language())
        if page.seat.person != actor.person:
            may_organisation(session, actor, "manage", page.seat.organisation)
        called = names_of(session, [duty.ref for duty in page.duties], page_language())
    asked = (form or LeaveForm(formdata=None, heir=page.default or "")).among(
        page.colleagues, N_("Whom the organisation named, else an administrator")
    )
    own = page.seat.person == actor.person
    view = {
        "page": page,
        "called": called,
        "own": own,
        "today": legal_date(now, market.settings.zone),
    }
    return render_template("account/leave.html", form=asked, **view), asked.status


@blueprint.get("/memberships/<membership>/end")
@access(PERSON, of="membership")
def leaving(membership: str) -> ResponseReturnValue:
    return _leaving(sessions.need_person(), membership)


@blueprint.post("/memberships/<membership>/end")
@access(PERSON, of="membership", fresh=True)
def end(membership: str) -> ResponseReturnValue:
    actor, form = sessions.need_person(), LeaveForm()
    given = {
        name.removeprefix("give-"): person
        for name, person in request.form.items()
        if name.startswith("give-")
    }
    typed = (membership, form.heir.data or None, given, form.last_day.data)
    done = form.accepted(lambda: the_market().executor.run(actor, end_membership, *typed))
    if done is None:
        return _leaving(actor, membership, form)
    if sessions.is_over():
        sessions.leave()
        return redirect(url_for("doors.enter"))
    if form.last_day.data:
        return _done(done.ref, N_("The last day is set. What is open passes on at its end."))
    return _done(done.ref, N_("The membership has ended, with every session of that person."))


@blueprint.post("/organisations/<organisation>/heir")
@access(PERSON, of="organisation")
def set_heir(organisation: str) -> ResponseReturnValue:
    actor, person = sessions.need_person(), request.form.get("heir", "")
    id = organisation_id(organisation)
    version = whole(request.form.get("version"))
    the_market().executor.run(actor, name_heir, id, person, version)
    return _done(id, N_("Saved."))
