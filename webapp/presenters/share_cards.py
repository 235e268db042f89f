"""What the picture of a shared link says: of one page, as a visitor sees it."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from core.i18n import N_
from reporting.organisation import PublicOrganisation
from reporting.share_cards import ShareCard
from webapp.language import page_language, plain
from webapp.presenters import labels
from webapp.presenters.need_page import NeedView
from webapp.presenters.result import ResultView
from webapp.presenters.showing import market, shortened, show_date
from webapp.static_files import FOLDER

_TITLE: Final = 200
_LEAD: Final = 150
_OWNER: Final = {False: 66, True: 34}
_FACTS: Final = 3
"""Widths are in Latin letters, as much as fits."""


def of_result(view: ResultView, *, square: bool) -> ShareCard:
    way = view.main_way
    facts = (
        f"TRL {view.trl}" if view.trl else "",
        f"{way.name} {way.amount}".strip() if way else "",
        view.region,
    )
    return _card(view.kind, view.title, view.value_line, view.owner, facts, square=square)


def of_need(view: NeedView, *, square: bool) -> ShareCard:
    until = plain(N_("Answers until %(day)s"), day=show_date(view.deadline))
    facts = (view.budget, until if view.deadline else "", view.region)
    owner = view.owner or plain(N_("published anonymously"))
    return _card(plain(N_("Need")), view.title, view.summary, owner, facts, square=square)


def of_organisation(found: PublicOrganisation, *, square: bool) -> ShareCard:
    language = page_language()
    fields = (labels.reference_name("ipc_sections", code) for code in found.fields)
    region = labels.reference_name("regions", found.region) if found.region else ""
    kind = labels.named(labels.ORGANISATIONS, found.kind)
    lead = " ".join(found.intro(language).split())
    return _card(kind, found.name(language), lead, region, (*fields,), square=square)


def _card(
    kind: str, title: str, lead: str, owner: str, facts: tuple[str, ...], *, square: bool
) -> ShareCard:
    return ShareCard(
        language=page_language(),
        kind=kind,
        title=shortened(title, _TITLE),
        lead="" if square else shortened(lead, _LEAD),
        owner=shortened(owner, _OWNER[square]),
        facts=() if square else tuple(fact for fact in facts if fact)[:_FACTS],
        market=market().name(page_language()),
        address=urlsplit(market().base_url).netloc,
        mark=(FOLDER / "mark.svg").read_text(),
        square=square,
    )
