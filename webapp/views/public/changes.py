"""The public change feed: a page for people, JSON since a cursor for machines."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, jsonify, render_template, request

from core.i18n import N_
from core.times import legal_date
from syndication.changes import LIMIT, changes_since, last_change, newest_changes
from webapp.access import PUBLIC, access
from webapp.language import page_language, plain
from webapp.numbers import whole
from webapp.presenters.changes import change_line, changes_body
from webapp.presenters.showing import market
from webapp.runtime import the_market

blueprint = Blueprint("changes", __name__)
SHOWN: Final = 50


@blueprint.get("/changes")
@access(PUBLIC)
def page() -> str:
    database = the_market().database
    with database.read() as session:
        today = legal_date(database.now(session), market().zone)
        rows, last = newest_changes(session, today, SHOWN), last_change(session)
    lines = [change_line(row, page_language()) for row in rows]
    view = {"lines": lines, "last": last, "limit": LIMIT, "base": market().base_url}
    return render_template("public/changes.html", **view)


@blueprint.get("/changes.json")
@access(PUBLIC)
def feed() -> Response:
    """`since` is the last number the follower has seen, 0 for everything."""
    since = whole(request.args.get("since", "0"))
    limit = whole(request.args.get("limit", str(LIMIT)))
    if since is None or not limit:
        return _unreadable()
    database = the_market().database
    with database.read() as session:
        today = legal_date(database.now(session), market().zone)
        found = changes_since(session, since, today, limit)
    answer = jsonify(changes_body(found))
    answer.cache_control.no_cache = True
    answer.add_etag()
    answer.make_conditional(request)
    return answer


def _unreadable() -> Response:
    sentence = plain(N_("“since” and “limit” are whole numbers; “limit” is at least 1."))
    answer = jsonify({"title": sentence, "status": 400})
    answer.status_code, answer.mimetype = 400, "application/problem+json"
    return answer
