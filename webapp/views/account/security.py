"""Ways of signing in beside the password: app, passkeys, recovery codes."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.factors.actions.confirm_app import confirm_app
from accounts.factors.actions.drop_factors import drop_factors
from accounts.factors.actions.renew_recovery_codes import renew_recovery_codes
from accounts.factors.actions.start_app import start_app
from accounts.factors.queries import AppOffered, offered_app, own_factors
from accounts.factors.rules import needs_factor
from accounts.recovery.queries import own_recovery
from core.actor import Actor
from core.i18n import N_
from webapp import sessions
from webapp.access import PERSON, access
from webapp.forms.account import ActForm
from webapp.forms.security import AppForm, PasskeyNameForm
from webapp.language import page_language, plain
from webapp.market import Market
from webapp.presenters.factors import app_address, grouped, recovery_code
from webapp.qr import qr_svg
from webapp.runtime import the_market

blueprint = Blueprint("security", __name__, url_prefix="/account/security")


def _must(actor: Actor) -> bool:
    return any(needs_factor(seat.roles) for seat in actor.seats)


@blueprint.get("")
@access(PERSON)
def show() -> ResponseReturnValue:
    actor = sessions.need_person()
    with the_market().database.read() as session:
        factors, recovery = own_factors(session, actor), own_recovery(session, actor)
    view = {"factors": factors, "must": _must(actor), "act": ActForm()}
    view["recovery"] = recovery
    view["naming"] = PasskeyNameForm(formdata=None)
    return render_template("account/security.html", **view)


@blueprint.post("/app/new")
@access(PERSON, fresh=True)
def new_app() -> ResponseReturnValue:
    the_market().executor.run(sessions.need_person(), start_app)
    return redirect(url_for(".app"))


def _offered(actor: Actor) -> AppOffered:
    with the_market().database.read() as session:
        return offered_app(session, actor, the_market().executor.ports.secret)


@blueprint.route("/app", methods=["GET", "POST"])
@access(PERSON, post=PERSON, fresh=True)
def app() -> ResponseReturnValue:
    actor, form = sessions.need_person(), AppForm()
    offered, signed = _offered(actor), sessions.current_session()
    typed = (offered.id, form.code.data, signed.session if signed else None)
    done = form.accepted(lambda: the_market().executor.run(actor, confirm_app, *typed))
    if done is None:
        issuer = Market.of(the_market().settings).name(page_language())
        address = app_address(offered, issuer)
        picture = qr_svg(address, plain(N_("The key as a picture, for the app's camera")))
        view = {"picture": picture, "key": grouped(offered.secret), "address": address}
        return render_template("account/app.html", form=form, **view), form.status
    flash(plain(N_("The app is set up. Other sessions were ended.")), "done")
    return show_once(done.codes) if done.codes else redirect(url_for(".show"))


@blueprint.post("/codes")
@access(PERSON, fresh=True)
def codes() -> ResponseReturnValue:
    done = the_market().executor.run(sessions.need_person(), renew_recovery_codes)
    return show_once(done.codes)


def show_once(codes: list[str]) -> ResponseReturnValue:
    """Recovery codes that were just made, on the only page that ever shows them."""
    shown = [recovery_code(code) for code in codes]
    return make_response(render_template("account/recovery_codes.html", codes=shown))


@blueprint.post("/off")
@access(PERSON, fresh=True)
def off() -> ResponseReturnValue:
    the_market().executor.run(sessions.need_person(), drop_factors)
    flash(plain(N_("Signing in takes the password alone again.")), "done")
    return redirect(url_for(".show"))
