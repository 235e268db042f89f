"""Public notices: found without signing in, printable, with a QR code to verify."""

from flask import Blueprint, render_template

from core.errors import NotFound
from core.ids import parse, show
from core.times import legal_date
from reporting.notices import notice_list, notice_page
from webapp.access import PUBLIC, access
from webapp.language import page_language
from webapp.numbers import asked_page
from webapp.presenters.notice_page import notice_view
from webapp.presenters.showing import market
from webapp.qr import qr_svg
from webapp.runtime import the_market

blueprint = Blueprint("notices", __name__)

SIZE = 30


@blueprint.get("/notices")
@access(PUBLIC)
def index() -> str:
    page = asked_page()
    database = the_market().database
    with database.read() as session:
        now = database.now(session)
        rows, total = notice_list(session, now, page_language(), page=page, size=SIZE)
    return render_template(
        "public/notices.html",
        rows=rows,
        total=total,
        page=page,
        pages=max(1, -(-total // SIZE)),
        size=SIZE,
        show_id=lambda id: show("notice", id),
        notices_url=lambda number: f"?page={number}",
    )


@blueprint.get("/notices/<shown>")
@access(PUBLIC, of="notice")
def page(shown: str) -> str:
    kind_and_id = parse(shown)
    if kind_and_id is None or kind_and_id[0] != "notice":
        raise NotFound(ref=shown)
    database = the_market().database
    with database.read() as session:
        now = database.now(session)
        found = notice_page(session, now, kind_and_id[1], page_language())
    if found is None:
        raise NotFound(ref=shown)
    view = notice_view(found, market().base_url)
    return render_template(
        "public/notice.html",
        n=found,
        v=view,
        today=legal_date(now, market().zone),
        qr=qr_svg(view.address, view.address),
    )
