"""Anyone objects to a running notice; a clerk enters what came by letter or telephone."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template

from core.errors import NotFound
from deals.actions.enter_objection import Received, enter_objection
from deals.actions.object_to_notice import object_to_notice
from deals.permissions import check_enters
from deals.queries import deal_title
from reporting.notices import notice_page
from webapp.access import PERSON, PUBLIC, access
from webapp.forms.deal_forms import EnterObjectionForm, ObjectionForm
from webapp.language import gettext as _
from webapp.language import page_language
from webapp.presenters.showing import local_url
from webapp.runtime import the_market
from webapp.sessions import current_actor, need_person, origin
from webapp.views.deals.ids import deal_url, read
from webapp.views.deals.words import lend_words

blueprint = Blueprint("objections", __name__)
lend_words(blueprint)


@blueprint.route("/notices/<shown>/object", methods=["GET", "POST"])
@access(PUBLIC, post=PUBLIC, of="notice")
def object_(shown: str) -> Any:
    id, form, runtime = read("notice", shown), ObjectionForm(), the_market()
    with runtime.database.read() as session:
        now = runtime.database.now(session)
        found = notice_page(session, now, id, page_language())
    if found is None:
        raise NotFound(ref=shown)
    name, contact, text = (form[part].data or "" for part in ("name", "contact", "text"))
    done = form.accepted(
        lambda: runtime.executor.run(
            current_actor(), object_to_notice, id, name, contact, text, origin()
        )
    )
    if done is None:
        return render_template("deals/object.html", page=found, form=form, shown=shown), form.status
    flash(_("Your objection was received. The institute's answer comes to you."), "done")
    return redirect(local_url(f"/notices/{shown}"), 303)


@blueprint.route("/deals/<shown>/objection", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="deal")
def enter(shown: str) -> Any:
    id, form, runtime = read("deal", shown), EnterObjectionForm(), the_market()
    with runtime.database.read() as session:
        check_enters(session, need_person(), id)
        title = deal_title(session, id, page_language())
    text = {part: form[part].data or "" for part in ("channel", "name", "contact", "text")}
    got = Received(received_on=form.received_on.data, **text)
    done = form.accepted(lambda: runtime.executor.run(need_person(), enter_objection, id, got))
    if done is None:
        body = render_template("deals/enter_objection.html", form=form, deal=id, title=title)
        return body, form.status
    flash(_("The objection is entered. It waits for the answer."), "done")
    return redirect(deal_url(id), 303)
