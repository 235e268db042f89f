"""What the procedure of complaints refuses."""

from __future__ import annotations

from core.errors import Refused
from core.i18n import N_


class ComplaintMovedOn(Refused):
    code = "complaint_moved_on"
    text = N_(
        "The complaint has moved on, so this cannot be done now. Load the page to see its state."
    )


class TooManyComplaints(Refused):
    code = "too_many_complaints"
    text = N_("Too many complaints came from this connection. Nothing was sent; try in an hour.")
    status = 429


class OtherProcedure(Refused):
    code = "other_procedure"
    text = N_(
        "A notice of infringement is answered with measures or dismissed; "
        "any other complaint is upheld or dismissed."
    )


class AppealMovedOn(Refused):
    code = "appeal_moved_on"
    text = N_("This appeal has been decided already. Load the page to see the outcome.")


class AppealedAlready(Refused):
    code = "appealed_already"
    text = N_("This decision was appealed already, and it can be appealed once only.")


class AppealLate(Refused):
    """Parameters: last, the day until which it could be sent."""

    code = "appeal_late"
    text = N_("The days for an appeal are over: the last one was %(last)s. Nothing was sent.")


class OtherOperatorNeeded(Refused):
    """Of changes of rules and of merges; appeals and stops say what the first operator did."""

    code = "other_operator_needed"
    text = N_("You proposed this yourself. Another operator decides about it.")
    status = 403


class OwnAppeal(OtherOperatorNeeded):
    code = "own_appeal"
    text = N_(
        "You took the decision that is appealed, or are concerned by it. Another operator decides."
    )


class OwnStop(OtherOperatorNeeded):
    code = "own_stop"
    text = N_("You stopped this yourself. Another operator releases it.")


class StoppedAlready(Refused):
    code = "stopped_already"
    text = N_("This is stopped already. Load the page to see who did it and why.")


class StopMovedOn(Refused):
    code = "stop_moved_on"
    text = N_("This stop was released already. Load the page to see its state.")


class AnnouncementGone(Refused):
    code = "announcement_gone"
    text = N_("This announcement was taken back already.")


class AmendmentMovedOn(Refused):
    code = "amendment_moved_on"
    text = N_("This change was decided already. Load the page to see the outcome.")


class FilingHandedIn(Refused):
    code = "filing_handed_in"
    text = N_("It was handed in already and changes no more. Load the page to see its receipt.")


class FilingNotMade(Refused):
    code = "filing_not_made"
    text = N_("The file is not made yet. Make it, look at it, then hand it in.")


class MergeUnlawful(Refused):
    code = "merge_unlawful"
    text = N_("They cannot be merged now: %(why)s")


class MergeProposedAlready(Refused):
    code = "merge_proposed_already"
    text = N_("A merge of one of them is proposed already. Decide that one first.")


class MergeMovedOn(Refused):
    code = "merge_moved_on"
    text = N_("This merge is decided already. Load the page to see its state.")
