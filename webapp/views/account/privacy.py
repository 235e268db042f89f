"""One's own data: a copy of everything, and being forgotten."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from accounts.actions.ask_erasure import ask_erasure
from accounts.actions.ask_export import ask_export
from accounts.actions.keep_account import keep_account
from accounts.privacy import own_export, privacy_page
from core.actor import Actor
from core.holdings import Holdings
from core.i18n import N_
from core.times import legal_date
from webapp import sessions
from webapp.access import PERSON, access
from webapp.forms.account import ActForm
from webapp.language import plain
from webapp.runtime import the_market

blueprint = Blueprint("privacy", __name__, url_prefix="/account/privacy")


def _page(actor: Actor, form: ActForm) -> ResponseReturnValue:
    market = the_market()
    ports = market.executor.ports
    with market.database.read() as session:
        now = market.database.now(session)
        page = privacy_page(session, ports.holdings or Holdings(), actor, now)
    law = market.law.profile(ports.jurisdiction, legal_date(now, ports.zone))
    rules = [law.value(f"privacy.{name}") for name in ("export_days", "erasure_cooling_days")]
    return render_template(
        "account/privacy.html", page=page, form=form, rules=rules, now=now
    ), form.status


def _done(words: str) -> ResponseReturnValue:
    flash(plain(words), "done")
    return redirect(url_for(".show"))


@blueprint.get("")
@access(PERSON)
def show() -> ResponseReturnValue:
    return _page(sessions.need_person(), ActForm())


@blueprint.post("/export")
@access(PERSON, fresh=True)
def export() -> ResponseReturnValue:
    actor, form = sessions.need_person(), ActForm()
    if form.accepted(lambda: the_market().executor.run(actor, ask_export)) is None:
        return _page(actor, form)
    return _done(N_("The file is being made; this page shows when it is ready."))


@blueprint.get("/exports/<export>")
@access(PERSON, of="export")
def download(export: str) -> ResponseReturnValue:
    actor, market = sessions.need_person(), the_market()
    with market.database.read() as session:
        row = own_export(session, actor, export, market.database.now(session))
    found = market.files.open(row.sha256 or "")
    name = f"qiaoyi-{row.asked_at:%Y%m%d}.zip"
    return send_file(found, "application/zip", as_attachment=True, download_name=name)


@blueprint.post("/erasure")
@access(PERSON, fresh=True)
def erase() -> ResponseReturnValue:
    actor, form = sessions.need_person(), ActForm()
    if form.accepted(lambda: the_market().executor.run(actor, ask_erasure)) is None:
        return _page(actor, form)
    return _done(N_("Asked for. Until the day below you can take it back on this page."))


@blueprint.post("/keep")
@access(PERSON)
def keep() -> ResponseReturnValue:
    actor = sessions.need_person()
    the_market().executor.run(actor, keep_account)
    return _done(N_("Taken back: your account stays."))
