"""Organisations to which somebody shows that they belong."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.queries import organisation_names
from accounts.sign_on.actions.take_offered_seat import take_offered_seat
from accounts.sign_on.offers import offers_to
from core.i18n import N_
from webapp import sessions
from webapp.access import PERSON, access
from webapp.forms.account import ActForm
from webapp.language import page_language, plain
from webapp.runtime import the_market
from webapp.views.account.organisations import organisation_id

blueprint = Blueprint("offers", __name__, url_prefix="/organisations")


@blueprint.get("/offers")
@access(PERSON)
def show() -> ResponseReturnValue:
    actor = sessions.need_person()
    with the_market().database.read() as session:
        found = offers_to(session, actor)
        names = organisation_names(session, found, page_language())
    return render_template("account/offers.html", found=found, names=names, act=ActForm())


@blueprint.post("/<organisation>/seat")
@access(PERSON, of="organisation")
def take(organisation: str) -> ResponseReturnValue:
    actor, id = sessions.need_person(), organisation_id(organisation)
    done = the_market().executor.run(actor, take_offered_seat, id)
    if done.ref == "joined":
        flash(plain(N_("You belong to it now.")), "done")
    else:
        flash(plain(N_("Your request is with its administrator.")), "done")
    return redirect(url_for("profile.show"))
