"""An organisation that registers: what is asked of it, and the evidence."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from accounts.documents import DocumentsPage
from accounts.models import OrganisationDocument
from accounts.registration import OrganisationDraft
from accounts.states import DocumentKind
from core.ids import show
from webapp.api.schemas.common import FileName, In, Language, Line, Out, Word
from webapp.api.schemas.organisations import VerifiedOut

Kind = Literal["institute", "firm", "brokerage", "provider"]
Name = Annotated[Line, Field(max_length=200)]


class ApplicationIn(In):
    """One of the two names is enough; `original` says which is the registered one. `register`: the
    register at home, outside China. `distinct`: you have seen the organisations with a similar
    name, and it is none of them."""

    kind: Kind
    number: Annotated[Word, Field(max_length=40)]
    name_zh: Name = ""
    name_en: Name = ""
    original: Language = "zh"
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] = "CN"
    register_at_home: Word = ""
    region: Annotated[Word, Field(max_length=6)] = ""
    website: Annotated[Line, Field(max_length=200)] = ""
    contact_name: Word = ""
    contact_mail: Annotated[Line, Field(max_length=254)] = ""
    contact_phone: Annotated[Word, Field(max_length=40)] = ""
    distinct: bool = False

    def plain(self) -> OrganisationDraft:
        sent = dict(self)
        names = {"zh": sent.pop("name_zh"), "en": sent.pop("name_en")}
        return OrganisationDraft(names=names, register=sent.pop("register_at_home"), **sent)


class ApplicationOut(Out):
    """As whoever registered it wrote it. `reason`: why an operator refused it, or asks for more."""

    organisation: str
    state: str
    reason: str | None
    kind: str
    name_zh: str
    name_en: str
    country: str
    number: str
    register_at_home: str
    region: str
    website: str
    contact_name: str
    contact_mail: str
    contact_phone: str


class DocumentQuery(In):
    name: FileName
    kind: DocumentKind


class DocumentOut(Out):
    id: str
    kind: str
    name: str
    media_type: str
    size: int
    added_at: datetime


class DocumentsOut(Out):
    """`verified`: what an operator has verified so far. `adds`: you may hand in more now."""

    organisation: str
    items: list[DocumentOut]
    verified: list[VerifiedOut]
    adds: bool


def documents_out(page: DocumentsPage) -> DocumentsOut:
    verified = [
        VerifiedOut(what=what, by=mark.source, at=mark.verified_at)
        for what, mark in sorted(page.marks.items())
    ]
    return DocumentsOut(
        organisation=show("organisation", page.organisation.id),
        items=[_document(row) for row in page.documents],
        verified=verified,
        adds=page.adds,
    )


def _document(row: OrganisationDocument) -> DocumentOut:
    return DocumentOut(**{name: getattr(row, name) for name in DocumentOut.model_fields})
