"""A deal's contract and its registration, to be read. They are signed and handed in by people."""

from __future__ import annotations

from typing import Final

from accounts.scopes import Scope
from contracts.certificate.queries import certificates_of, is_genuine
from contracts.certificate.sheet import address
from contracts.queries import ContractPage, contract_page
from contracts.registration.queries import registration_page
from contracts.signing.click import CODE as MARKET
from core.audit import public_key, signing_key
from core.errors import NotFound
from core.i18n import N_
from webapp.api.calling import Call, Reply
from webapp.api.declaring import operation
from webapp.api.operations.octets import given
from webapp.api.operations.sharing import page_of
from webapp.api.schemas.contracts import (
    CertificateOut,
    ContractOut,
    ContractRegistrationOut,
    certificate_out,
    contract_out,
    registration_out,
)
from webapp.downloads import OCTETS
from webapp.language import page_language
from webapp.presenters.showing import market
from webapp.runtime import the_market

TAG: Final = "deals"


@operation(
    "GET", "/deals/{deal}/contract", "readContract",
    N_("The contract of a deal: text, digest, signed copies"), TAG,
    scope=Scope.READ_DEALS, answer=ContractOut, tagged=True,
)  # fmt: skip
def read_contract(call: Call) -> Reply:
    page = _page(call)
    return Reply(contract_out(page, page_of("contract", page.row.id)), page.row.version)


def _page(call: Call) -> ContractPage:
    deal = call.id("deal")
    with call.look() as at:
        page = contract_page(at.session, call.actor, deal, page_language())
    if page is None:
        raise NotFound(ref=f"deal:{deal}")
    return page


def _file_name(page: ContractPage, ending: str) -> str:
    return f"{page.row.number.replace('/', '-')}-{ending}"


@operation(
    "GET", "/deals/{deal}/contract/document", "readSignedDocument",
    N_("The very octets that are signed electronically, a PDF"), TAG,
    scope=Scope.READ_DEALS, streams=OCTETS,
)  # fmt: skip
def read_document(call: Call) -> Reply:
    page = _page(call)
    if page.document is None:
        raise NotFound(ref=f"deal:{call.id('deal')}")
    return given(call, page.document.sha256, _file_name(page, "signed-text.pdf"))


@operation(
    "GET", "/deals/{deal}/contract/signatures/{signature}/evidence", "readSignatureEvidence",
    N_("What proves an electronic signature, as its provider gave it"), TAG,
    scope=Scope.READ_DEALS, streams=OCTETS,
)  # fmt: skip
def read_evidence(call: Call) -> Reply:
    page, id = _page(call), call.id("signature")
    row = next((one for one in page.signatures if one.id == id), None)
    if row is None or row.evidence is None:
        raise NotFound(ref=f"signature:{id}")
    ending = "zip" if row.provider == MARKET else "bin"
    return given(call, row.evidence, _file_name(page, f"{row.side}-signature.{ending}"))


@operation(
    "GET", "/deals/{deal}/registration", "readRegistration",
    N_("How far the registry is with a signed contract"), TAG,
    scope=Scope.READ_DEALS, answer=ContractRegistrationOut, tagged=True,
)  # fmt: skip
def read_registration(call: Call) -> Reply:
    deal = call.id("deal")
    with call.look() as at:
        page = registration_page(at.session, call.actor, deal)
    if page is None or page.row is None:
        raise NotFound(ref=f"deal:{deal}")
    url = page_of("contract_registration", page.row.id)
    return Reply(registration_out(page.row, page.steps, url), page.row.version)


@operation(
    "GET", "/deals/{deal}/contract/certificate", "readCertificate",
    N_("The trade certificate of a signed contract, the newest"), TAG,
    scope=Scope.READ_DEALS, answer=CertificateOut,
)  # fmt: skip
def read_certificate(call: Call) -> Reply:
    page, key = _page(call), public_key(signing_key(the_market().executor.ports.secret))
    with call.look() as at:
        row = next(iter(certificates_of(at.session, page.row.id)), None)
        genuine = row is not None and is_genuine(at.session, row, key)
    if row is None:
        raise NotFound(ref=f"deal:{call.id('deal')}")
    there = address(market().base_url, row.number)
    return Reply(certificate_out(row, there, key, genuine=genuine))
