"""What each fact says to people: a subject and a sentence. Nothing confidential is in either:
whoever wants more follows the link and signs in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from core.i18n import N_


@dataclass(frozen=True)
class Topic:
    """`subject` is the line in a list of mails and messages, `body` what a mail says below it.

    `mailed`: does it leave the market by mail, or wait here to be read?
    """

    subject: str
    body: str
    mailed: bool = True


CODE: Final = {
    "confirm": Topic(
        N_("%(code)s is your code"),
        N_("Enter %(code)s to prove this contact. It holds for 15 minutes. If you did not ask for "
           "it, do nothing: without the code nothing happens."),
    ),
    "reset": Topic(
        N_("%(code)s sets a new password"),
        N_("Enter %(code)s to set a new password. It holds for 15 minutes. If you did not ask for "
           "it, do nothing: your password stays."),
    ),
    "known": Topic(
        N_("You have an account already"),
        N_("Somebody began to create an account with this contact, which is proven already. If it "
           "was you, sign in or set a new password at %(link)s. If not, do nothing."),
    ),
}  # fmt: skip
"""By the purpose of a challenge."""

INVITATION: Final = Topic(
    N_("%(organisation)s invites you"),
    N_("%(organisation)s invites you to belong to it in this market. Follow the link, which "
       "serves once and holds for 14 days: %(link)s"),
)  # fmt: skip

TOPICS: Final[dict[str, Topic]] = {
    "person.password_changed": Topic(
        N_("Your password was changed"),
        N_("Your password was changed and your sessions were ended. If it was not you, set a new "
           "password at once."),
    ),
    "organisation.registered": Topic(
        N_("%(organisation)s waits to be vetted"),
        N_("%(organisation)s was registered or corrected and waits for an operator."),
    ),
    "organisation.vetted": Topic(
        N_("%(organisation)s is vetted"),
        N_("An operator has vetted %(organisation)s. It can publish, invite and offer."),
    ),
    "organisation.refused": Topic(
        N_("The registration of %(organisation)s was refused"),
        N_("The reason stands in your account, where you can correct the entries."),
    ),
    "organisation.suspended": Topic(
        N_("%(organisation)s was suspended"),
        N_("An operator has suspended %(organisation)s. Its members hold no rights meanwhile."),
    ),
    "organisation.join_asked": Topic(
        N_("Somebody wants to join %(organisation)s"),
        N_("A request to join %(organisation)s waits for your answer."),
    ),
    "organisation.join_answered": Topic(
        N_("%(organisation)s has answered your request to join"),
        N_("Look into your account to see what was decided."),
    ),
    "listing.submitted": Topic(
        N_("Submitted: %(title)s"),
        N_("A result was submitted and waits for its title check."),
    ),
    "listing.reminded": Topic(
        N_("Your transfer office reminds you: %(title)s"),
        N_("This result waits for you: a correction, a document, or your share to confirm. What is "
           "open stands in your workbench."),
    ),
    "listing.returned": Topic(
        N_("Sent back: %(title)s"),
        N_("Your result was sent back; the reasons stand beside it."),
    ),
    "listing.approved": Topic(
        N_("Approved: %(title)s"), N_("Your result was approved."), mailed=False
    ),
    "listing.published": Topic(
        N_("Published: %(title)s"), N_("Your result is published."), mailed=False
    ),
    "listing.faded": Topic(
        N_("Please confirm: %(title)s"),
        N_("Nobody has confirmed this result for long. Confirm it, or it expires."),
    ),
    "listing.expired": Topic(
        N_("Expired: %(title)s"),
        N_("This result was not confirmed in time and is no longer shown."),
    ),
    "listing.moderated": Topic(
        N_("Taken down by the operator: %(title)s"),
        N_("The operator has taken this result down; the reason stands beside it."),
    ),
    "inquiry.sent": Topic(
        N_("A new inquiry: %(title)s"),
        N_("Somebody asks for this result. The promised day of answer stands beside the inquiry."),
    ),
    "inquiry.received": Topic(
        N_("Your inquiry: %(title)s"),
        N_("Your inquiry has arrived. This link is your key to it: you read the answer there, and "
           "with an account you take the inquiry over."),
    ),
    "inquiry.dealt": Topic(
        N_("A deal was opened of your inquiry: %(title)s"),
        N_("The institute has opened a deal of your inquiry. Take the inquiry into your account "
           "by this link, and the deal room is open to you."),
    ),
    "inquiry.reminded": Topic(
        N_("Answer soon: %(title)s"),
        N_("An inquiry waits and its promised day of answer is near."),
    ),
    "inquiry.escalated": Topic(
        N_("Answer overdue: %(title)s"),
        N_("An inquiry was not answered in time. It shows on your institute's page until it is."),
    ),
    "inquiry.answered": Topic(
        N_("Your inquiry was answered: %(title)s"),
        N_("The institute has answered your inquiry."),
    ),
    "inquiry.refused": Topic(
        N_("Your inquiry was declined: %(title)s"),
        N_("The institute cannot follow your inquiry; its reason stands beside it."),
    ),
    "deal.opened": Topic(
        N_("A deal was opened: %(title)s"),
        N_("The deal room is open to you."),
    ),
    "deal.offered": Topic(
        N_("A new offer: %(title)s"),
        N_("The other side has made an offer. Its terms are in the deal room."),
    ),
    "deal.offer_withdrawn": Topic(
        N_("An offer was withdrawn: %(title)s"),
        N_("The other side has withdrawn its offer."),
    ),
    "deal.accepted": Topic(
        N_("Accepted: %(title)s"),
        N_("The current offer was accepted. What follows stands in the deal room."),
    ),
    "deal.noticed": Topic(
        N_("The public notice runs: %(title)s"),
        N_("The price notice has begun. Anyone may object until it ends."),
    ),
    "deal.objected_to": Topic(
        N_("An objection was made: %(title)s"),
        N_("Somebody has objected to the notice. The deal waits for the institute's answer."),
    ),
    "deal.objection_answered": Topic(
        N_("The objection was answered: %(title)s"),
        N_("The answer to the objection stands in the deal room."),
    ),
    "deal.reopened": Topic(
        N_("Back in talks: %(title)s"),
        N_("The deal is back in talks. The reason stands in the deal room."),
    ),
    "deal.confirmed": Topic(
        N_("Confirmed: %(title)s"),
        N_("The notice ended and the deal is confirmed. The contract comes next."),
    ),
    "deal.lapsed": Topic(
        N_("Lapsed: %(title)s"),
        N_("The deal has lapsed because nobody moved it in time."),
    ),
    "deal.walked_away": Topic(
        N_("Ended: %(title)s"),
        N_("One side has ended the talks."),
    ),
}  # fmt: skip
"""By the fact's topic. What is not here is told to nobody."""

BY_TOKEN: Final = frozenset(
    {"inquiry.received", "inquiry.answered", "inquiry.refused", "inquiry.dealt"}
)
"""Letters whose link opens the inquiry without an account."""

WATCHED: Final = frozenset({*TOPICS, "person.challenged", "organisation.invited"})
