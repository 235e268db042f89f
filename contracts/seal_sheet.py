"""The request to seal a contract (用印申请), as plain values and as PDF."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from zoneinfo import ZoneInfo

from contracts.models import SealRequest
from contracts.queries import ContractPage
from contracts.wording import KIND_NAMES
from core import typesetting
from core.i18n import N_, format_datetime, translator
from core.ids import show
from deals.deciding.queries import DecisionPage
from deals.deciding.sheet import TEMPLATE, rows

SEAL_NAMES: Final = {
    "contract": N_("Contract seal"),
    "official": N_("Official seal"),
    "legal_representative": N_("Name seal of the legal representative"),
}


def pdf(
    request: SealRequest,
    page: ContractPage,
    decision: DecisionPage | None,
    language: str,
    zone: ZoneInfo,
) -> bytes:
    """`decision`: the steps that have passed; None where the institution asks for none. Raises
    FontMissing."""
    return typesetting.pdf(TEMPLATE, told(request, page, decision, language, zone))


def told(
    request: SealRequest,
    page: ContractPage,
    decision: DecisionPage | None,
    language: str,
    zone: ZoneInfo,
) -> dict[str, Any]:
    """Everything that the template prints."""
    say = translator(language).gettext
    return {
        "language": language,
        "title": say(N_("Request for the use of a seal")),
        "head": f"{page.matter.seller} · {show('deal', page.deal.id)}",
        "foot": f"SHA-256 {request.digest}",
        "facts": list(_facts(request, page, language, zone)),
        "columns": [say(N_("Step")), say(N_("Who decides")), say(N_("Decision")),
                    say(N_("Signature"))],
        "steps": rows(decision, language, zone) if decision else [],
        "signs": [say(N_("Requested by")), say(N_("Head of the office")),
                  say(N_("Keeper of seals"))],
    }  # fmt: skip


def _facts(
    request: SealRequest, page: ContractPage, language: str, zone: ZoneInfo
) -> Iterator[tuple[str, str]]:
    say, at = translator(language).gettext, format_datetime(request.at, language, zone)
    yield say(N_("Request no.")), f"{page.row.number}-{request.n}"
    yield say(N_("Contract no.")), page.row.number
    yield say(N_("Kind of contract")), say(KIND_NAMES[page.draft.kind])
    yield say(N_("Project")), page.draft.project or page.matter.title
    yield say(N_("Seller")), page.matter.seller
    yield say(N_("Buyer")), page.matter.buyer
    yield say(N_("Seal")), say(SEAL_NAMES[request.seal])
    yield say(N_("Copies")), str(request.copies)
    yield say(N_("Requested by")), page.people.get(request.by or "", "")
    yield say(N_("Requested on")), at
