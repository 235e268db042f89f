"""The patents of a result: numbers, legal status and the days that matter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.actor import Actor
from core.errors import Forbidden, NotFound
from core.i18n import N_
from core.times import legal_date
from listings.actions.edit_listing import edit_listing
from listings.inputs import AssetChange, ListingChange, PatentInput
from listings.permissions import Do
from listings.queries import ListingPage
from listings.queries.stored import stored_listing
from webapp.access import PERSON, access
from webapp.forms.account import ActForm
from webapp.forms.listing_patent import PatentForm
from webapp.forms.listing_typed import number_of
from webapp.language import plain
from webapp.numbers import whole
from webapp.presenters.labels import PATENT_KINDS
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.views.workbench.reading import read_listing
from webapp.views.workbench.register import editable

blueprint = Blueprint("patents", __name__, url_prefix="/workbench/results/<shown>/patents")

Patents = tuple[PatentInput, ...]


def _read(actor: Actor, shown: str) -> tuple[ListingPage, Patents]:
    """Those of the result itself: a package's members have their own page. Raises NotFound."""
    page = read_listing(actor, shown)
    if Do.READ_HISTORY not in page.may:
        raise NotFound(ref=shown)
    with the_market().database.read() as session:
        asset = stored_listing(session, page.id).asset
    return page, (asset.patents if asset else None) or ()


@blueprint.route("", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="listing")
def page(shown: str) -> ResponseReturnValue:
    """All of them, and the form of another one."""
    actor = need_person()
    found, patents = _read(actor, shown)
    form = PatentForm(None)
    if form.accepted(lambda: _keep(actor, found, lambda: (*patents, _typed(form)))) is not None:
        return _back(shown, N_("The patent is kept."))
    body = render_template(
        "workbench/patents.html",
        r=found,
        patents=patents,
        form=form,
        act=ActForm(),
        can_edit=editable(found),
        kinds=PATENT_KINDS,
        number_of=number_of,
        shown=shown,
    )
    return body, form.status


@blueprint.route("/<int:n>", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="listing")
def edit(shown: str, n: int) -> ResponseReturnValue:
    """The `n`-th of them, counted from 1."""
    actor = need_person()
    found, patents = _read(actor, shown)
    if Do.EDIT not in found.may:
        raise Forbidden(do="edit")
    form = PatentForm(_nth(patents, n, shown))

    def keep() -> Any:
        return _keep(actor, found, lambda: (*patents[: n - 1], _typed(form), *patents[n:]))

    if form.accepted(keep) is not None:
        return _back(shown, N_("The patent is kept."))
    body = render_template("workbench/patent.html", r=found, form=form, shown=shown)
    return body, form.status


@blueprint.post("/<int:n>/remove")
@access(PERSON, of="listing")
def drop(shown: str, n: int) -> ResponseReturnValue:
    actor = need_person()
    found, patents = _read(actor, shown)
    if Do.EDIT not in found.may:
        raise Forbidden(do="edit")
    _nth(patents, n, shown)
    _keep(actor, found, lambda: (*patents[: n - 1], *patents[n:]))
    return _back(shown, N_("The patent is taken out."))


def _nth(patents: Patents, n: int, shown: str) -> PatentInput:
    if not 1 <= n <= len(patents):
        raise NotFound(ref=shown)
    return patents[n - 1]


def _typed(form: PatentForm) -> PatentInput:
    """Raises Invalid."""
    runtime = the_market()
    with runtime.database.read() as session:
        today = legal_date(runtime.database.now(session), runtime.settings.zone)
    return form.patent(today)


def _keep(actor: Actor, found: ListingPage, patents: Callable[[], Patents]) -> Any:
    """Written whole and by place, so a change since the page was shown is refused."""
    if Do.EDIT not in found.may:
        raise Forbidden(do="edit")
    version = whole(request.form.get("version"))
    change = ListingChange(asset=AssetChange(patents=patents()))
    run = the_market().executor.run
    return run(actor, edit_listing, found.id, change, found.version if version is None else version)


def _back(shown: str, said: str) -> ResponseReturnValue:
    flash(plain(said), "done")
    return redirect(url_for(".page", shown=shown))
