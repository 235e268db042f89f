"""`/jobs/…`: where letters and notes about long work lead; the work has a page of its own."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotFound
from core.ids import parse, show
from core.models import Job
from listings.importing.queries import import_page
from webapp.access import OFFICE, access
from webapp.runtime import the_market
from webapp.views.importing.reading import office

blueprint = Blueprint("jobs", __name__, url_prefix="/jobs")


@blueprint.get("/<shown>")
@access(OFFICE, of="import")
def page(shown: str) -> ResponseReturnValue:
    actor, named = office(), parse(shown)
    if named is None or named[0] != "job":
        raise NotFound(ref=shown)
    with the_market().database.read() as session:
        job = session.get(Job, named[1])
        if job is None or not job.kind.startswith("import_"):
            raise NotFound(ref=shown)
        found = import_page(session, actor, job.ref)
    return redirect(url_for("imports.page", shown=show("import", found.id)))
