"""What signing electronically refuses, each with its code and a sentence that says what to do."""

from __future__ import annotations

from core.errors import Refused
from core.i18n import N_


class SignatureMovedOn(Refused):
    code = "signature_moved_on"
    text = N_("This signature is no longer under way. Load the page to see what happened.")


class SideHasSigned(Refused):
    code = "side_has_signed"
    text = N_("Your side has signed this text already. Load the page to see its state.")


class OtherSignatory(Refused):
    code = "other_signatory"
    text = N_("Somebody of your side is signing already. They finish it, or take it back.")


class OtherProvider(Refused):
    code = "other_provider"
    text = N_(
        "The market has another signing service by now. Take this signature back and begin again."
    )


class SigningSilent(Refused):
    code = "signing_silent"
    status = 503
    text = N_(
        "The signing service does not answer now. What you began is kept: ask for the result later."
    )


class SigningRefused(Refused):
    code = "signing_refused"
    text = N_(
        "The signing service answered what does not fit this text, so no signature was taken. "
        "Take it back and begin again, or sign on paper."
    )
