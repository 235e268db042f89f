"""Asking, the inbox, and one inquiry from either side."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from core.errors import NotFound
from core.results import Result
from deals import queries
from deals.actions.answer_inquiry import answer_inquiry
from deals.actions.claim_inquiry import claim_inquiry
from deals.actions.log_talk import log_talk
from deals.actions.open_deal import open_deal
from deals.actions.refuse_inquiry import refuse_inquiry
from deals.actions.send_inquiry import send_inquiry
from deals.inquiring import claim_token, inquiry_of_token
from deals.modes import DEFAULT
from webapp.access import PERSON, PUBLIC, access
from webapp.forms.deal_forms import (
    BUYERS_COUNTRIES,
    AnswerForm,
    InquiryForm,
    OpenForm,
    PlainForm,
    RefuseForm,
    TalkForm,
)
from webapp.language import gettext as _
from webapp.numbers import asked_page
from webapp.presenters.showing import local_url
from webapp.runtime import the_market
from webapp.sessions import current_actor, need_person, origin
from webapp.views.deals.asking import AskedListing, asked_listing, question_of
from webapp.views.deals.ids import deal_url, inquiry_url, read
from webapp.views.deals.offering import asks_why
from webapp.views.deals.words import lend_words

blueprint = Blueprint("inquiries", __name__)
lend_words(blueprint)


@blueprint.route("/results/<shown>/ask", methods=["GET", "POST"])
@access(PUBLIC, post=PUBLIC, of="listing")
def ask(shown: str) -> Any:
    listing = asked_listing(read("listing", shown), current_actor())
    way = request.args.get("way") or listing.first_way
    known = listing.asker_country in {"", *BUYERS_COUNTRIES}
    form = InquiryForm(way=way, country=listing.asker_country if known else "ZZ")
    form.way.choices = [one for one in form.way.choices if one.value in listing.ways]
    done = form.accepted(lambda: _send(form, listing))
    if done is None:
        return render_template("inquiries/ask.html", form=form, listing=listing), form.status
    token = claim_token(the_market().executor.ports.secret, done.ref)
    return redirect(local_url(f"/inquiries/sent/{token}"), 303)


def _send(form: InquiryForm, listing: AskedListing) -> Any:
    asked = question_of(form, listing)
    if asked is None:
        return None
    return the_market().executor.run(current_actor(), send_inquiry, asked, origin())


@blueprint.get("/inquiries/sent/<token>")
@access(PUBLIC, of="inquiry")
def sent(token: str) -> str:
    runtime, id = the_market(), _of_token(token)
    with runtime.database.read() as session:
        now = runtime.database.now(session)
        found = queries.sender_page(session, current_actor(), id, now)
    if found is None:
        raise NotFound
    return render_template("inquiries/sent.html", page=found, token=token, form=PlainForm())


@blueprint.post("/inquiries/sent/<token>/claim")
@access(PERSON, of="inquiry")
def claim(token: str) -> Response:
    id = _of_token(token)
    the_market().executor.run(need_person(), claim_inquiry, id, token)
    flash(_("The inquiry is now in your list."), "done")
    return redirect(inquiry_url(id), 303)


def _of_token(token: str) -> str:
    found = inquiry_of_token(the_market().executor.ports.secret, token)
    if found is None:
        raise NotFound
    return found


@blueprint.get("/inquiries")
@access(PERSON)
def inbox() -> str:
    actor, runtime = need_person(), the_market()
    state = request.args.get("state", "")
    with runtime.database.read() as session:
        now = runtime.database.now(session)
        lines = queries.inbox(session, actor, now, state=state, page=asked_page())
    return render_template("inquiries/inbox.html", lines=lines, state=state)


@blueprint.get("/inquiries/<shown>")
@access(PERSON, of="inquiry")
def inquiry(shown: str) -> str:
    return _inquiry(read("inquiry", shown))


def _inquiry(id: str, **forms: Any) -> str:
    actor, runtime = need_person(), the_market()
    with runtime.database.read() as session:
        found = queries.inquiry_page(session, actor, id, runtime.database.now(session))
    if found is None:
        raise NotFound(ref=f"inquiry:{id}")
    fresh = {
        "answer": AnswerForm(formdata=None),
        "refuse": RefuseForm(formdata=None),
        "talk": TalkForm(formdata=None),
        "open": OpenForm(formdata=None),
    }
    why_asked = found.may_open and asks_why(found.line.row.owner_org, DEFAULT)
    return render_template(
        "inquiries/inquiry.html", page=found, why_asked=why_asked, **(fresh | forms)
    )


@blueprint.post("/inquiries/<shown>/answer")
@access(PERSON, of="inquiry")
def answer(shown: str) -> Any:
    id, form = read("inquiry", shown), AnswerForm()
    done = form.accepted(lambda: _run(answer_inquiry, id, form.text.data or ""))
    if done is None:
        return _inquiry(id, answer=form), form.status
    return _back(id, _("Your answer was sent."))


@blueprint.post("/inquiries/<shown>/refuse")
@access(PERSON, of="inquiry")
def refuse(shown: str) -> Any:
    id, form = read("inquiry", shown), RefuseForm()
    done = form.accepted(lambda: _run(refuse_inquiry, id, form.reason.data, form.text.data or ""))
    if done is None:
        return _inquiry(id, refuse=form), form.status
    return _back(id, _("The inquiry was refused."))


@blueprint.post("/inquiries/<shown>/talk")
@access(PERSON, of="inquiry")
def talk(shown: str) -> Any:
    id, form = read("inquiry", shown), TalkForm()
    done = form.accepted(lambda: _run(log_talk, id, form.channel.data, form.line.data or ""))
    if done is None:
        return _inquiry(id, talk=form), form.status
    return _back(id, _("The talk was logged."))


@blueprint.post("/inquiries/<shown>/open")
@access(PERSON, of="inquiry")
def open_(shown: str) -> Any:
    id, form = read("inquiry", shown), OpenForm()
    done = form.accepted(lambda: _open(id, form))
    if done is None:
        return _inquiry(id, open=form), form.status
    return redirect(deal_url(done.ref), 303)


def _open(id: str, form: OpenForm) -> Any:
    said = {"related": form.related.data, "mode_reason": form.mode_reason.data or ""}
    return the_market().executor.run(need_person(), open_deal, id, **said)


def _run(action: Any, *args: Any) -> Result:
    result: Result = the_market().executor.run(need_person(), action, *args)
    return result


def _back(id: str, said: str) -> Response:
    flash(said, "done")
    return redirect(inquiry_url(id), 303)
