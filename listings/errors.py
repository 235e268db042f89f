"""What the listings area refuses, each with what the reader can do about it."""

from __future__ import annotations

from typing import ClassVar

from core.errors import Forbidden, Outdated, Refused
from core.i18n import N_


class NoOwner(Forbidden):
    """Whoever asks has no seat in an organisation that owns results or has needs."""

    code: ClassVar[str] = "no_owner"
    text: ClassVar[str] = N_(
        "Results and needs are posted for an institute or a firm. "
        "Register yours, or join it, under “Account” → “Organisations”."
    )


class WrongState(Refused):
    """Parameters: state, action (codes)."""

    code: ClassVar[str] = "listing_wrong_state"
    text: ClassVar[str] = N_(
        "This is not possible now: the entry is in the state “%(state)s”. "
        "Reload the page to see what can be done."
    )


class OwnWork(Refused):
    code: ClassVar[str] = "listing_own_work"
    text: ClassVar[str] = N_(
        "The author cannot approve the listing. Ask a colleague of the transfer office to do it."
    )


class TitleOpen(Refused):
    """Parameters: count."""

    code: ClassVar[str] = "listing_title_open"
    text: ClassVar[str] = N_(
        "The title check still has %(count)s open items. Complete them or return the listing."
    )


class Incomplete(Refused):
    """Parameters: fields, a list of field names in one string."""

    code: ClassVar[str] = "listing_incomplete"
    status: ClassVar[int] = 422
    text: ClassVar[str] = N_("Some required fields are missing: %(fields)s. The draft is kept.")


class Classified(Refused):
    code: ClassVar[str] = "listing_classified"
    text: ClassVar[str] = N_(
        "A classified result may not be kept or offered on this market. "
        "Ask your secrecy office for its declassification first."
    )


class NotPublishable(Refused):
    code: ClassVar[str] = "listing_not_publishable"
    text: ClassVar[str] = N_(
        "A result of this level of secrecy is not published. The draft is kept; have the result "
        "opened first."
    )


class RightTaken(Refused):
    """Parameters: way, reason (codes)."""

    code: ClassVar[str] = "right_taken"
    text: ClassVar[str] = N_(
        "This right can no longer be granted: an earlier right stands against it (%(reason)s). "
        "Choose another way, field or territory."
    )


class ReasonNeeded(Refused):
    code: ClassVar[str] = "listing_reason_needed"
    status: ClassVar[int] = 422
    text: ClassVar[str] = N_("Say why: choose a reason, so that the author knows what to do.")


class RemindedAlready(Refused):
    code: ClassVar[str] = "listing_reminded_already"
    text: ClassVar[str] = N_("They were reminded within the last day. Call them, or wait a day.")


class NothingToConfirm(Refused):
    code: ClassVar[str] = "share_not_yours"
    text: ClassVar[str] = N_(
        "There is no share of yours to confirm here, or it was confirmed already."
    )


class SharesWrong(Refused):
    """Parameters: total, the sum of the shares in per cent."""

    code: ClassVar[str] = "shares_wrong"
    status: ClassVar[int] = 422
    text: ClassVar[str] = N_("The shares add up to %(total)s %%; they must make 100 %%.")


class StaleEdit(Outdated):
    code: ClassVar[str] = "listing_stale_edit"
    text: ClassVar[str] = N_(
        "Someone changed this entry while you were writing. "
        "Your text is still in the form; compare it with the new version and save again."
    )


class SharesOpen(Refused):
    """Parameters: count."""

    code: ClassVar[str] = "shares_open"
    text: ClassVar[str] = N_(
        "%(count)s contributors have not confirmed their share yet. "
        "They see it under “Waits for me”; remind them, or correct the shares."
    )


class RegistrationTaken(Refused):
    code: ClassVar[str] = "registration_taken"
    text: ClassVar[str] = N_(
        "This registration number already belongs to another result. Check the number."
    )


class MeasureStands(Refused):
    """A notice of infringement keeps it off the market."""

    code: ClassVar[str] = "measure_stands"
    text: ClassVar[str] = N_(
        "A notice of infringement keeps this off the market. Answer it under Complaints."
    )
