"""The one table of states as people see them: a tone, an icon and a word for every code.

A tone never stands alone: `done`, `waits`, `due` and `stop` always come with icon and word.
Codes are `area.state`; a bare state is looked up when an area has no word of its own for it.
"""

from dataclasses import dataclass

from core.i18n import N_

ICONS = {
    "done": "circle-check",
    "waits": "hourglass-empty",
    "due": "clock-exclamation",
    "stop": "ban",
}


@dataclass(frozen=True)
class Sign:
    tone: str
    word: str
    icon: str

    @staticmethod
    def of(tone: str, word: str, icon: str = "") -> "Sign":
        return Sign(tone, word, icon or ICONS[tone])


SIGNS: dict[str, Sign] = {
    # listings and needs
    "draft": Sign.of("waits", N_("Draft"), "pencil"),
    "submitted": Sign.of("waits", N_("Submitted")),
    "title_check": Sign.of("waits", N_("Title check"), "clipboard-check"),
    "returned": Sign.of("due", N_("Sent back"), "arrow-back-up"),
    "approved": Sign.of("done", N_("Approved")),
    "published": Sign.of("done", N_("Published")),
    "fading": Sign.of("due", N_("To be confirmed")),
    "faded": Sign.of("due", N_("To be confirmed")),
    "withdrawn": Sign.of("stop", N_("Withdrawn")),
    "expired": Sign.of("stop", N_("Expired")),
    "archived": Sign.of("waits", N_("Archived"), "archive"),
    "matched": Sign.of("done", N_("Matched")),
    "need.published": Sign.of("done", N_("Open")),
    # money
    "obligation.open": Sign.of("waits", N_("To be paid")),
    "obligation.part_paid": Sign.of("waits", N_("Paid in part")),
    "obligation.overdue": Sign.of("due", N_("Overdue")),
    "obligation.paid": Sign.of("done", N_("Paid")),
    "obligation.cancelled": Sign.of("stop", N_("Cancelled")),
    "payment.claimed": Sign.of("waits", N_("To be confirmed by two")),
    "payment.seen": Sign.of("waits", N_("Waits for the second person")),
    "payment.confirmed": Sign.of("done", N_("Arrived")),
    "payment.refused": Sign.of("stop", N_("Not found")),
    "payment.reversed": Sign.of("stop", N_("Reversed")),
    "payout.due": Sign.of("due", N_("To be ordered")),
    "payout.ordered": Sign.of("waits", N_("Waits for the second person")),
    "payout.paid": Sign.of("done", N_("Paid out")),
    "deposit.asked": Sign.of("waits", N_("To be paid")),
    "deposit.pending": Sign.of("waits", N_("On its way")),
    "deposit.held": Sign.of("done", N_("Held")),
    "deposit.returning": Sign.of("due", N_("Goes back")),
    "deposit.returned": Sign.of("done", N_("Given back")),
    "deposit.applied": Sign.of("done", N_("Applied to the price")),
    "deposit.forfeit_proposed": Sign.of("due", N_("Forfeiture proposed")),
    "deposit.forfeited": Sign.of("stop", N_("Forfeited")),
    "deposit.cancelled": Sign.of("stop", N_("Asked no more")),
    "invoice.requested": Sign.of("waits", N_("Asked for")),
    "invoice.issued": Sign.of("waits", N_("Issued")),
    "invoice.delivered": Sign.of("done", N_("Delivered")),
    "invoice.reversed": Sign.of("stop", N_("Reversed")),
    "invoice.declined": Sign.of("stop", N_("Declined")),
    # webhooks and their calls
    "webhook.active": Sign.of("done", N_("Switched on")),
    "webhook.paused": Sign.of("waits", N_("Paused"), "player-pause"),
    "webhook.disabled": Sign.of("stop", N_("Switched off")),
    "call.ready": Sign.of("waits", N_("Waiting")),
    "call.done": Sign.of("done", N_("Taken")),
    "call.failed": Sign.of("stop", N_("Given up")),
    # legal status of a patent
    "legal.granted": Sign.of("done", N_("In force")),
    "legal.in_force": Sign.of("done", N_("In force")),
    "legal.pending": Sign.of("waits", N_("Under examination")),
    "legal.examination": Sign.of("waits", N_("Under examination")),
    "legal.filed": Sign.of("waits", N_("Filed")),
    "legal.published": Sign.of("waits", N_("Published application")),
    "legal.annuity_due": Sign.of("due", N_("Annuity due")),
    "legal.lapsed": Sign.of("stop", N_("Lapsed")),
    "legal.expired": Sign.of("stop", N_("Term ended")),
    "legal.refused": Sign.of("stop", N_("Refused")),
    "legal.rejected": Sign.of("stop", N_("Refused")),
    "legal.withdrawn": Sign.of("stop", N_("Withdrawn")),
    "legal.invalid": Sign.of("stop", N_("Declared invalid")),
    "legal.invalidated": Sign.of("stop", N_("Declared invalid")),
    "legal.revoked": Sign.of("stop", N_("Revoked")),
    "legal.unknown": Sign.of("waits", N_("Not checked"), "question-mark"),
    "legal.transferred": Sign.of("waits", N_("Assigned"), "transfer"),
    "legal.none": Sign.of("waits", N_("No patent"), "minus"),
    # what can still be had
    "availability.available": Sign.of("done", N_("Available")),
    "availability.partly": Sign.of("done", N_("Available with limits")),
    "availability.consent": Sign.of("waits", N_("Once consent is given")),
    "availability.ended": Sign.of("stop", N_("The right has ended")),
    "availability.limited": Sign.of("done", N_("Available with limits")),
    "availability.reserved": Sign.of("waits", N_("Being negotiated")),
    "availability.noticed": Sign.of("waits", N_("On public notice")),
    "availability.agreed": Sign.of("waits", N_("Agreed, contract to come")),
    "availability.pending": Sign.of("waits", N_("After a decision")),
    "availability.taken": Sign.of("stop", N_("No longer available")),
    "availability.unavailable": Sign.of("stop", N_("No longer available")),
    "availability.not_offered": Sign.of("stop", N_("Not offered")),
    # comparison with what is used today
    "verdict.better": Sign.of("done", N_("better")),
    "verdict.worse": Sign.of("waits", N_("worse"), "arrow-down"),
    "verdict.between": Sign.of("waits", N_("between"), "minus"),
    "verdict.equal": Sign.of("waits", N_("equal"), "equal"),
    # who may see a file
    "level.public": Sign.of("done", N_("Public"), "lock-open"),
    "level.member": Sign.of("waits", N_("After sign-in"), "lock"),
    "level.nda": Sign.of("waits", N_("After a confidentiality agreement"), "lock"),
    "level.contract": Sign.of("waits", N_("Delivered with the contract"), "lock"),
    # shares
    "share.confirmed": Sign.of("done", N_("Share confirmed")),
    "share.open": Sign.of("waits", N_("Share to be confirmed")),
    # inquiries and deals
    "inquiry.sent": Sign.of("waits", N_("Waiting for an answer")),
    "inquiry.open": Sign.of("waits", N_("Waiting for an answer")),
    "inquiry.answered": Sign.of("done", N_("Answered")),
    "inquiry.refused": Sign.of("stop", N_("Refused")),
    "inquiry.overdue": Sign.of("due", N_("Answer overdue")),
    "inquiry.dealt": Sign.of("done", N_("Deal opened")),
    "inquiry.dealing": Sign.of("done", N_("Deal opened")),
    "inquiry.closed": Sign.of("waits", N_("Closed"), "archive"),
    "deal.talking": Sign.of("waits", N_("In talks"), "messages"),
    "deal.agreed": Sign.of("done", N_("Agreed")),
    "deal.notice": Sign.of("waits", N_("On public notice")),
    "deal.closing": Sign.of("due", N_("Closing")),
    "deal.objected": Sign.of("due", N_("Objection open"), "hand-stop"),
    "deal.confirmed": Sign.of("done", N_("Confirmed")),
    "deal.contracted": Sign.of("done", N_("Contract signed"), "signature"),
    "deal.registered": Sign.of("done", N_("Contract registered"), "certificate"),
    "decision.open": Sign.of("waits", N_("Decision open")),
    "decision.done": Sign.of("done", N_("The institution has decided")),
    "step.waiting": Sign.of("waits", N_("Step open")),
    "step.passed": Sign.of("done", N_("Step passed")),
    "step.refused": Sign.of("stop", N_("Step refused")),
    "claim.asked": Sign.of("due", N_("Not told yet")),
    "claim.served": Sign.of("waits", N_("Told, time runs")),
    "claim.over": Sign.of("waits", N_("Time is over")),
    "claim.exercised": Sign.of("stop", N_("Takes the terms")),
    "claim.waived": Sign.of("done", N_("Waived")),
    "claim.lapsed": Sign.of("done", N_("Let the time pass")),
    "contract.drafting": Sign.of("waits", N_("Being drawn up"), "pencil"),
    "contract.ready": Sign.of("waits", N_("Ready to sign"), "signature"),
    "contract.signed": Sign.of("done", N_("Signed by both sides")),
    "contract.abandoned": Sign.of("stop", N_("Given up")),
    "contract_registration.drafted": Sign.of("waits", N_("To be handed in"), "pencil"),
    "contract_registration.handed_in": Sign.of("waits", N_("With the registry")),
    "contract_registration.returned": Sign.of(
        "due", N_("Given back by the registry"), "arrow-back-up"
    ),
    "contract_registration.registered": Sign.of("done", N_("In the register"), "certificate"),
    "contract_registration.changing": Sign.of("waits", N_("Change with the registry")),
    "contract_registration.rescinded": Sign.of("stop", N_("Struck out")),
    "copy.handed_in": Sign.of("waits", N_("Waits for the other side")),
    "copy.confirmed": Sign.of("done", N_("Confirmed")),
    "copy.returned": Sign.of("due", N_("Returned"), "arrow-back-up"),
    "copy.set_aside": Sign.of("stop", N_("Of an earlier text"), "archive"),
    "deal.contract_ready": Sign.of("done", N_("Ready for contract")),
    "deal.walked_away": Sign.of("stop", N_("Ended without a contract")),
    "deal.withdrawn": Sign.of("stop", N_("Withdrawn by the buyer")),
    "deal.refused": Sign.of("stop", N_("Ended by the owner")),
    "deal.lapsed": Sign.of("stop", N_("Lapsed")),
    "deal.ended": Sign.of("stop", N_("Ended without a contract")),
    "offer.open": Sign.of("waits", N_("Waiting for a reply")),
    "offer.superseded": Sign.of("waits", N_("Answered by a counter-offer"), "transfer"),
    "offer.closed": Sign.of("waits", N_("Closed"), "archive"),
    "offer.countered": Sign.of("waits", N_("Answered by a counter-offer"), "transfer"),
    "offer.accepted": Sign.of("done", N_("Accepted")),
    "offer.withdrawn": Sign.of("stop", N_("Withdrawn")),
    "offer.lapsed": Sign.of("stop", N_("Lapsed")),
    "deal.published": Sign.of("waits", N_("Terms published")),
    "posting.open": Sign.of("done", N_("Can be accepted")),
    "posting.withdrawn": Sign.of("stop", N_("Withdrawn")),
    "posting.lapsed": Sign.of("stop", N_("Lapsed")),
    "deal.listed": Sign.of("waits", N_("Publicly listed")),
    "round.disclosed": Sign.of("waits", N_("Registration open")),
    "round.deciding": Sign.of("waits", N_("Registrations under examination")),
    "round.keys": Sign.of("due", N_("Waiting for the keys")),
    "round.quoting": Sign.of("waits", N_("Sealed quotes")),
    "round.opening": Sign.of("due", N_("Waiting for the opening")),
    "round.closing": Sign.of("due", N_("Closing")),
    "round.awarded": Sign.of("done", N_("Awarded")),
    "round.failed": Sign.of("stop", N_("Ended without an award")),
    "round.withdrawn": Sign.of("stop", N_("Withdrawn by the owner")),
    "registration.applied": Sign.of("waits", N_("Registered, not yet decided")),
    "registration.active": Sign.of("done", N_("Qualified")),
    "registration.rejected": Sign.of("stop", N_("Rejected")),
    "registration.withdrawn": Sign.of("stop", N_("Withdrawn")),
    "notice.running": Sign.of("waits", N_("Notice running")),
    "notice.closing": Sign.of("due", N_("Period over, result being recorded")),
    "notice.objected": Sign.of("due", N_("Objection open"), "hand-stop"),
    "notice.closed": Sign.of("done", N_("Notice over")),
    "notice.revoked": Sign.of("stop", N_("Notice withdrawn")),
    "notice.objection_upheld": Sign.of("stop", N_("An objection was upheld")),
    "objection.open": Sign.of("due", N_("Waiting for an answer")),
    "objection.dismissed": Sign.of("done", N_("Dismissed with reasons")),
    "objection.upheld": Sign.of("stop", N_("Upheld")),
    "notice.ended": Sign.of("done", N_("Notice over")),
    "notice.confirmed": Sign.of("done", N_("Notice over, no objection stands")),
    "notice.withdrawn": Sign.of("stop", N_("Notice withdrawn")),
    # complaints
    "complaint.received": Sign.of("due", N_("To be examined")),
    "complaint.measured": Sign.of("waits", N_("Measures taken, notice forwarded")),
    "complaint.countered": Sign.of("waits", N_("Counter-statement forwarded")),
    "complaint.kept": Sign.of("stop", N_("Measures stay")),
    "complaint.lifted": Sign.of("done", N_("Measures ended")),
    "complaint.upheld": Sign.of("stop", N_("Upheld")),
    "complaint.dismissed": Sign.of("done", N_("Dismissed with reasons")),
    "complaint.withdrawn": Sign.of("waits", N_("Taken back"), "archive"),
    # appeals and sanctions
    "appeal.received": Sign.of("due", N_("To be decided by another operator")),
    "appeal.granted": Sign.of("done", N_("Granted")),
    "appeal.dismissed": Sign.of("stop", N_("Dismissed with reasons")),
    "sanction.in_force": Sign.of("stop", N_("In force now")),
    "sanction.ended": Sign.of("waits", N_("Ended"), "archive"),
    "sanction.lifted": Sign.of("done", N_("Taken back")),
    # people and organisations
    "organisation.applied": Sign.of("waits", N_("Being vetted")),
    "organisation.vetted": Sign.of("done", N_("Vetted"), "rosette-discount-check"),
    "organisation.refused": Sign.of("stop", N_("Refused")),
    "organisation.merged": Sign.of("waits", N_("Merged"), "archive"),
    "organisation.suspended": Sign.of("stop", N_("Suspended")),
    "vetting.pending": Sign.of("waits", N_("Being vetted")),
    "vetting.approved": Sign.of("done", N_("Vetted"), "rosette-discount-check"),
    "vetting.vetted": Sign.of("done", N_("Vetted"), "rosette-discount-check"),
    "vetting.refused": Sign.of("stop", N_("Refused")),
    "invited": Sign.of("waits", N_("Invited"), "mail"),
    "active": Sign.of("done", N_("Active")),
    "ended": Sign.of("waits", N_("Ended"), "archive"),
    # jobs and queues
    "queued": Sign.of("waits", N_("Queued")),
    "running": Sign.of("waits", N_("Running"), "player-play"),
    "done": Sign.of("done", N_("Done")),
    "failed": Sign.of("stop", N_("Failed"), "circle-x"),
    "overdue": Sign.of("due", N_("Overdue")),
    "pending": Sign.of("waits", N_("Waiting")),
    "open": Sign.of("waits", N_("Open"), "circle-dot"),
    "closed": Sign.of("waits", N_("Closed"), "archive"),
    "refused": Sign.of("stop", N_("Refused")),
    "accepted": Sign.of("done", N_("Accepted")),
    "confirmed": Sign.of("done", N_("Confirmed")),
}


def sign(code: object) -> Sign:
    """The sign of a state code (`listing.published`, an enum member, or a bare `published`).

    A code without a row is shown as it is spelled rather than failing a page.
    """
    text = str(getattr(code, "value", code))
    found = SIGNS.get(text) or SIGNS.get(text.rsplit(".", 1)[-1])
    return found or Sign.of("waits", text.rsplit(".", 1)[-1].replace("_", " ").capitalize())
