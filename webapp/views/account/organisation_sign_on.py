"""An organisation's own sign-on and its domains, for its administrators."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.sign_on.actions.claim_domain import claim_domain
from accounts.sign_on.actions.drop_domain import drop_domain
from accounts.sign_on.actions.end_provider import end_provider
from accounts.sign_on.actions.propose_provider import propose_provider
from accounts.sign_on.queries import sign_on_page
from accounts.sign_on.tasks.ask_provider import discover
from core.actor import Actor
from core.i18n import N_
from core.ids import show as shown
from core.results import Done
from webapp import sessions
from webapp.access import PERSON, access
from webapp.forms.account import ActForm
from webapp.forms.sign_on import DomainForm, ProviderForm
from webapp.language import plain
from webapp.runtime import the_market
from webapp.views.account.organisations import organisation_id

blueprint = Blueprint("organisation_sign_on", __name__)


def _page(actor: Actor, id: str, provider: ProviderForm, domain: DomainForm) -> ResponseReturnValue:
    market = the_market()
    with market.database.read() as session:
        page = sign_on_page(session, actor, id)
    backs = f"{market.executor.ports.address}/sign-on/{{}}/back"
    view = {"page": page, "provider": provider, "domain": domain, "backs": backs}
    status = max(provider.status, domain.status)
    return render_template("account/organisation_sign_on.html", act=ActForm(), **view), status


def _done(id: str, words: str) -> ResponseReturnValue:
    flash(plain(words), "done")
    return redirect(url_for(".show", organisation=shown("organisation", id)))


@blueprint.get("/organisations/<organisation>/sign-on")
@access(PERSON, of="organisation")
def show(organisation: str) -> ResponseReturnValue:
    id = organisation_id(organisation)
    return _page(sessions.need_person(), id, ProviderForm(formdata=None), DomainForm(formdata=None))


@blueprint.post("/organisations/<organisation>/sign-on")
@access(PERSON, of="organisation", fresh=True)
def propose(organisation: str) -> ResponseReturnValue:
    actor, id, form = sessions.need_person(), organisation_id(organisation), ProviderForm()
    if form.accepted(lambda: _propose(actor, id, form)) is None:
        return _page(actor, id, form, DomainForm(formdata=None))
    return _done(id, N_("With the operator. What was in use goes on until it is decided."))


def _propose(actor: Actor, id: str, form: ProviderForm) -> Done:
    typed = (form.issuer.data.strip(), form.client.data.strip(), form.secret.data)
    return the_market().executor.run(actor, propose_provider, id, *typed, form.joins.data)


@blueprint.post("/organisations/<organisation>/sign-on/try")
@access(PERSON, of="organisation")
def try_out(organisation: str) -> ResponseReturnValue:
    """Asks what is in use, or waits, for its document."""
    actor, id, market = sessions.need_person(), organisation_id(organisation), the_market()
    with market.database.read() as session:
        page = sign_on_page(session, actor, id)
    for row in page.providers[:2]:
        discover(market.executor.ports.outbound, row.issuer)
    return _done(id, N_("The provider answers as OpenID Connect wants it."))


@blueprint.post("/organisations/<organisation>/sign-on/end")
@access(PERSON, of="organisation", fresh=True)
def end(organisation: str) -> ResponseReturnValue:
    actor, id = sessions.need_person(), organisation_id(organisation)
    the_market().executor.run(actor, end_provider, id)
    if id not in actor.organisations:
        flash(plain(N_("The sign-on has ended. Its people go on with their passwords.")), "done")
        return redirect(url_for("operator_sign_on.index"))
    return _done(id, N_("The sign-on has ended. Its people go on with their passwords."))


@blueprint.post("/organisations/<organisation>/domains")
@access(PERSON, of="organisation", fresh=True)
def claim(organisation: str) -> ResponseReturnValue:
    actor, id, form = sessions.need_person(), organisation_id(organisation), DomainForm()
    typed = (id, form.domain.data or "", form.joins.data or "")
    if form.accepted(lambda: the_market().executor.run(actor, claim_domain, *typed)) is None:
        return _page(actor, id, ProviderForm(formdata=None), form)
    return _done(id, N_("With the operator, who confirms that it is yours."))


@blueprint.post("/domains/<domain>/drop")
@access(PERSON, of="domain")
def drop(domain: str) -> ResponseReturnValue:
    done = the_market().executor.run(sessions.need_person(), drop_domain, domain)
    return _done(done.ref, N_("Taken back. Whoever joined by it stays."))
