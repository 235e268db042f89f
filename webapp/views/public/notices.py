"""Public notices: found without signing in, printable, with a QR code to verify, and as papers."""

from datetime import datetime
from typing import Final

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from core.errors import NotFound
from core.ids import parse, show
from core.times import legal_date
from reporting import notice_papers
from reporting.notices import NoticePage, notice_list, notice_page
from webapp.access import PUBLIC, access
from webapp.downloads import attachment
from webapp.language import page_language
from webapp.numbers import asked_page
from webapp.presenters.notice_page import notice_view
from webapp.presenters.notice_paper import notice_paper
from webapp.presenters.showing import market
from webapp.qr import qr_svg
from webapp.runtime import the_market

blueprint = Blueprint("notices", __name__)

SIZE = 30
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


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
    found, now = _found(shown)
    view = notice_view(found, market().base_url)
    return render_template(
        "public/notice.html",
        n=found,
        v=view,
        today=legal_date(now, market().zone),
        qr=qr_svg(view.address, view.address),
    )


@blueprint.get("/notices/<shown>/paper.<any(pdf, docx, html):ending>")
@access(PUBLIC, of="notice")
def paper(shown: str, ending: str) -> Response:
    """For the notice board and the institute's own site."""
    found, _now = _found(shown)
    said = notice_paper(found, notice_view(found, market().base_url))
    name = f"{shown}-{page_language()}.{ending}"
    if ending == "pdf":
        return attachment(notice_papers.pdf(said), name, "application/pdf")
    if ending == "docx":
        return attachment(notice_papers.word(said), name, _WORD)
    text = render_template("public/notice_paste.html", p=said)
    return attachment(text.encode(), name, "text/html; charset=utf-8")


def _found(shown: str) -> tuple[NoticePage, datetime]:
    kind_and_id = parse(shown)
    if kind_and_id is None or kind_and_id[0] != "notice":
        raise NotFound(ref=shown)
    database = the_market().database
    with database.read() as session:
        now = database.now(session)
        found = notice_page(session, now, kind_and_id[1], page_language())
    if found is None:
        raise NotFound(ref=shown)
    return found, now
