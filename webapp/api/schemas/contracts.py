"""Contracts and their registration, to be read by both sides."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from pydantic import Field

from contracts.certificate.models import TradeCertificate
from contracts.models import SealRequest, SignedCopy
from contracts.queries import ContractPage
from contracts.registration.models import ContractRegistration, RegistrationStep
from contracts.signing.models import ContractSignature
from core.ids import show
from deals.engine.declaration import Side
from webapp.api.fields import Shape, words
from webapp.api.schemas.common import Out


class CopyOut(Out):
    """A scan of what one side signed; `sha256` of the scan, `digest` of the text it signs."""

    side: str
    state: str
    at: datetime
    name: str
    size: int
    pages: int
    sha256: str
    digest: str
    checked_at: datetime | None


class SignatureOut(Out):
    """An electronic signature of one side: `digest` of the text and SHA-256 of the PDF that it
    signs; `evidence`: what proves it can be read."""

    id: str
    side: str
    state: str
    provider: str
    name: str
    at: datetime
    signed_at: datetime | None
    digest: str
    document: str
    evidence: bool


class SealOut(Out):
    """A numbered request of the owner's office to have the text sealed."""

    n: int
    seal: str
    copies: int
    digest: str
    at: datetime


class ContractOut(Out):
    """`text`: the written items by name; `draft` counts its versions. `digest` of the frozen
    text, null before. Nothing binds before `signed_at`."""

    id: str
    url: str
    deal: str
    number: str
    state: str
    kind: str
    draft: int
    text: dict[str, str]
    restrictions: list[str]
    digest: str | None
    opened_at: datetime
    frozen_at: datetime | None
    signed_at: datetime | None
    copies: list[CopyOut]
    signatures: list[SignatureOut]
    acts: list[str] = Field(default_factory=list)
    seals: list[SealOut] = Field(default_factory=list)


_BUYER: Final = words(
    "id url deal number state kind draft text restrictions digest opened_at frozen_at signed_at "
    "copies signatures acts"
)
CONTRACT: Final = Shape(
    ContractOut,
    {
        "buyer": _BUYER,
        "seller": _BUYER | {"seals"},
        "overseer": (_BUYER | {"seals"}) - {"acts"},
    },
)


class RegistrationStepOut(Out):
    act: str
    at: datetime
    reason: str


class ContractRegistrationOut(Out):
    """`expected_on`: by when the registry decides, as the law profile counts."""

    id: str
    url: str
    contract: str
    state: str
    side: str
    opened_at: datetime
    handed_in_at: datetime | None
    expected_on: date | None
    provisional: bool
    number: str | None
    registered_on: date | None
    steps: list[RegistrationStepOut]


def contract_out(page: ContractPage, url: str) -> ContractOut:
    row = page.row
    relation = str(page.side) if page.side in (Side.SELLER, Side.BUYER) else "overseer"
    same = "number state digest opened_at frozen_at signed_at"
    values: dict[str, Any] = {name: getattr(row, name) for name in same.split()}
    values |= {
        "id": show("contract", row.id),
        "url": url,
        "deal": show("deal", row.deal),
        "kind": page.draft.kind,
        "draft": row.versions,
        "text": dict(page.draft.items),
        "restrictions": list(page.draft.restrictions),
        "copies": [_copy(one) for one in page.copies],
        "signatures": [_signature(one) for one in page.signatures],
        "acts": sorted(page.acts),
        "seals": [_seal(one) for one in page.seals],
    }
    return CONTRACT.show(relation, values)


def registration_out(
    row: ContractRegistration, steps: tuple[RegistrationStep, ...], url: str
) -> ContractRegistrationOut:
    named = {"id", "url", "contract", "steps"}
    same = [name for name in ContractRegistrationOut.model_fields if name not in named]
    return ContractRegistrationOut(
        id=show("contract_registration", row.id),
        url=url,
        contract=show("contract", row.contract),
        steps=[RegistrationStepOut(act=one.act, at=one.at, reason=one.reason) for one in steps],
        **{name: getattr(row, name) for name in same},
    )


class CertificateOut(Out):
    """What the operator certified. `page`: where anybody with the number reads it; `genuine`: the
    signature (Ed25519, base64, by `key`) still fits what the row holds. `signed`: the very text
    that it is over, canonical JSON; `digest` of the contract; entry `entry` of the deal's chain has
    the hash `course`. `reason`: why it was withdrawn."""

    number: str
    page: str
    state: str
    issued_on: date
    withdrawn_on: date | None
    reason: str
    digest: str
    entry: int
    course: str
    signed: str
    signature: str
    key: str
    genuine: bool


def certificate_out(row: TradeCertificate, page: str, key: str, *, genuine: bool) -> CertificateOut:
    same = "number state issued_on withdrawn_on reason digest entry course signature"
    return CertificateOut(
        page=page,
        signed=row.signed_text.decode(),
        key=key,
        genuine=genuine,
        **{name: getattr(row, name) for name in same.split()},
    )


def _copy(row: SignedCopy) -> CopyOut:
    return CopyOut(**{name: getattr(row, name) for name in CopyOut.model_fields})


def _signature(row: ContractSignature) -> SignatureOut:
    same = set(SignatureOut.model_fields) - {"evidence"}
    values = {name: getattr(row, name) for name in same}
    return SignatureOut(evidence=row.evidence is not None, **values)


def _seal(row: SealRequest) -> SealOut:
    return SealOut(**{name: getattr(row, name) for name in SealOut.model_fields})
