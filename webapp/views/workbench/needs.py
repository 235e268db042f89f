"""A firm's needs, and everyone's saved items."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core import links
from core.actor import Actor
from core.errors import NotFound
from core.i18n import N_
from core.ids import show
from listings.actions.draft_need import draft_need
from listings.actions.edit_need import edit_need
from listings.actions.post_need import post_need
from listings.actions.publish_need import publish_need
from listings.actions.reopen_need import reopen_need
from listings.actions.save_item import save_item
from listings.actions.withdraw_need import withdraw_need
from listings.errors import Incomplete, NoOwner
from listings.inputs import NeedInput
from listings.permissions import Do
from listings.queries import NeedPage, need_page, needs_of, saved_items, shared_by
from listings.queries.stored import stored_need
from matching.proposals.queries import waiting_by_need
from webapp.access import PERSON, WRITER, access
from webapp.forms.account import ActForm
from webapp.forms.listing_need import NeedForm, NewNeedForm, asked_for
from webapp.language import page_language, plain
from webapp.numbers import whole
from webapp.presenters.refusals import said
from webapp.presenters.showing import local_url
from webapp.runtime import the_market
from webapp.sessions import need_person, safe_next
from webapp.typed import typed
from webapp.views.workbench.reading import need_id, writable_organisations

blueprint = Blueprint("my_needs", __name__)
LONGEST_NOTE = 300
"""Of one's own words beside what one saves."""


@blueprint.get("/workbench/needs")
@access(PERSON)
def home() -> ResponseReturnValue:
    actor = need_person()
    with the_market().database.read() as session:
        rows = needs_of(session, actor)
        came = waiting_by_need(session, [row.id for row in rows])
    can_write = bool(writable_organisations(actor))
    return render_template(
        "workbench/needs.html",
        needs=rows,
        came=came,
        act=ActForm(),
        can_write=can_write,
        shown=show,
    )


@blueprint.route("/workbench/needs/new", methods=["GET", "POST"])
@access(WRITER, post=WRITER)
def new() -> ResponseReturnValue:
    actor = need_person()
    owners = writable_organisations(actor)
    if not owners:
        raise NoOwner(do="draft")
    form = NewNeedForm(owners, NeedInput(page_language(), "", contact_person=actor.person))
    keep = draft_need if "draft" in request.form else post_need

    def write() -> Any:
        try:
            return the_market().executor.run(actor, keep, form.owner.data, form.need())
        except Incomplete as lacking:
            raise asked_for(lacking) from None

    if form.accepted(write) is None:
        return render_template("workbench/need.html", form=form, need=None), form.status
    if keep is post_need:
        flash(plain(N_("The need is open.")), "done")
    return redirect(url_for(".home"))


@blueprint.route("/workbench/needs/<shown>", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="need")
def edit(shown: str) -> ResponseReturnValue:
    actor = need_person()
    page, stored = _read(actor, shown)
    form = NeedForm(stored)
    if not form.is_submitted():
        form.show()

    def keep() -> Any:
        version = whole(request.form.get("version"))
        return the_market().executor.run(actor, edit_need, page.id, form.need(), version)

    if form.accepted(keep) is None:
        return render_template("workbench/need.html", form=form, need=page), form.status
    flash(plain(N_("Saved.")), "done")
    return redirect(url_for(".home"))


def _read(actor: Actor, shown: str) -> tuple[NeedPage, NeedInput]:
    with the_market().database.read() as session:
        page = need_page(session, actor, need_id(shown), language=page_language())
        if page is None or Do.EDIT not in page.may:
            raise NotFound(ref=shown)
        return page, stored_need(session, page.id, page.shown_language)


@blueprint.post("/workbench/needs/<shown>/<any(publish,withdraw,matched,reopen):deed>")
@access(PERSON, of="need")
def act(shown: str, deed: str) -> ResponseReturnValue:
    run, actor, need = the_market().executor.run, need_person(), need_id(shown)
    if deed == "publish":
        try:
            run(actor, publish_need, need)
        except Incomplete as lacking:
            flash(said(lacking), "stop")
            return redirect(url_for(".edit", shown=shown))
    elif deed == "reopen":
        run(actor, reopen_need, need)
    else:
        run(actor, withdraw_need, need, matched=deed == "matched")
    return redirect(url_for(".home"))


@blueprint.get("/saved")
@access(PERSON)
def saved() -> ResponseReturnValue:
    actor = need_person()
    with the_market().database.read() as session:
        rows = saved_items(session, actor, page_language())
        shared = shared_by(session, actor)
    refs = [row.ref for row in rows] + [row.ref for row in shared]
    urls = {ref: local_url(links.path(ref, "zh") or "/") for ref in refs}
    return render_template(
        "workbench/saved.html", rows=rows, shared=shared, urls=urls, act=ActForm()
    )


@blueprint.post("/saved")
@access(PERSON)
def keep() -> ResponseReturnValue:
    actor, form = need_person(), request.form
    ref, wanted = form.get("ref", ""), form.get("keep", "1") == "1"
    if ":" not in ref:
        raise NotFound(ref=ref)
    the_market().executor.run(actor, save_item, ref, keep=wanted, note=typed("note", LONGEST_NOTE))
    kind, id = ref.split(":", 1)
    known = {"listing": "/results/", "need": "/needs/"}
    back = f"{known[kind]}{show(kind, id)}" if kind in known else "/saved"
    return redirect(safe_next(form.get("next"), back))
