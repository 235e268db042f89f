"""One's own access tokens: made and shown once, listed, revoked."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.actions.make_token import make_token
from accounts.actions.revoke_token import revoke_token
from accounts.codes import hash_token
from accounts.tokens import new_token, own_tokens, shown_part
from core.actor import Actor
from core.i18n import N_
from webapp import sessions
from webapp.access import PERSON, access
from webapp.forms.account import ActForm
from webapp.forms.tokens import TokenForm, scope_name
from webapp.language import plain
from webapp.runtime import the_market

blueprint = Blueprint("tokens", __name__, url_prefix="/account/tokens")
blueprint.add_app_template_global(scope_name, "scope_name")


def _page(actor: Actor, form: TokenForm, made: str = "") -> ResponseReturnValue:
    database = the_market().database
    with database.read() as session:
        now, rows = database.now(session), own_tokens(session, actor)
    return render_template(
        "account/tokens.html", tokens=rows, now=now, form=form, act=ActForm(), made=made
    ), (201 if made else form.status)


@blueprint.get("")
@access(PERSON)
def show() -> ResponseReturnValue:
    return _page(sessions.need_person(), TokenForm())


@blueprint.post("")
@access(PERSON, fresh=True)
def make() -> ResponseReturnValue:
    """The answer is the only place where the token is ever readable; it is never stored."""
    actor, form, token = sessions.need_person(), TokenForm(), new_token()
    typed = (form.name.data, form.scopes.data or [], form.days.data)
    kept = (hash_token(token), shown_part(token))
    if form.accepted(lambda: the_market().executor.run(actor, make_token, *typed, *kept)) is None:
        return _page(actor, form)
    return _page(actor, TokenForm(formdata=None), token)


@blueprint.post("/<token>/revoke")
@access(PERSON, of="token")
def revoke(token: str) -> ResponseReturnValue:
    the_market().executor.run(sessions.need_person(), revoke_token, token)
    flash(plain(N_("The token was revoked. Programs that use it are refused from now on.")), "done")
    return redirect(url_for(".show"))
