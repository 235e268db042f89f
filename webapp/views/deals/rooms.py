"""A deal's page: the pipeline, offers, acceptance and objections. `data_rooms.py` has its files."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from contracts.queries import has_contract, has_signed
from core.errors import NotFound
from core.ids import ref
from core.times import legal_date
from datarooms.queries import room_page
from deals import queries
from deals.actions.accept_offer import accept_offer
from deals.actions.answer_objection import answer_objection
from deals.actions.make_offer import make_offer
from deals.actions.record_export_paper import record_export_paper
from deals.actions.state_country import state_country
from deals.actions.walk_away import walk_away
from deals.actions.withdraw_offer import withdraw_offer
from deals.deciding.queries import may_know, waiting_for
from deals.offers import Terms
from deals.permissions import may_enter
from deals.preemption.queries import held_claims, holds
from deals.queries import DealPage
from reporting.diligence.queries import taken
from webapp.access import PERSON, access
from webapp.forms.deal_forms import (
    AcceptForm,
    AnswerObjectionForm,
    CountryForm,
    ExportPaperForm,
    LeaveForm,
    OfferForm,
    PlainForm,
)
from webapp.forms.room_forms import QuestionForm, RoomFileForm
from webapp.language import gettext as _
from webapp.language import page_language
from webapp.numbers import asked_page, whole
from webapp.presenters.rounds import at_stake
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.views.deals import showing
from webapp.views.deals.ids import deal_url, read
from webapp.views.deals.words import lend_words

blueprint = Blueprint("deals", __name__, url_prefix="/deals")
lend_words(blueprint)


@blueprint.get("")
@access(PERSON)
def pipeline() -> str:
    actor, runtime = need_person(), the_market()
    with runtime.database.read() as session:
        now = runtime.database.now(session)
        lines = queries.pipeline(session, actor, now, page=asked_page())
        waiting = waiting_for(session, actor, page_language())
        held = held_claims(session, actor, now, page_language())
    return render_template(
        "deals/pipeline.html", lines=lines, waiting=waiting, held=held, show=showing
    )


def _deal(shown: str) -> DealPage:
    actor, runtime = need_person(), the_market()
    with runtime.database.read() as session:
        found = queries.deal_page(
            session, actor, read("deal", shown), runtime.database.now(session)
        )
    if found is None:
        raise NotFound(ref=shown)
    return found


def _run(action: Any, *args: Any, **kw: Any) -> Any:
    return the_market().executor.run(need_person(), action, *args, **kw)


def _back(page: DealPage, said: str) -> Response:
    flash(said, "done")
    return redirect(deal_url(page.line.row.id), 303)


@blueprint.get("/<shown>")
@access(PERSON, of="deal")
def room(shown: str) -> Any:
    """Whoever only decides a step, comes first or was let into the data room is led there."""
    try:
        return _room(_deal(shown))
    except NotFound:
        led = _led_to(read("deal", shown))
        if not led:
            raise
        return redirect(deal_url(read("deal", shown), led))


def _led_to(deal: str) -> str:
    """Where somebody answers who decides a step, or comes first; "" for everybody else."""
    with the_market().database.read() as session:
        actor, now = need_person(), the_market().database.now(session)
        if may_know(session, actor, deal):
            return "decision"
        if holds(session, actor, deal):
            return "preemption"
        return "files" if room_page(session, actor, ref("deal", deal), now) else ""


def _room(page: DealPage, **forms: Any) -> str:
    runtime = the_market()
    with runtime.database.read() as session:
        now = runtime.database.now(session)
        contract = has_contract(session, page.line.row.id)
        signed = has_signed(session, page.line.row.id)
        diligence = taken(session, need_person(), page.line.row)
    paper, stated = ExportPaperForm(formdata=None), page.border.country if page.border else None
    paper.offer(page.border.kinds if page.border else ())
    fresh = {
        "upload": RoomFileForm(formdata=None),
        "question": QuestionForm(formdata=None),
        "paper": paper,
        "country": CountryForm(formdata=None, country=stated or ""),
    }
    today = legal_date(now, runtime.settings.zone)
    return render_template(
        "deals/room.html",
        page=page,
        show=showing,
        today=today,
        contract=contract,
        signed=signed,
        diligence=diligence,
        enters=may_enter(need_person(), page.line.row.seller_org),
        button=PlainForm(),
        **(fresh | forms),
    )


@blueprint.post("/<shown>/country")
@access(PERSON, of="deal")
def country(shown: str) -> Any:
    """Where a buyer without an organisation sits."""
    page, form = _deal(shown), CountryForm()
    deal, named = page.line.row.id, form.country.data or ""
    if form.accepted(lambda: _run(state_country, deal, named)) is None:
        return _room(page, country=form), form.status
    return _back(page, _("The country is on record."))


@blueprint.post("/<shown>/export-papers")
@access(PERSON, of="deal")
def export_paper(shown: str) -> Any:
    """What the authority issued for technology that leaves the country."""
    page, form = _deal(shown), ExportPaperForm()
    form.offer(page.border.kinds if page.border else ())
    deal, kind, number = page.line.row.id, form.kind.data or "", form.number.data or ""
    done = form.accepted(lambda: _run(record_export_paper, deal, kind, number, form.issued_on.data))
    if done is None:
        return _room(page, paper=form), form.status
    return _back(page, _("The paper is on record."))


@blueprint.route("/<shown>/offer", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="deal")
def offer(shown: str) -> Any:
    page, form = _deal(shown), OfferForm()
    row = page.line.row
    if request.method == "GET":
        if "offer" not in page.acts:
            return redirect(deal_url(row.id))
        _begin(form, page)
    done = form.accepted(lambda: _offer(form, row.id, row.currency))
    if done is None:
        return render_template("deals/offer.html", page=page, form=form, show=showing), form.status
    return _back(page, _("Your offer is on the table."))


def _begin(form: OfferForm, page: DealPage) -> None:
    """A counter-offer begins with the version it answers, a first offer with what was asked."""
    if page.offers:
        form.fill(Terms.load(page.offers[-1].terms))
    elif page.inquiry is not None:
        form.way.data = page.inquiry.way


def _offer(form: OfferForm, deal: str, currency: str) -> Any:
    terms = form.terms(currency)
    answering = whole(request.form.get("answering"))
    reason = form.price_reason.data or ""
    return None if terms is None else _run(make_offer, deal, terms, answering, reason)


@blueprint.route("/<shown>/accept/<int:version>", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="deal", fresh=True)
def accept(shown: str, version: int) -> Any:
    page, form = _deal(shown), AcceptForm()
    named = next((one for one in page.offers if one.version == version), None)
    if named is None:
        raise NotFound(ref=shown)
    reason = form.price_reason.data or ""
    done = form.accepted(lambda: _run(accept_offer, page.line.row.id, version, reason))
    if done is None:
        terms = showing.one_version(Terms.load(named.terms))
        return (
            render_template("deals/accept.html", page=page, offer=named, terms=terms, form=form),
            form.status,
        )
    return _back(page, _("Agreed on version %(version)s.", version=version))


@blueprint.post("/<shown>/withdraw/<int:version>")
@access(PERSON, of="deal")
def withdraw(shown: str, version: int) -> Response:
    page = _deal(shown)
    _run(withdraw_offer, page.line.row.id, version)
    return _back(page, _("Your offer was withdrawn."))


@blueprint.route("/<shown>/leave", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="deal")
def leave(shown: str) -> Any:
    page, form = _deal(shown), LeaveForm()
    done = form.accepted(lambda: _run(walk_away, page.line.row.id, form.reason.data))
    if done is None:
        lost = at_stake(page) if page.line.side == "buyer" else None
        return render_template("deals/leave.html", page=page, form=form, lost=lost), form.status
    return _back(page, _("The deal has ended."))


@blueprint.route("/<shown>/objections/<id>", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="objection", fresh=True)
def objection(shown: str, id: str) -> Any:
    page, form = _deal(shown), AnswerObjectionForm()
    named = next((one for one in page.objections if one.id == id), None)
    if named is None:
        raise NotFound(ref=shown)
    done = form.accepted(
        lambda: _run(
            answer_objection, id, *(form[name].data or "" for name in ("outcome", "answer", "told"))
        )
    )
    if done is None:
        return (
            render_template("deals/objection.html", page=page, objection=named, form=form),
            form.status,
        )
    return _back(page, _("The objection was answered."))
