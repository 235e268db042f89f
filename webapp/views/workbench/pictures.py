"""The pictures of a result: added and taken off one by one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.actor import Actor
from core.errors import NotFound
from core.i18n import N_
from listings.actions.add_picture import add_picture
from listings.actions.remove_file import remove_file
from listings.permissions import Do
from listings.queries import ListingPage
from webapp.access import PERSON, access
from webapp.forms.account import ActForm
from webapp.forms.listing_beside import PictureForm
from webapp.language import plain
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.uploads import LARGEST_PICTURE, take_picture
from webapp.views.workbench.reading import read_listing

blueprint = Blueprint("pictures", __name__, url_prefix="/workbench/results/<shown>/pictures")


def _read(actor: Actor, shown: str) -> ListingPage:
    page = read_listing(actor, shown)
    if Do.EDIT not in page.may:
        raise NotFound(ref=shown)
    return page


@blueprint.get("")
@access(PERSON, of="listing")
def page(shown: str) -> ResponseReturnValue:
    return _page(shown, _read(need_person(), shown), PictureForm())


def _page(shown: str, found: ListingPage, form: PictureForm) -> ResponseReturnValue:
    body = render_template(
        "workbench/pictures.html", r=found, form=form, act=ActForm(), shown=shown
    )
    return body, form.status


@blueprint.post("")
@access(PERSON, of="listing")
def add(shown: str) -> ResponseReturnValue:
    actor, form = need_person(), PictureForm()
    found = _read(actor, shown)
    if form.accepted(lambda: _take(actor, found, form)) is None:
        return _page(shown, found, form)
    flash(plain(N_("The picture is on the page.")), "done")
    return redirect(url_for(".page", shown=shown))


def _take(actor: Actor, found: ListingPage, form: PictureForm) -> Any:
    sent = take_picture("picture", limit=LARGEST_PICTURE)
    return the_market().executor.run(
        actor, add_picture, found.id, sent.sha256, sent.media_type, sent.size, form.captions()
    )


@blueprint.post("/<sha256>/remove")
@access(PERSON, of="listing")
def remove(shown: str, sha256: str) -> ResponseReturnValue:
    actor = need_person()
    the_market().executor.run(actor, remove_file, _read(actor, shown).id, sha256)
    flash(plain(N_("The picture is off the page.")), "done")
    return redirect(url_for(".page", shown=shown))
