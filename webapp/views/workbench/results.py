"""A researcher's results: what waits for me, a first draft, the five steps, one result."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.actor import Actor
from core.errors import Forbidden, Invalid, NotFound
from core.file_types import file_type
from core.files import FileTooLarge
from core.i18n import N_
from core.ids import show
from core.scanning import FileHarmful, ScannerSilent
from listings.actions.add_file import add_file
from listings.actions.archive_listing import archive_listing
from listings.actions.confirm_listing import confirm_listing
from listings.actions.confirm_share import confirm_share
from listings.actions.draft_result import draft_result
from listings.actions.edit_listing import edit_listing
from listings.actions.remove_file import remove_file
from listings.actions.reopen_listing import reopen_listing
from listings.actions.submit_listing import submit_listing
from listings.actions.withdraw_listing import withdraw_listing
from listings.drafting.lint import Draft, lint
from listings.errors import NoOwner
from listings.filled import load_filled
from listings.kinds import AssetKind, Level
from listings.permissions import Do
from listings.queries import ListingPage, workbench
from listings.queries.stored import stored_listing
from listings.reasons import MODERATION_REASONS, RETURN_REASONS, WITHDRAW_REASONS
from listings.rules import SUBMITTED, missing
from webapp.access import PERSON, WRITER, access
from webapp.forms.account import ActForm
from webapp.forms.listing import STEPS, CanForm, FirstDraftForm, ReasonForm, WhatForm
from webapp.forms.listing_people import PeopleForm
from webapp.forms.listing_rights import RightsForm
from webapp.forms.listing_step import StepForm
from webapp.forms.listing_typed import options
from webapp.forms.listing_ways import WaysForm, way_fields
from webapp.language import plain
from webapp.numbers import whole
from webapp.presenters.fields import FIELDS
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.views.workbench.reading import listing_id, read_listing, writable_organisations

blueprint = Blueprint("workbench", __name__, url_prefix="/workbench")

_REMIND = "listing.heartbeat.remind_days"
_FORMS: tuple[type[StepForm], ...] = (WhatForm, CanForm, RightsForm, WaysForm, PeopleForm)
_PLAIN_ACTS = {
    "submit": (submit_listing, N_("Submitted. The transfer office checks the title next.")),
    "confirm": (confirm_listing, N_("Confirmed: the listing still holds.")),
    "reopen": (reopen_listing, N_("It is a draft again.")),
    "archive": (archive_listing, N_("Archived. Its history is kept.")),
}


@blueprint.get("")
@access(PERSON)
def home() -> ResponseReturnValue:
    actor, runtime = need_person(), the_market()
    with runtime.database.read() as session:
        now = runtime.database.now(session)
        profile = runtime.law.profile(runtime.settings.jurisdiction, now.date())
        remind = now + timedelta(days=profile.integer(_REMIND))
        mine = workbench(session, actor, now, remind)
    can_write = bool(writable_organisations(actor))
    return render_template(
        "workbench/home.html", w=mine, act=ActForm(), can_write=can_write, shown=show
    )


@blueprint.route("/new", methods=["GET", "POST"])
@access(WRITER, post=WRITER)
def new() -> ResponseReturnValue:
    actor = need_person()
    owners = writable_organisations(actor)
    if not owners:
        raise NoOwner(do="draft")
    form = FirstDraftForm(owners)

    def draft() -> Any:
        kind = AssetKind(form.kind.data)
        change = form.change(actor.person)
        return the_market().executor.run(
            actor, draft_result, form.owner.data, kind, form.text(), change
        )

    made = form.accepted(draft)
    if made is None:
        return render_template("workbench/new.html", form=form), form.status
    flash(plain(N_("The draft is kept. Complete it when you have time.")), "done")
    return redirect(url_for(".result", shown=show("listing", made.ref)))


@blueprint.get("/results/<shown>")
@access(PERSON, of="listing")
def result(shown: str) -> ResponseReturnValue:
    page = read_listing(need_person(), shown)
    if Do.READ_HISTORY not in page.may:
        raise NotFound(ref=shown)
    return _result(page, ReasonForm())


def _result(page: ListingPage, leave: ReasonForm) -> ResponseReturnValue:
    runtime = the_market()
    with runtime.database.read() as session:
        now = runtime.database.now(session)
        profile = runtime.law.profile(runtime.settings.jurisdiction, now.date())
        lacking = missing(load_filled(session, page.id), profile.codes(SUBMITTED))
    leave.reason.choices = options((code, plain(text)) for code, text in WITHDRAW_REASONS.items())
    hints = lint(
        Draft(
            language=page.text.language,
            title=page.text.title,
            value_line=page.text.value_line,
            abstract=page.text.abstract,
        )
    )
    return render_template(
        "workbench/result.html",
        r=page,
        lacking=[(name, *FIELDS.get(name, (name, 1))) for name in lacking],
        hints=hints,
        steps=STEPS,
        act=ActForm(),
        leave=leave,
        reason_text=_reason_text,
        shown=show("listing", page.id),
        shown_asset=show("asset", page.asset),
    )


def _reason_text(code: str) -> str:
    return RETURN_REASONS.get(code) or MODERATION_REASONS.get(code) or code


@blueprint.post("/results/<shown>/<any(submit,confirm,reopen,archive):deed>")
@access(PERSON, of="listing")
def act(shown: str, deed: str) -> ResponseReturnValue:
    action, said = _PLAIN_ACTS[deed]
    the_market().executor.run(need_person(), action, listing_id(shown))
    flash(plain(said), "done")
    return redirect(url_for(".result", shown=shown))


@blueprint.post("/results/<shown>/withdraw")
@access(PERSON, of="listing")
def withdraw(shown: str) -> ResponseReturnValue:
    actor, form = need_person(), ReasonForm()
    the_market().executor.run(
        actor, withdraw_listing, listing_id(shown), form.reason.data or "", form.note.data or ""
    )
    flash(plain(N_("Withdrawn. Nobody can find it any more; running talks are not ended.")), "done")
    return redirect(url_for(".result", shown=shown))


@blueprint.route("/results/<shown>/<int(min=1,max=5):step>", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="listing")
def edit(shown: str, step: int) -> ResponseReturnValue:
    actor = need_person()
    page = read_listing(actor, shown, request.args.get("text"))
    if Do.EDIT not in page.may:
        raise Forbidden(do="edit")
    form = _form(step, page)
    if not form.is_submitted():
        form.show()
    version = whole(request.form.get("version"))

    def keep() -> Any:
        return the_market().executor.run(actor, edit_listing, page.id, form.change(), version)

    kept = form.accepted(keep)
    if kept is not None and not _take_file(actor, form):
        page, kept, form.saved = read_listing(actor, shown, request.args.get("text")), None, True
    if kept is None:
        return render_template(
            "workbench/step.html", r=page, form=form, step=step, steps=STEPS, shown=shown
        ), form.status
    flash(plain(N_("Saved.")), "done")
    if "draft" in request.form or step == len(STEPS):
        return redirect(url_for(".result", shown=shown))
    return redirect(url_for(".edit", shown=shown, step=step + 1))


def _form(step: int, page: ListingPage) -> StepForm:
    with the_market().database.read() as session:
        stored = stored_listing(session, page.id)
    kind = way_fields() if step == 4 else _FORMS[step - 1]
    return kind(page, stored)


def _take_file(actor: Actor, form: StepForm) -> bool:
    """The file of step 5, stored first and referred to after. False: refused, and said so; what
    was typed is saved by then, so its page must carry the new version."""
    sent = request.files.get("file")
    if not isinstance(form, PeopleForm) or sent is None or not sent.filename:
        return True
    runtime = the_market()
    level = Level(form.file_level.data or "member")
    try:
        media_type = file_type(sent.filename, sent.stream)
        stored = runtime.files.take(sent.stream, limit=runtime.settings.max_upload)
        runtime.executor.run(
            actor, add_file, form.page.id, stored.sha256, sent.filename, media_type, stored.size,
            level,
        )  # fmt: skip
    except (Invalid, FileHarmful, ScannerSilent) as refused:
        form.say(refused)
        form.form_errors.append(plain(N_("Everything else was saved.")))
        return False
    except FileTooLarge:
        form.form_errors.append(plain(N_("The file is too large. Everything else was saved.")))
        return False
    return True


@blueprint.post("/results/<shown>/files/<sha256>/remove")
@access(PERSON, of="listing")
def drop_file(shown: str, sha256: str) -> ResponseReturnValue:
    the_market().executor.run(need_person(), remove_file, listing_id(shown), sha256)
    return redirect(url_for(".result", shown=shown))


@blueprint.post("/shares/<asset>")
@access(PERSON, of="asset")
def share(asset: str) -> ResponseReturnValue:
    share_bp = whole(request.form.get("share_bp"))
    the_market().executor.run(
        need_person(), confirm_share, asset, -1 if share_bp is None else share_bp
    )
    flash(plain(N_("Your share is confirmed.")), "done")
    return redirect(url_for(".home"))
