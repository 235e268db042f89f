"""Receiving accounts of one's organisation: added by one person, approved by another."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from accounts.queries import organisation_names
from billing import reading
from billing.actions.add_account import NewAccount, add_account
from billing.actions.approve_account import approve_account
from billing.actions.retire_account import retire_account
from billing.permissions import keeps_accounts
from billing.states import CUSTODY
from core.actor import Actor
from core.i18n import N_
from core.results import Done
from webapp.access import PERSON, access
from webapp.forms.account import ActForm
from webapp.forms.money import AccountForm
from webapp.language import page_language, plain
from webapp.presenters.money import RECEIVING, words
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.views.deals.ids import read

blueprint = Blueprint("money_accounts", __name__, url_prefix="/money/accounts")
blueprint.context_processor(words)


@blueprint.route("", methods=["GET", "POST"])
@access(PERSON, post=PERSON, fresh="post")
def index() -> ResponseReturnValue:
    actor, form = need_person(), AccountForm()
    with the_market().database.read() as session:
        rows = reading.accounts_of(session, actor)
        houses = [one for one in actor.organisations if keeps_accounts(actor, one)]
        named = [*houses, *(row.owner_org for row in rows)]
        names = organisation_names(session, named, page_language())
    form.owner_org.choices = [SelectChoice(one, names.get(one, "")) for one in sorted(houses)]
    form.kind.choices = fitting(actor)
    done = form.accepted(lambda: _add(form))
    if done is not None:
        flash(plain(N_("Added; it serves once another person has approved it.")), "done")
        return redirect(url_for(".index"), 303)
    view = {"rows": rows, "names": names, "houses": houses, "act": ActForm(formdata=None)}
    return render_template("money/accounts.html", form=form, **view), form.status


def fitting(actor: Actor) -> list[SelectChoice]:
    """Only the market's operator keeps accounts that hold other people's money, and no other."""
    custody = actor.has("operator")
    return [
        SelectChoice(kind.value, plain(name))
        for kind, name in RECEIVING.items()
        if (kind in CUSTODY) == custody
    ]


def _add(form: AccountForm) -> Done:
    names = ("owner_org", "kind", "currency", "account_name", "bank", "number", "basis")
    new = NewAccount(*(form[name].data or "" for name in names))
    return the_market().executor.run(need_person(), add_account, new)


@blueprint.post("/<shown>/approve")
@access(PERSON, of="receiving_account", fresh=True)
def approve(shown: str) -> ResponseReturnValue:
    return _press(approve_account, shown, plain(N_("Approved; from now on it serves.")))


@blueprint.post("/<shown>/retire")
@access(PERSON, of="receiving_account", fresh=True)
def retire(shown: str) -> ResponseReturnValue:
    return _press(retire_account, shown, plain(N_("Retired; it receives nothing new.")))


def _press(action: Callable[..., Done], shown: str, said: str) -> ResponseReturnValue:
    actor, id, form = need_person(), read("receiving_account", shown), ActForm()
    done = form.accepted(lambda: the_market().executor.run(actor, action, id))
    flash(said if done else next(iter(form.form_errors), ""), "done" if done else "stop")
    return redirect(url_for(".index"), 303)
