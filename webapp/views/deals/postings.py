"""Published terms: the office publishes and withdraws them, anybody reads, a firm accepts."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from core.errors import NotFound
from core.ids import ref, show
from core.links import path
from core.times import legal_date
from deals.actions.post_terms import post_terms
from deals.actions.take_terms import take_terms
from deals.actions.withdraw_terms import withdraw_terms
from deals.engine.declaration import Mode
from deals.modes import MODES
from deals.queries.postings import PostingPage, posting_page
from deals.rounds.queries import round_of
from webapp.access import OFFICE, PERSON, PUBLIC, access
from webapp.forms.deal_forms import PlainForm
from webapp.forms.posting_forms import PostingForm, TakeForm
from webapp.language import gettext as _
from webapp.language import page_language
from webapp.presenters.showing import local_url
from webapp.runtime import the_market
from webapp.sessions import current_actor, need_person
from webapp.views.deals import showing
from webapp.views.deals.ids import deal_url, read
from webapp.views.deals.offering import asks_why, publishable
from webapp.views.deals.words import lend_words

blueprint = Blueprint("postings", __name__)
lend_words(blueprint)


@blueprint.route("/results/<shown>/postings/new", methods=["GET", "POST"])
@access(OFFICE, post=OFFICE, of="listing", fresh=True)
def new(shown: str) -> Any:
    found, currency = publishable(shown)
    mode = _mode(request.args.get("mode", ""))
    form = PostingForm()
    done = form.accepted(lambda: _post(form, found.id, mode, currency))
    if done is None:
        body = render_template(
            "postings/new.html",
            form=form,
            r=found,
            mode=mode,
            currency=currency,
            shown=shown,
            why_asked=asks_why(found.owner_org, mode.code),
        )
        return body, form.status
    flash(_("The terms are published."), "done")
    return redirect(posting_url(done.ref), 303)


def _mode(code: str) -> Mode:
    """The mode asked for; one in which no terms are published is no page."""
    posting = [
        mode for mode in MODES.values() if mode.posts and not (mode.rounds or mode.statement)
    ]
    found = next((mode for mode in posting if mode.code == code), None if code else posting[0])
    return found or abort(404)


def _post(form: PostingForm, listing: str, mode: Mode, currency: str) -> Any:
    posted = form.posted(mode.code, currency)
    if posted is None:
        return None
    return the_market().executor.run(need_person(), post_terms, listing, posted)


@blueprint.get("/postings/<shown>")
@access(PUBLIC, of="posting")
def page(shown: str) -> Any:
    found = read_posting(shown)
    if found.mode.rounds:
        return _to_round(found)
    terms = showing.one_version(found.terms)
    return render_template("postings/page.html", page=found, terms=terms, button=PlainForm())


def _to_round(found: PostingPage) -> Response:
    """Terms on open listing are read on the page of their round."""
    with the_market().database.read() as session:
        shown = round_of(session, found.row.id)
    return redirect(local_url(f"/rounds/{shown}"), 303)


def read_posting(shown: str) -> PostingPage:
    """Raises NotFound."""
    runtime = the_market()
    with runtime.database.read() as session:
        today = legal_date(runtime.database.now(session), runtime.settings.zone)
        id = read("posting", shown)
        found = posting_page(session, current_actor(), id, today, page_language())
    if found is None:
        raise NotFound(ref=shown)
    return found


@blueprint.route("/postings/<shown>/take", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="posting", fresh=True)
def take(shown: str) -> Any:
    found = read_posting(shown)
    if found.mode.rounds:
        return _to_round(found)
    form = TakeForm(found.buyers)
    done = form.accepted(lambda: _take(form, found.row.id))
    if done is None:
        terms = showing.one_version(found.terms)
        body = render_template("postings/take.html", page=found, terms=terms, form=form)
        return body, form.status
    flash(_("You accepted the published terms."), "done")
    return redirect(deal_url(done.ref), 303)


def _take(form: TakeForm, posting: str) -> Any:
    return the_market().executor.run(
        need_person(),
        take_terms,
        posting,
        form.organisation.data,
        confirmed=form.confirmed.data,
        related=form.related.data,
    )


@blueprint.post("/postings/<shown>/withdraw")
@access(PERSON, of="posting")
def withdraw(shown: str) -> Response:
    id = read("posting", shown)
    the_market().executor.run(need_person(), withdraw_terms, id)
    flash(_("The terms are withdrawn. What was accepted before stays accepted."), "done")
    return redirect(posting_url(id), 303)


def posting_url(posting: str) -> str:
    return local_url(path(ref("posting", posting), "zh") or f"/postings/{show('posting', posting)}")
