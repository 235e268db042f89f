"""What the operator announces: a list, a page each, and an Atom feed of what is for everybody."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from core.actor import ANONYMOUS
from core.ids import show
from core.texts import for_xml
from governance.announcements import announcement, begun
from webapp.access import PUBLIC, access
from webapp.language import page_language
from webapp.presenters.feeds import Entry, tag_uri
from webapp.presenters.showing import local_url, market
from webapp.runtime import the_market
from webapp.sessions import current_actor
from webapp.views.deals.ids import read

blueprint = Blueprint("announcements", __name__)


@blueprint.get("/announcements")
@access(PUBLIC)
def index() -> ResponseReturnValue:
    database = the_market().database
    with database.read() as session:
        rows = begun(session, current_actor(), database.now(session))
    return render_template("public/announcements.html", rows=rows)


@blueprint.get("/announcements/<shown>")
@access(PUBLIC, of="announcement")
def one(shown: str) -> ResponseReturnValue:
    database, id = the_market().database, read("announcement", shown)
    with database.read() as session:
        row = announcement(session, current_actor(), id, database.now(session))
    return render_template("public/announcement.html", row=row)


@blueprint.get("/announcements.atom")
@access(PUBLIC)
def feed() -> Response:
    """The same for everybody, whoever is signed in: feeds are kept by programs."""
    database, language = the_market().database, page_language()
    with database.read() as session:
        now = database.now(session)
        rows = begun(session, ANONYMOUS, now)
    entries = [
        Entry(
            id=tag_uri(show("announcement", row.id)),
            url=market().base_url + local_url(f"/announcements/{show('announcement', row.id)}"),
            title=row.titled(language),
            summary=row.said(language),
            author="",
            category="announcement",
            language=language,
            updated=row.starts_at,
        )
        for row in rows
    ]
    updated = max((one.updated for one in entries), default=now)
    page = render_template("public/announcements.xml", entries=entries, updated=updated)
    return Response(for_xml(page), mimetype="application/atom+xml")
