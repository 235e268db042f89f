"""A public notice as its papers say it: the same words as its page, in the page's language."""

from __future__ import annotations

from core.i18n import N_
from reporting.notice_papers import NoticePaper
from reporting.notices import NoticePage
from webapp.language import page_language, plain
from webapp.presenters.notice_page import NoticeView
from webapp.presenters.showing import show_date, show_instant


def notice_paper(notice: NoticePage, view: NoticeView) -> NoticePaper:
    """Without what may still change: objections are counted on the page alone."""
    language = page_language()
    name = notice.row.organisation_name
    return NoticePaper(
        language=language,
        title=view.title,
        address=view.address,
        opening=view.above,
        rows=view.facts,
        closing=view.below,
        contact=tuple(_contact(notice, name, language)),
        signed=(name, show_date(notice.begins_at)),
        proof=(
            plain(
                N_("Posted %(when)s; SHA-256 of the content:"), when=show_instant(notice.begins_at)
            ),
            notice.digest,
        ),
    )


def _contact(notice: NoticePage, house: str, language: str) -> list[tuple[str, str]]:
    said = notice.contact
    latin = said.get("latin_name") if language == "en" else None
    person = latin or said.get("name") or ""
    rows = [
        (N_("Contact"), f"{person}, {house}" if person else ""),
        (N_("Telephone"), said.get("phone") or ""),
        (N_("Mail"), said.get("mail") or ""),
    ]
    return [(plain(name), text) for name, text in rows if text]
