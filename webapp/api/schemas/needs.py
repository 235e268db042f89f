"""Needs: what programs write and read, and which relation sees what."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Final

from pydantic import Field

from core.ids import show
from listings.inputs import NeedInput, NeedTranslation
from listings.queries import NeedPage
from listings.queries.lists import NeedLine
from webapp.api.fields import Shape, words
from webapp.api.schemas.common import (
    Amount,
    Code,
    In,
    Language,
    Line,
    Out,
    Prose,
    Word,
    amount,
    plain_id,
    shown_id,
)

Keywords = Annotated[tuple[Word, ...], Field(max_length=20)]
Codes = Annotated[tuple[Code, ...], Field(max_length=20)]


class TranslationIn(In):
    language: Language
    title: Word
    summary: Line = ""
    description: Prose = ""
    tried: Prose = ""
    keywords: Keywords = ()

    def plain(self) -> NeedTranslation:
        return NeedTranslation(**dict(self))


class NeedIn(In):
    """A whole need: what is not sent is empty."""

    language: Language
    title: Word
    summary: Line = ""
    description: Prose = ""
    tried: Prose = ""
    keywords: Keywords = ()
    budget_low: Amount | None = None
    budget_high: Amount | None = None
    fields: Codes = ()
    industries: Codes = ()
    region: Code | None = None
    deadline: date | None = None
    confidential: bool = False
    anonymous: bool = False
    contact_person: shown_id("person") | None = None  # type: ignore[valid-type]
    contact_name: Word | None = None
    translation: TranslationIn | None = None

    def plain(self) -> NeedInput:
        sent = dict(self)
        for name in ("budget_low", "budget_high"):
            sent[name] = sent[name].money() if sent[name] else None
        sent["contact_person"] = plain_id(self.contact_person)
        sent["translation"] = self.translation.plain() if self.translation else None
        return NeedInput(**sent)


class NeedDraft(In):
    owner: shown_id("organisation")  # type: ignore[valid-type]
    need: NeedIn


class NeedWithdrawIn(In):
    """`matched`: what was looked for has been found."""

    matched: bool = False


class NeedOut(Out):
    id: str
    url: str
    state: str
    anonymous: bool
    owner: str | None
    owner_name: str | None
    language: str
    languages: list[str]
    shown_language: str
    title: str
    summary: str
    description: str
    tried: str
    keywords: list[str]
    budget_low: Amount | None
    budget_high: Amount | None
    fields: list[str]
    industries: list[str]
    region: str | None
    deadline: date | None
    contact_name: str | None
    published_at: datetime | None
    version: int = 0
    confidential: bool = False
    expires_at: datetime | None = None
    may: list[str] = Field(default_factory=list)


_PUBLIC: Final = words(
    "id url state anonymous owner owner_name language languages shown_language title summary "
    "description tried keywords budget_low budget_high fields industries region deadline "
    "contact_name published_at"
)
NEED: Final = Shape(
    NeedOut,
    {"public": _PUBLIC, "owner": _PUBLIC | words("version confidential expires_at may")},
)


def need_out(page: NeedPage, url: str) -> NeedOut:
    relation = "owner" if "read_history" in page.may else "public"
    same = (
        "state anonymous owner_name language shown_language title summary description tried region "
        "deadline contact_name published_at version confidential expires_at"
    )
    values = {name: getattr(page, name) for name in same.split()}
    listed = "languages keywords fields industries"
    values |= {name: list(getattr(page, name)) for name in listed.split()}
    values |= {
        "id": show("need", page.id),
        "url": url,
        "owner": show("organisation", page.owner_org) if page.owner_org else None,
        "budget_low": amount(page.budget_low),
        "budget_high": amount(page.budget_high),
        "may": sorted(page.may),
    }
    return NEED.show(relation, values)


class NeedLineOut(Out):
    id: str
    url: str
    state: str
    title: str
    summary: str
    owner: str | None
    owner_name: str | None
    budget_high: Amount | None
    deadline: date | None
    published_at: datetime | None


class NeedsOut(Out):
    """`next` is the cursor of what follows; null at the end."""

    items: list[NeedLineOut]
    next: str | None


def need_line(line: NeedLine, url: str) -> NeedLineOut:
    same = "state title summary owner_name deadline published_at"
    return NeedLineOut(
        id=show("need", line.id),
        url=url,
        owner=show("organisation", line.owner_org) if line.owner_org else None,
        budget_high=amount(line.budget_high),
        **{name: getattr(line, name) for name in same.split()},
    )
