"""What rounds of open listing refuse."""

from __future__ import annotations

from core.errors import Refused
from core.i18n import N_


class RoundMovedOn(Refused):
    code = "round_moved_on"
    text = N_(
        "The open listing has moved on, so nothing was changed. Load the page to see where it is."
    )


class RegistrationMovedOn(Refused):
    code = "registration_moved_on"
    text = N_("This registration was decided or withdrawn before. Load the page to see its state.")


class RegisteredBefore(Refused):
    code = "registered_before"
    text = N_("Your organisation has registered for this open listing already.")


class BrokeOffBefore(Refused):
    """Parameters: citation."""

    code = "broke_off_before"
    text = N_(
        "Your organisation won an open listing of this result before and did not sign, so it "
        "takes no part when it is listed again (%(citation)s). Nothing was kept."
    )


class NotRegistered(Refused):
    code = "not_registered"
    text = N_("Only a qualified party can quote. Nothing was kept.")


class DepositMissing(Refused):
    code = "deposit_missing"
    text = N_("Your deposit has not been confirmed in full, so nothing was kept. Pay it first.")


class QuotesNotOpen(Refused):
    code = "quotes_not_open"
    text = N_(
        "Quotes cannot be left now: the keys are not there yet, or the deadline has "
        "passed. Nothing was kept."
    )


class QuoteRepeated(Refused):
    code = "quote_repeated"
    text = N_("This sealed quote was replaced by a later one. Seal the amount again to leave it.")


class RoundBegun(Refused):
    code = "round_begun"
    text = N_(
        "A party is qualified, so the open listing can no longer be withdrawn. It runs to its end."
    )


class RoundDecides(Refused):
    code = "round_decides"
    text = N_("These terms belong to an open listing: it decides what becomes of them.")


class KeyKept(Refused):
    code = "key_kept"
    text = N_(
        "This key is kept already, or you keep the other one. Two different people must "
        "open the quotes."
    )


class KeeperBids(Refused):
    code = "keeper_bids"
    text = N_(
        "Who keeps a key or decides about registrations cannot act for a party of the same "
        "open listing."
    )


class WrongKey(Refused):
    code = "wrong_key"
    text = N_(
        "This is not the key that you left for this open listing. Look for the file that "
        "you saved then."
    )
    status = 422


class UnreadableBox(Refused):
    code = "unreadable_box"
    text = N_("The sealed quote did not arrive whole. Nothing was kept; seal it again.")
    status = 422
