"""Open licences: the office publishes the statement and records what was announced of it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template

from core.errors import NotFound
from deals.modes.open_licence import OPEN_LICENCE
from deals.open_licence.actions.announce_licence import announce_licence
from deals.open_licence.actions.end_licence import end_licence
from deals.open_licence.actions.state_licence import state_licence
from webapp.access import OFFICE, PERSON, access
from webapp.forms.posting_forms import AnnouncementForm, StatementForm
from webapp.language import gettext as _
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.views.deals.offering import asks_why, publishable
from webapp.views.deals.postings import posting_url, read_posting
from webapp.views.deals.words import lend_words

blueprint = Blueprint("open_licences", __name__)
lend_words(blueprint)


@blueprint.route("/results/<shown>/open-licence", methods=["GET", "POST"])
@access(OFFICE, post=OFFICE, of="listing", fresh=True)
def new(shown: str) -> Any:
    found, currency = publishable(shown)
    form = StatementForm()
    done = form.accepted(lambda: _state(form, found.id, currency))
    if done is None:
        words = {"r": found, "mode": OPEN_LICENCE, "currency": currency, "shown": shown}
        words["why_asked"] = asks_why(found.owner_org, OPEN_LICENCE.code)
        return render_template("postings/statement.html", form=form, **words), form.status
    flash(_("The statement is published as a standing offer."), "done")
    return redirect(posting_url(done.ref), 303)


def _state(form: StatementForm, listing: str, currency: str) -> Any:
    said = form.statement(currency)
    if said is None:
        return None
    return the_market().executor.run(need_person(), state_licence, listing, said)


@blueprint.route("/postings/<shown>/announcement", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="posting", fresh=True)
def announcement(shown: str) -> Any:
    """Of the open licence, or of its withdrawal once it is announced."""
    found, form = read_posting(shown), AnnouncementForm()
    if not found.ours or found.statement is None or found.row.state != "open":
        raise NotFound(ref=shown)
    action = end_licence if found.announced else announce_licence
    said = form.number.data or "", form.on.data
    run = the_market().executor.run
    done = form.accepted(lambda: run(need_person(), action, found.row.id, *said))
    if done is None:
        body = render_template("postings/announcement.html", page=found, form=form)
        return body, form.status
    flash(_("The announcement is recorded."), "done")
    return redirect(posting_url(found.row.id), 303)
