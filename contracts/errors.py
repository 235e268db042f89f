"""What contracts refuse, each with its code and a sentence that says what to do."""

from __future__ import annotations

from core.errors import Refused
from core.i18n import N_


class ContractMovedOn(Refused):
    code = "contract_moved_on"
    text = N_(
        "The contract has moved on, so this cannot be done now. Load the page to see its state."
    )


class DealNotConfirmed(Refused):
    code = "deal_not_confirmed"
    text = N_("A contract is drawn up once the deal's price is confirmed, and only one at a time.")


class DraftMovedOn(Refused):
    code = "draft_moved_on"
    text = N_(
        "Somebody saved another version meanwhile. Yours was not saved; "
        "open the newest version and put your changes into it."
    )


class CopyIsOwn(Refused):
    code = "copy_is_own"
    text = N_("A copy is confirmed by the other side, never by the side that signed it.")
    status = 403


class NoCopyWaits(Refused):
    code = "no_copy_waits"
    text = N_("No copy of this side waits to be confirmed. Load the page to see what happened.")


class SellerCalls(Refused):
    code = "seller_calls"
    text = N_("The seller says when an instalment is due. Write to them if its event has come.")
    status = 403
