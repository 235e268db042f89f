"""A deal's contract and its registration, to be read. They are signed and handed in by people."""

from __future__ import annotations

from typing import Final

from accounts.scopes import Scope
from contracts.queries import contract_page
from contracts.registration.queries import registration_page
from core.errors import NotFound
from core.i18n import N_
from webapp.api.calling import Call, Reply
from webapp.api.declaring import operation
from webapp.api.operations.sharing import page_of
from webapp.api.schemas.contracts import (
    ContractOut,
    ContractRegistrationOut,
    contract_out,
    registration_out,
)
from webapp.language import page_language

TAG: Final = "deals"


@operation(
    "GET", "/deals/{deal}/contract", "readContract",
    N_("The contract of a deal: text, digest, signed copies"), TAG,
    scope=Scope.READ_DEALS, answer=ContractOut, tagged=True,
)  # fmt: skip
def read_contract(call: Call) -> Reply:
    deal = call.id("deal")
    with call.look() as at:
        page = contract_page(at.session, call.actor, deal, page_language())
    if page is None:
        raise NotFound(ref=f"deal:{deal}")
    return Reply(contract_out(page, page_of("contract", page.row.id)), page.row.version)


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
