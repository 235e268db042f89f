"""The operator ends the support view in which they are."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from accounts.support.actions.end_support import end_support
from core.errors import NotFound
from webapp import sessions
from webapp.access import PERSON, access
from webapp.language import gettext as _
from webapp.runtime import the_market

blueprint = Blueprint("support", __name__, url_prefix="/support")


@blueprint.post("/end")
@access(PERSON)
def end() -> ResponseReturnValue:
    view = sessions.support_view()
    if view is None:
        raise NotFound
    the_market().executor.run(view.operator, end_support, view.grant)
    sessions.stop_looking()
    flash(_("The support view is over."), "done")
    return redirect(url_for("operator_support.index"))
