"""What providers call the person: institutions and ORCID, linked and removed."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.sign_on.actions.unlink_identity import unlink_identity
from accounts.sign_on.queries import own_identities
from core.i18n import N_
from webapp import sessions
from webapp.access import PERSON, access
from webapp.forms.account import ActForm
from webapp.language import plain
from webapp.runtime import the_market
from webapp.views.account.sign_on import set_out

blueprint = Blueprint("identities", __name__, url_prefix="/account/identities")


@blueprint.get("")
@access(PERSON)
def show() -> ResponseReturnValue:
    actor, market = sessions.need_person(), the_market()
    with market.database.read() as session:
        asked = request.args.get("provider", "")
        page = own_identities(session, market.executor.ports, actor, asked)
    return render_template("account/identities.html", page=page, act=ActForm())


@blueprint.post("/<provider>/link")
@access(PERSON, of="provider", fresh=True)
def link(provider: str) -> ResponseReturnValue:
    """A page with a link: no form of ours leads to another site."""
    return render_template("account/identity_link.html", address=set_out(provider, "link"))


@blueprint.post("/<identity>/remove")
@access(PERSON, of="identity", fresh=True)
def remove(identity: str) -> ResponseReturnValue:
    the_market().executor.run(sessions.need_person(), unlink_identity, identity)
    flash(plain(N_("Removed. It opens your account no more.")), "done")
    return redirect(url_for(".show"))
