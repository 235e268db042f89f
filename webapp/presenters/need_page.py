"""A need's page, laid out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from core import links
from core.ids import ref
from listings.queries.needs import NeedPage
from webapp.language import TAGS, page_language
from webapp.presenters import labels
from webapp.presenters.prices import range_text
from webapp.presenters.showing import local_url


@dataclass(frozen=True)
class NeedView:
    """`owner` is empty for readers who may not know who asks."""

    id: str
    url: str
    state: str
    title: str
    title_language: str
    summary: str
    description: tuple[str, ...]
    tried: tuple[str, ...]
    keywords: tuple[str, ...]
    owner: str
    owner_url: str
    budget: str
    region: str
    fields: tuple[tuple[str, str], ...]
    deadline: date | None
    published_at: datetime | None
    contact: str
    confidential: bool


def need_view(page: NeedPage) -> NeedView:
    language = page_language()
    budget = page.budget_high or page.budget_low
    return NeedView(
        id=page.id,
        url=local_url(links.path(ref("need", page.id), "zh") or ""),
        state=page.state,
        title=page.title,
        title_language="" if page.shown_language == language else TAGS[page.shown_language],
        summary=page.summary,
        description=_paragraphs(page.description),
        tried=_paragraphs(page.tried),
        keywords=page.keywords,
        owner=page.owner_name or "",
        owner_url=(
            local_url(links.path(ref("organisation", page.owner_org), "zh") or "")
            if page.owner_org
            else ""
        ),
        budget=range_text(
            page.budget_low.minor if page.budget_low else None,
            page.budget_high.minor if page.budget_high else None,
            budget.currency if budget else None,
            language,
        ),
        region=labels.reference_name("regions", page.region) if page.region else "",
        fields=tuple((code, _field(code)) for code in page.fields),
        deadline=page.deadline,
        published_at=page.published_at,
        contact=page.contact_name or "",
        confidential=page.confidential,
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.splitlines() if part.strip())


def _field(code: str) -> str:
    if len(code) == 1:
        return labels.reference_name("ipc_sections", code)
    return labels.reference_name("ipc_classes", code[:3])
