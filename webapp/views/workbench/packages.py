"""What a package holds."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotFound
from core.i18n import N_
from listings.actions.edit_listing import edit_listing
from listings.inputs import AssetChange, ListingChange
from listings.kinds import AssetKind
from listings.permissions import Do
from listings.queries.register import member_choices
from webapp.access import PERSON, access
from webapp.forms.listing_beside import MembersForm
from webapp.language import plain
from webapp.numbers import whole
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.views.workbench.reading import read_listing

blueprint = Blueprint("packages", __name__, url_prefix="/workbench/results/<shown>/members")


@blueprint.route("", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="listing")
def page(shown: str) -> ResponseReturnValue:
    actor = need_person()
    found = read_listing(actor, shown)
    if Do.EDIT not in found.may or found.kind != AssetKind.PACKAGE:
        raise NotFound(ref=shown)
    with the_market().database.read() as session:
        choices = member_choices(session, found.asset, found.owner_org)
    form = MembersForm(choices)

    def keep() -> Any:
        change = ListingChange(asset=AssetChange(members=tuple(form.members.data or ())))
        version = whole(request.form.get("version"))
        return the_market().executor.run(actor, edit_listing, found.id, change, version)

    if form.accepted(keep) is None:
        body = render_template("workbench/members.html", r=found, form=form, shown=shown)
        return body, form.status
    flash(plain(N_("Saved.")), "done")
    return redirect(url_for("workbench.result", shown=shown))
