"""What is public, and taking it down."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from core.errors import NotFound
from core.i18n import N_
from core.ids import parse
from listings.actions.moderate_listing import moderate_listing
from listings.actions.moderate_need import moderate_need
from listings.reasons import MODERATION_REASONS, RETURN_REASONS, WITHDRAW_REASONS
from webapp import sessions
from webapp.access import OPERATE, OVERSEE, access
from webapp.forms.account_organisations import ModerateForm
from webapp.language import page_language, plain
from webapp.presenters.moderation import SHELVES, counts, moderation_page, shelf
from webapp.presenters.trail import word_of
from webapp.runtime import the_market
from webapp.views.operator.console import page_number

blueprint = Blueprint("moderation", __name__, url_prefix="/operator")
_ACTIONS = {"listing": moderate_listing, "need": moderate_need}
_REASONS = {**RETURN_REASONS, **WITHDRAW_REASONS, **MODERATION_REASONS}


@blueprint.get("/listings")
@access(OVERSEE)
def public() -> ResponseReturnValue:
    sessions.need("oversee")
    text, name = request.args.get("q", ""), request.args.get("shelf", "results")
    name = name if name in SHELVES else "results"
    with the_market().database.read() as session:
        page = shelf(session, page_language(), name, text, page_number())
        many = counts(session)
    view = {"text": text, "shelf": name, "shelves": SHELVES, "counts": many, "reasons": _REASONS}
    return render_template("operator/listings.html", page=page, **view)


@blueprint.route("/listings/<shown>", methods=["GET", "POST"])
@access(OVERSEE, post=OPERATE, of="listing")
def one(shown: str) -> ResponseReturnValue:
    actor, form, found = sessions.need("oversee"), ModerateForm(), parse(shown)
    if found is None or found[0] not in _ACTIONS:
        raise NotFound
    kind, id = found
    form.reason.choices = [
        SelectChoice(code, plain(words)) for code, words in MODERATION_REASONS.items()
    ]
    action, typed = _ACTIONS[kind], (id, form.reason.data, form.note.data or "")
    if form.accepted(lambda: the_market().executor.run(actor, action, *typed)) is None:
        with the_market().database.read() as session:
            page = moderation_page(session, page_language(), kind, id)
        view = {"page": page, "reasons": _REASONS, "word_of": word_of}
        return render_template("operator/moderate.html", form=form, **view), form.status
    flash(plain(N_("Taken down; its owner is told.")), "done")
    return redirect(url_for(".public"))
