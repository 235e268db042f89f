"""Webhooks: who is called about what, how each call ended, and sending calls again."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.actor import Actor
from core.errors import NotFound
from core.i18n import N_
from core.ids import parse, show
from core.signatures import HEADER
from syndication import queries
from syndication.actions.add_webhook import add_webhook
from syndication.actions.ping_webhook import ping_webhook
from syndication.actions.resend_deliveries import resend_deliveries
from syndication.actions.rotate_secret import rotate_secret
from syndication.actions.switch_webhook import To, switch_webhook
from syndication.signing import secret_of
from syndication.topics import NAMES
from webapp import sessions
from webapp.access import PERSON, access
from webapp.forms.account import ActForm
from webapp.forms.webhooks import ResendForm, WebhookForm
from webapp.language import page_language, plain
from webapp.numbers import asked_page
from webapp.runtime import the_market

blueprint = Blueprint("webhooks", __name__, url_prefix="/account/webhooks")
PAGE: Final = 30
_SWITCHED: Final[dict[To, str]] = {
    "active": N_("The webhook is called again from now on."),
    "paused": N_("The webhook is not called until you switch it on."),
    "removed": N_("The webhook was removed."),
}


def _id(shown: str) -> str:
    """Raises NotFound for what names no webhook."""
    found = parse(shown)
    if found is None or found[0] != "webhook":
        raise NotFound(ref=shown)
    return found[1]


def _list(actor: Actor, form: WebhookForm) -> ResponseReturnValue:
    with the_market().database.read() as session:
        hooks = queries.webhooks_of(session, actor, page_language())
        form.for_owners(queries.owners(session, actor, page_language()))
    return render_template("account/webhooks.html", hooks=hooks, form=form, names=NAMES), (
        form.status
    )


def _secret_page(actor: Actor, id: str, *, fresh: bool) -> ResponseReturnValue:
    """The only page that ever shows the secret; it answers a POST and is kept in no cache."""
    market = the_market()
    with market.database.read() as session:
        hook = queries.webhook(session, actor, id, page_language())
        generation = queries.generation_of(session, actor, id)
    secret = secret_of(market.executor.ports.secret, id, generation)
    view = {"hook": hook, "secret": secret, "fresh": fresh, "header": HEADER}
    return render_template("account/webhook_secret.html", **view)


def _back(shown: str, words: str, **params: object) -> ResponseReturnValue:
    flash(plain(words, **params), "done")
    return redirect(url_for(".one", shown=shown))


@blueprint.get("")
@access(PERSON)
def index() -> ResponseReturnValue:
    return _list(sessions.need_person(), WebhookForm(formdata=None))


@blueprint.post("")
@access(PERSON, fresh=True)
def add() -> ResponseReturnValue:
    actor, form = sessions.need_person(), WebhookForm()
    with the_market().database.read() as session:
        form.for_owners(queries.owners(session, actor, page_language()))
    typed = (form.owner.data or None, form.url.data or "", form.topics.data or [])
    made = form.accepted(lambda: the_market().executor.run(actor, add_webhook, *typed))
    if made is None:
        return _list(actor, form)
    return _secret_page(actor, made.ref, fresh=True)


@blueprint.get("/<shown>")
@access(PERSON, of="webhook")
def one(shown: str) -> ResponseReturnValue:
    return _one(sessions.need_person(), shown, ResendForm(formdata=None))


def _one(actor: Actor, shown: str, form: ResendForm) -> ResponseReturnValue:
    id, page = _id(shown), asked_page()
    with the_market().database.read() as session:
        hook = queries.webhook(session, actor, id, page_language())
        rows = queries.deliveries(session, id, PAGE, PAGE * (page - 1))
        total = queries.count_deliveries(session, id)
    view = {"page": page, "size": PAGE, "total": total, "act": ActForm(formdata=None)}
    return render_template(
        "account/webhook.html", hook=hook, rows=rows, names=NAMES, form=form, **view
    ), form.status


@blueprint.post("/<shown>/secret")
@access(PERSON, of="webhook", fresh=True)
def rotate(shown: str) -> ResponseReturnValue:
    actor, id = sessions.need_person(), _id(shown)
    the_market().executor.run(actor, rotate_secret, id)
    return _secret_page(actor, id, fresh=False)


@blueprint.post("/<shown>/ping")
@access(PERSON, of="webhook")
def ping(shown: str) -> ResponseReturnValue:
    the_market().executor.run(sessions.need_person(), ping_webhook, _id(shown))
    the_market().worker.wake()
    return _back(shown, N_("A test call is on its way; how it ends shows below in a moment."))


@blueprint.post("/<shown>/state")
@access(PERSON, of="webhook")
def switch(shown: str) -> ResponseReturnValue:
    actor, id = sessions.need_person(), _id(shown)
    to = next((one for one in _SWITCHED if one == request.form.get("to")), None)
    if to is None:
        raise NotFound
    the_market().executor.run(actor, switch_webhook, id, to)
    if to == "removed":
        flash(plain(_SWITCHED[to]), "done")
        return redirect(url_for(".index"))
    return _back(shown, _SWITCHED[to])


@blueprint.post("/<shown>/resend")
@access(PERSON, of="webhook")
def resend(shown: str) -> ResponseReturnValue:
    actor, id, form = sessions.need_person(), _id(shown), ResendForm()
    typed = (id, *form.range)
    run = the_market().executor.run
    only = bool(form.failed_only.data)
    done = form.accepted(lambda: run(actor, resend_deliveries, *typed, failed_only=only))
    if done is None:
        return _one(actor, shown, form)
    the_market().worker.wake()
    return _back(shown, N_("Calls that are sent again: %(count)s."), count=done.ref)


blueprint.add_app_template_global(lambda id: show("webhook", id), "shown_webhook")
