"""Who else owns it, and which rights in it were given away before."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.actor import Actor
from core.errors import Forbidden, NotFound
from core.i18n import N_
from core.money import Money
from core.versions import version_of
from listings.actions.edit_listing import edit_listing
from listings.actions.file_valuation import file_valuation
from listings.actions.note_consent import note_consent
from listings.actions.state_export import state_export
from listings.exporting import EXPORT_NAMES, statement_version
from listings.inputs import AssetChange, ListingChange
from listings.permissions import Do
from listings.queries import ListingPage
from listings.queries.register import RegisterView, rights_register
from listings.valuing import METHOD_NAMES
from webapp.access import PERSON, access
from webapp.downloads import attachment
from webapp.forms.account import ActForm
from webapp.forms.base import MarketForm
from webapp.forms.listing_beside import RIGHTS, CoOwnerForm, ExportForm, RightForm, ValuationForm
from webapp.language import plain
from webapp.numbers import whole
from webapp.presenters import labels
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.uploads import LARGEST_REPORT, PDF, REPORT_WANTED, take_upload
from webapp.views.workbench.reading import listing_id, read_listing

blueprint = Blueprint("register", __name__, url_prefix="/workbench/results/<shown>/rights")

KEPT = N_("The register is kept.")


def read(actor: Actor, shown: str) -> tuple[ListingPage, RegisterView]:
    """For those inside only: the register names holders. Raises NotFound."""
    page = read_listing(actor, shown)
    if Do.READ_HISTORY not in page.may:
        raise NotFound(ref=shown)
    with the_market().database.read() as session:
        return page, rights_register(session, page.asset)


def editable(page: ListingPage) -> bool:
    return Do.EDIT in page.may and page.state in ("draft", "published")


@blueprint.get("")
@access(PERSON, of="listing")
def page(shown: str) -> ResponseReturnValue:
    found, register = read(need_person(), shown)
    return _page(shown, found, register)


def _page(
    shown: str, found: ListingPage, register: RegisterView, **forms: MarketForm
) -> ResponseReturnValue:
    """`forms`: what was sent and refused, by name; the others begin anew."""
    shown_forms = _fresh(register) | forms
    body = render_template(
        "workbench/register.html",
        r=found,
        register=register,
        **shown_forms,
        kinds=RIGHTS,
        exports=EXPORT_NAMES,
        methods=METHOD_NAMES,
        money_of=Money,
        can_edit=editable(found),
        can_note=Do.CHECK in found.may,
        act=ActForm(),
        export_version=statement_version(register.export),
        version_of=version_of,
        shown=shown,
        way_name=labels.way,
        territory_name=labels.territory,
    )
    return body, 422 if any(form.errors for form in shown_forms.values()) else 200


def _fresh(register: RegisterView) -> dict[str, MarketForm]:
    said = register.export
    export = ExportForm(formdata=None)
    export.kind.data, export.basis.data = (said.kind, said.basis) if said else (None, "")
    return {
        "owner": CoOwnerForm(formdata=None),
        "right": RightForm(formdata=None),
        "export": export,
        "valuation": ValuationForm(formdata=None),
    }


@blueprint.post("/owners")
@access(PERSON, of="listing")
def add_owner(shown: str) -> ResponseReturnValue:
    actor, form = need_person(), CoOwnerForm()
    found, register = read(actor, shown)

    def keep() -> Any:
        new = form.owner()
        others = [row.owner for row in register.co_owners if row.owner.name != new.name]
        return _keep(actor, found, AssetChange(co_owners=(*others, new)))

    if form.accepted(keep) is None:
        return _page(shown, found, register, owner=form)
    return _back(shown, KEPT)


@blueprint.post("/owners/<int:n>/remove")
@access(PERSON, of="listing")
def drop_owner(shown: str, n: int) -> ResponseReturnValue:
    actor = need_person()
    found, register = read(actor, shown)
    kept = tuple(row.owner for row in register.co_owners if row.n != n)
    _keep(actor, found, AssetChange(co_owners=kept))
    return _back(shown, KEPT)


@blueprint.post("/owners/<int:n>/consent")
@access(PERSON, of="listing")
def consent(shown: str, n: int) -> ResponseReturnValue:
    text = request.form.get("consented_on", "").strip()
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        flash(plain(N_("Write a date such as 2026-11-22.")), "stop")
        return redirect(url_for(".page", shown=shown))
    version = whole(request.form.get("version"))
    the_market().executor.run(need_person(), note_consent, listing_id(shown), n, day, version)
    return _back(shown, N_("The consent is noted."))


@blueprint.post("/entries")
@access(PERSON, of="listing")
def add_right(shown: str) -> ResponseReturnValue:
    actor, form = need_person(), RightForm()
    found, register = read(actor, shown)

    def keep() -> Any:
        return _keep(actor, found, AssetChange(rights=(*register.declared, form.right())))

    if form.accepted(keep) is None:
        return _page(shown, found, register, right=form)
    return _back(shown, KEPT)


@blueprint.post("/entries/<int:n>/remove")
@access(PERSON, of="listing")
def drop_right(shown: str, n: int) -> ResponseReturnValue:
    actor = need_person()
    found, register = read(actor, shown)
    kept = tuple(row.right for row in register.rights if row.declared and row.n != n)
    _keep(actor, found, AssetChange(rights=kept))
    return _back(shown, KEPT)


@blueprint.post("/export")
@access(PERSON, of="listing")
def export(shown: str) -> ResponseReturnValue:
    """Whether it may leave the country."""
    actor, form = need_person(), ExportForm()
    found, register = read(actor, shown)

    def keep() -> Any:
        kind, basis = form.kind.data or "", form.basis.data or ""
        version = whole(request.form.get("version"))
        return the_market().executor.run(actor, state_export, found.id, kind, basis, version)

    if form.accepted(keep) is None:
        return _page(shown, found, register, export=form)
    return _back(shown, N_("The statement on exports is kept."))


@blueprint.post("/valuations")
@access(PERSON, of="listing")
def value(shown: str) -> ResponseReturnValue:
    """What it was valued at, as evidence for prices."""
    actor, form = need_person(), ValuationForm()
    found, register = read(actor, shown)

    if form.accepted(lambda: _value(actor, found, form)) is None:
        return _page(shown, found, register, valuation=form)
    return _back(shown, N_("The valuation is on file."))


def _value(actor: Actor, found: ListingPage, form: ValuationForm) -> Any:
    """Nobody stores a report who may not put it on file. Raises Invalid."""
    if Do.CHECK not in found.may:
        raise Forbidden(do="value")
    sent = request.files.get("report")
    upload = None
    if sent is not None and sent.filename:
        upload = take_upload("report", limit=LARGEST_REPORT, of=PDF, wanted=REPORT_WANTED)
    said = form.valued(the_market().settings.currency, upload)
    return the_market().executor.run(actor, file_valuation, found.id, said) if said else None


@blueprint.get("/valuations/<int:n>/report")
@access(PERSON, of="valuation")
def report(shown: str, n: int) -> ResponseReturnValue:
    _found, register = read(need_person(), shown)
    row = next((one for one in register.valuations if one.n == n and one.sha256), None)
    if row is None:
        raise NotFound(ref=f"valuation:{n}")
    return attachment(the_market().files.path(str(row.sha256)), row.file)


def _keep(actor: Actor, found: ListingPage, change: AssetChange) -> Any:
    """The whole register as it was read: another change since then is refused, not lost."""
    if Do.EDIT not in found.may:
        raise Forbidden(do="edit")
    run = the_market().executor.run
    return run(actor, edit_listing, found.id, ListingChange(asset=change), found.version)


def _back(shown: str, said: str) -> ResponseReturnValue:
    flash(plain(said), "done")
    return redirect(url_for(".page", shown=shown))
