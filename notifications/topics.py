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
        N_("Enter %(code)s to prove this contact. It holds for 10 minutes. If you did not ask for "
           "it, do nothing: without the code nothing happens."),
    ),
    "add": Topic(
        N_("%(code)s is your code"),
        N_("Enter %(code)s to prove this contact. It holds for 10 minutes. If you did not ask for "
           "it, do nothing: without the code nothing happens."),
    ),
    "reset": Topic(
        N_("%(code)s sets a new password"),
        N_("Enter %(code)s to set a new password. It holds for 10 minutes. If you did not ask for "
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

EVERYWHERE: Final[dict[str, Topic]] = {
    "person.contacts_changed": Topic(
        N_("The contacts of your account were changed"),
        N_(
            "A mail address or mobile number was added to your account or removed. If it was not "
            "you, set a new password at once and write to the operator."
        ),
    ),
    "person.recovery_waits": Topic(
        N_("Your second factors will be taken away"),
        N_(
            "Two operators agreed to a recovery of your account: in 24 hours its second factors "
            "and recovery codes serve no more. If you did not ask for it, stop it: %(link)s"
        ),
    ),
    "person.factors_reset": Topic(
        N_("Your second factors were taken away"),
        N_(
            "The recovery of your account was carried out and every session ended. Sign in and set "
            "up a new second factor. If you did not ask for it, write to the operator at once."
        ),
    ),
}
"""What goes to every proven contact of a person, mobile numbers too, whatever they chose."""

TOPICS: Final[dict[str, Topic]] = {
    "person.recovery_asked": Topic(
        N_("Somebody asks for a recovery"),
        N_("A person has lost every second factor. Two operators look at it in the console."),
    ),
    "person.recovery_ended": Topic(
        N_("The recovery of your account has ended"),
        N_("It was stopped or refused. Your second factors stay as they were. If you were not the "
           "one who asked for it, set a new password: somebody knows yours."),
    ),
    "person.password_changed": Topic(
        N_("Your password was changed"),
        N_("Your password was changed and your sessions were ended. If it was not you, set a new "
           "password at once."),
    ),
    "person.address_tried": Topic(
        N_("Your mail address is used again"),
        N_("This letter tries whether your address takes mail. You need do nothing."),
    ),
    "person.address_rests": Topic(
        N_("Your mail address refuses our letters"),
        N_("Codes and invitations alone are sent there now. Under Account, Notifications stands "
           "what to do."),
        mailed=False,
    ),
    "person.mail_complained": Topic(
        N_("You reported a letter of ours as unwanted"),
        N_("Mail of its kind is sent no more. Under Account, Notifications you can choose it "
           "again."),
        mailed=False,
    ),
    "person.webhook_disabled": Topic(
        N_("A webhook of yours was switched off"),
        N_("Nobody has answered it for three days, so it is called no more. What was missed stands "
           "in your account under webhooks, where you can switch it on and send it again."),
    ),
    "organisation.webhook_disabled": Topic(
        N_("A webhook of %(organisation)s was switched off"),
        N_("Nobody has answered it for three days, so it is called no more. What was missed stands "
           "in your account under webhooks, where you can switch it on and send it again."),
    ),
    "person.export_made": Topic(
        N_("The copy of your data is ready"),
        N_("The copy that you asked for can be fetched in your account under your data."),
    ),
    "person.erasure_asked": Topic(
        N_("Your account will be erased"),
        N_("You, or somebody signed in as you, asked that your account be erased. Until the day "
           "that your account names it can be taken back there."),
    ),
    "person.erasure_put_off": Topic(
        N_("Your account could not be erased yet"),
        N_("A duty of yours is still running. The reasons, and the day on which it is tried again, "
           "stand in your account under your data."),
    ),
    "person.took_over": Topic(
        N_("You take over from a colleague who left"),
        N_("A colleague has left your organisation. What they answered for is yours now: you find "
           "it among your results, inquiries and deals."),
    ),
    "person.factors_changed": Topic(
        N_("Your ways of signing in were changed"),
        N_("A second factor of your account was set up, renewed or turned off. If it was not you, "
           "set a new password at once and write to the operator."),
    ),
    "person.access_ended": Topic(
        N_("You were signed out everywhere"),
        N_("The operator ended all your sessions and access tokens, because they may be in "
           "somebody else's hands. Sign in again, and make tokens anew where programs need them."),
    ),
    "person.recovery_code_used": Topic(
        N_("A recovery code was used"),
        N_("Somebody signed in to your account with one of your recovery codes. If it was not you, "
           "set a new password at once and make new codes."),
    ),
    "person.identity_linked": Topic(
        N_("An identity was linked to your account"),
        N_("Your account was linked to your institution or to ORCID. If it was not you, remove the "
           "link in your account and set a new password at once."),
    ),
    "person.identity_unlinked": Topic(
        N_("A linked identity was removed"),
        N_("Your account and an institution or ORCID are linked no more. If it was not you, set a "
           "new password at once."),
    ),
    "organisation.sign_on_asked": Topic(
        N_("%(organisation)s asks for a sign-on or a domain"),
        N_("A sign-on or a domain of %(organisation)s waits for an operator."),
    ),
    "organisation.sign_on_answered": Topic(
        N_("Your sign-on or domain was decided"),
        N_("What an operator decided about the sign-on or a domain of %(organisation)s stands on "
           "its page."),
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
    "asset.use_declared": Topic(
        N_("A maker wants to act on an unused result: %(title)s"),
        N_("The period that the rules give the unit to use this result is over, and a maker "
           "declares that they act on it. The unit can agree, or refuse and say why; without an "
           "answer until the day on the page the maker may answer inquiries and open talks."),
    ),
    "asset.use_agreed": Topic(
        N_("The unit agrees that a maker acts: %(title)s"),
        N_("The maker who declared it may answer inquiries and open talks for the unit. The unit "
           "stays the owner and signs the contract."),
    ),
    "asset.use_refused": Topic(
        N_("The unit refuses that a maker acts: %(title)s"),
        N_("The unit's reason stands on the page of the result's use."),
    ),
    "asset.use_silent": Topic(
        N_("The unit let its time pass, so a maker acts: %(title)s"),
        N_("The maker who declared it may answer inquiries and open talks for the unit. The unit "
           "stays the owner and signs the contract; it can say at any time that it acts itself."),
    ),
    "asset.use_ended": Topic(
        N_("A maker acts no more for the unit: %(title)s"),
        N_("The unit acts itself, or the maker gave it up. Talks that were opened go on."),
    ),
    "amendment.proposed": Topic(
        N_("A change of the rules waits for another operator"),
        N_("Somebody proposes to change the rules of this market or a holiday table."),
    ),
    "stop.pulled": Topic(
        N_("An emergency stop was pulled"),
        N_("An operator has frozen a part of the market. Another operator than they releases it."),
    ),
    "stop.released": Topic(
        N_("An emergency stop was released"),
        N_("What was frozen runs again."),
    ),
    "sanction.imposed": Topic(
        N_("The operator has imposed a measure"),
        N_("It concerns you or your organisation. What it is, why, until when, and how to appeal "
           "it stand in your account under “Decisions and appeals”."),
    ),
    "sanction.ended": Topic(
        N_("A measure of the operator has ended"),
        N_("Its term is over, and what it barred is possible again."),
    ),
    "sanction.lifted": Topic(
        N_("A measure of the operator was taken back"),
        N_("What it barred is possible again; the reason stands in your account under “Decisions "
           "and appeals”."),
    ),
    "appeal.sent": Topic(
        N_("An appeal waits for another operator"),
        N_("Somebody appeals a decision of the operator. Who took it does not decide again."),
    ),
    "appeal.granted": Topic(
        N_("Your appeal was granted"),
        N_("What was decided is taken back; the reason stands beside your appeal."),
    ),
    "appeal.dismissed": Topic(
        N_("Your appeal was dismissed"),
        N_("What was decided stands; the reason stands beside your appeal."),
    ),
    "complaint.sent": Topic(
        N_("A complaint waits: %(title)s"),
        N_("Somebody reports what is public in this market. Examine it in the console."),
    ),
    "complaint.received": Topic(
        N_("Your complaint was received: %(title)s"),
        N_("This link is your key to it: you read there what becomes of it, and can take it back."),
    ),
    "complaint.measured": Topic(
        N_("Off the market after a notice of infringement: %(title)s"),
        N_("The market has taken measures. Who owns it can read the notice and answer it with a "
           "counter-statement."),
    ),
    "complaint.upheld": Topic(
        N_("A complaint was upheld: %(title)s"),
        N_("The operator's reason stands beside the complaint."),
    ),
    "complaint.dismissed": Topic(
        N_("Your complaint was dismissed: %(title)s"),
        N_("The operator's reason stands beside it."),
    ),
    "complaint.countered": Topic(
        N_("A counter-statement was made: %(title)s"),
        N_("The owner states that nothing is infringed. Measures end unless a complaint to the "
           "authority or a suit is shown in time; the day stands beside the statement."),
    ),
    "complaint.kept": Topic(
        N_("Measures stay: %(title)s"),
        N_("A complaint to the authority or a suit was shown. Measures stay until it is decided."),
    ),
    "complaint.lifted": Topic(
        N_("Measures have ended: %(title)s"),
        N_("The measures taken after a notice of infringement have ended."),
    ),
    "complaint.withdrawn": Topic(
        N_("A complaint was taken back: %(title)s"),
        N_("Who complained has taken it back. Measures, if there were any, have ended."),
    ),
    "proposal.sent": Topic(
        N_("A proposal for your need: %(title)s"),
        N_("Somebody proposes a result for what you look for. Read it, and take it up or decline."),
    ),
    "proposal.taken": Topic(
        N_("Your proposal was taken up: %(title)s"),
        N_("The firm is interested in what you proposed. What comes next stands beside it."),
    ),
    "proposal.declined": Topic(
        N_("Your proposal was declined: %(title)s"),
        N_("The firm does not follow your proposal; its reason stands beside it."),
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
    "obligation.raised": Topic(
        N_("A payment is asked of you"),
        N_("What it is for, until when, to which account and with which reference stand in the "
           "market under “Money”. Pay only to the account that the market shows."),
    ),
    "obligation.reminded": Topic(
        N_("A payment is due soon"),
        N_("Its last day is near. What is open stands in the market under “Money”."),
    ),
    "obligation.overdue": Topic(
        N_("A payment is overdue"),
        N_("Its last day is over and not all of it has arrived. It stands in the market under "
           "“Money”."),
    ),
    "obligation.paid": Topic(
        N_("A payment has arrived in full"),
        N_("Two people have seen it arrive. Nothing is open any more."),
    ),
    "obligation.cancelled": Topic(
        N_("A payment is asked no more"),
        N_("It was cancelled before any money came. Do not pay it."),
    ),
    "payment.claimed": Topic(
        N_("A transfer waits to be confirmed"),
        N_("The payer has sent a proof. Look at the bank's statement and type what you see there."),
    ),
    "payment.seen": Topic(
        N_("A transfer waits for a second person"),
        N_("One person has seen the money. A second one looks at the statement on their own."),
    ),
    "payment.confirmed": Topic(
        N_("Your transfer was confirmed"),
        N_("Two people have seen it arrive. What is still open stands beside it."),
    ),
    "payment.refused": Topic(
        N_("Your transfer was not found"),
        N_("The reason stands beside it. You can send another proof there."),
    ),
    "payout.due": Topic(
        N_("A payout waits to be ordered"),
        N_("Money has to leave an account: one person orders it, another carries it out."),
    ),
    "payout.ordered": Topic(
        N_("A payout waits for a second person"),
        N_("It was ordered. Another person makes the transfer and writes down its reference."),
    ),
    "payout.paid": Topic(
        N_("A payout was made"),
        N_("The bank's reference stands in the market under “Money”."),
    ),
    "deposit.held": Topic(
        N_("Your deposit has arrived"),
        N_("It is held until the terms say that it goes back, is applied or is forfeited."),
    ),
    "deposit.released": Topic(
        N_("Your deposit is free"),
        N_("What had arrived goes back to the account that it came from."),
    ),
    "deposit.returned": Topic(
        N_("Your deposit was returned"),
        N_("The transfer to the account that it came from was made."),
    ),
    "deposit.return_late": Topic(
        N_("A deposit should be back by now"),
        N_("The time that the rules give is over. Make the transfer today."),
    ),
    "deposit.applied": Topic(
        N_("Your deposit was applied to the price"),
        N_("It pays a part of what you owe. What is still open stands beside it."),
    ),
    "deposit.forfeit_proposed": Topic(
        N_("It is proposed that your deposit is forfeited"),
        N_("The reason, the clause and the last day on which you can object stand in the market "
           "under “Money”. Another person decides."),
    ),
    "deposit.forfeit_dropped": Topic(
        N_("Your deposit is not forfeited"),
        N_("Another person has decided so. It is held as before; the reason stands beside it."),
    ),
    "deposit.forfeited": Topic(
        N_("A deposit was forfeited"),
        N_("The reason, and who decided, stand beside it in the market under “Money”."),
    ),
    "payment.reversed": Topic(
        N_("A receipt was reversed"),
        N_("Two people have found that the money had not come. The reason stands beside it."),
    ),
    "invoice.requested": Topic(
        N_("An invoice is asked for"),
        N_("The tax details stand in the market under “Money”."),
    ),
    "invoice.issued": Topic(
        N_("Your invoice was issued"),
        N_("Its number stands in the market under “Money”."),
    ),
    "invoice.delivered": Topic(
        N_("Your invoice was delivered"),
        N_("It was sent to the address that you gave."),
    ),
    "invoice.reversed": Topic(
        N_("An invoice was reversed"),
        N_("The number of the red invoice, or the reason, stands in the market under “Money”."),
    ),
    "invoice.declined": Topic(
        N_("No invoice is issued"),
        N_("The reason stands in the market under “Money”."),
    ),
    "saved_search.matched": Topic(
        N_("New for a search that you saved"),
        N_("Something was published that fits a search of yours. What it is stands in the market."),
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
    "deal.trial_begun": Topic(
        N_("The trial runs: %(title)s"),
        N_("The firm may take the technology up at the agreed price until the last day of the "
           "trial. Both stand in a deal room of their own."),
    ),
    "deal.trial_ending": Topic(
        N_("The trial ends soon: %(title)s"),
        N_("The last day on which it can be taken up stands in the deal room."),
    ),
    "deal.trial_lapsed": Topic(
        N_("The trial is over: %(title)s"),
        N_("It was not taken up, and the right to use the technology has ended."),
    ),
    "deal.licensed": Topic(
        N_("The licence has arisen: %(title)s"),
        N_("Notice and payment are there, so the licence is in the register. What its recordal "
           "asks for stands in the deal room."),
    ),
    "deal.awarded": Topic(
        N_("Awarded by open listing: %(title)s"),
        N_("The open listing has found the price and the deal room is open to you."),
    ),
    "round.registered": Topic(
        N_("A registration waits: %(title)s"),
        N_("An organisation has registered for your open listing. Examine and decide about it."),
    ),
    "round.qualified": Topic(
        N_("Registrations for an open listing were decided: %(title)s"),
        N_("What was decided about your registration stands beside the open listing."),
    ),
    "round.rejected": Topic(
        N_("Registrations for an open listing were decided: %(title)s"),
        N_("What was decided about your registration stands beside the open listing."),
    ),
    "round.extended": Topic(
        N_("The open listing was extended: %(title)s"),
        N_("Nobody was qualified in the period, so it runs on as announced."),
    ),
    "round.keys": Topic(
        N_("Keys are needed: %(title)s"),
        N_("Two or more parties are qualified. Quotes can be sealed once both keys are left."),
    ),
    "round.quoting": Topic(
        N_("Leave your sealed quote: %(title)s"),
        N_("The period for sealed quotes has begun. Its end stands beside the open listing."),
    ),
    "round.opening": Topic(
        N_("The quotes can be opened: %(title)s"),
        N_("The deadline has passed. Both keepers now give their keys."),
    ),
    "round.awarded": Topic(
        N_("The open listing is over: %(title)s"),
        N_("It has a winner. How the quotes were opened stands beside it."),
    ),
    "round.failed": Topic(
        N_("The open listing ended without an award: %(title)s"),
        N_("The reason stands beside it."),
    ),
    "round.withdrawn": Topic(
        N_("The open listing was withdrawn: %(title)s"),
        N_("The owner withdrew it before anybody was qualified."),
    ),
    "deal.noticed": Topic(
        N_("The price is on public notice: %(title)s"),
        N_("The price notice is published. Anyone may object until it ends; where the owner's own "
           "unit is a place of it, its period begins once the owner shows it there."),
    ),
    "deal.first_day_shown": Topic(
        N_("The notice hangs in the owner's unit: %(title)s"),
        N_("The owner has shown it. Where that was awaited, the period of notice runs from this "
           "day; its last day stands in the deal room."),
    ),
    "deal.last_day_shown": Topic(
        N_("The last day of the notice is shown: %(title)s"),
        N_("The owner has shown that the notice still hung in its unit on the last day."),
    ),
    "deal.posting_due": Topic(
        N_("Show the notice in your unit: %(title)s"),
        N_("A picture of the notice in your own unit is awaited. Until it is there the period does "
           "not begin, or the price is not confirmed."),
    ),
    "deal.objected_to": Topic(
        N_("An objection was made: %(title)s"),
        N_("Somebody has objected to the notice. The deal waits for the institute's answer."),
    ),
    "deal.objection_answered": Topic(
        N_("The objection was answered: %(title)s"),
        N_("The answer to the objection stands in the deal room."),
    ),
    "objection.dismissed": Topic(
        N_("Your objection was answered: %(title)s"),
        N_("The institute did not uphold your objection. Its answer is printed on the notice."),
    ),
    "objection.upheld": Topic(
        N_("Your objection was upheld: %(title)s"),
        N_("The institute upheld your objection; the notice is revoked. Its answer is printed "
           "there."),
    ),
    "deal.reopened": Topic(
        N_("Back in talks: %(title)s"),
        N_("The deal is back in talks. The reason stands in the deal room."),
    ),
    "deal.confirmed": Topic(
        N_("Confirmed: %(title)s"),
        N_("The notice ended and the deal is confirmed. The contract comes next."),
    ),
    "deal.step_asked": Topic(
        N_("Waits for your decision: %(title)s"),
        N_("A step of your institution's approval is yours. Nothing is signed before it is "
           "decided."),
    ),
    "deal.step_refused": Topic(
        N_("A step was refused: %(title)s"),
        N_("A step of the institution's approval was refused; the reason stands in the deal."),
    ),
    "deal.preemption_asked": Topic(
        N_("Who comes first: %(title)s"),
        N_("A right in this result is to pass to another. Its makers and co-owners come first on "
           "equal terms: these, and the day until which an answer counts, stand in the market."),
    ),
    "deal.preempted": Topic(
        N_("Somebody takes the terms first: %(title)s"),
        N_("Somebody who comes first on equal terms has taken them. Nobody else signs meanwhile."),
    ),
    "deal.decided": Topic(
        N_("The institution has decided: %(title)s"),
        N_("The last step of the owner's approval has passed. It no longer keeps the contract from "
           "being signed."),
    ),
    "deal.lapsed": Topic(
        N_("Lapsed: %(title)s"),
        N_("The deal has lapsed because nobody moved it in time."),
    ),
    "deal.export_paper": Topic(
        N_("A paper of the authority is there: %(title)s"),
        N_("The owner's office has recorded a paper on the export. It stands in the deal room."),
    ),
    "deal.walked_away": Topic(
        N_("Ended: %(title)s"),
        N_("One side has ended the talks."),
    ),
    "contract.ready": Topic(
        N_("The contract can be signed: %(title)s"),
        N_("Its text is frozen. Print it, sign and seal it, and hand in your copy."),
    ),
    "contract.handed_in": Topic(
        N_("A signed copy waits for you: %(title)s"),
        N_("The other side has handed in its copy. Look at pages, seal and authority."),
    ),
    "contract.returned": Topic(
        N_("Your signed copy came back: %(title)s"),
        N_("The other side has found something wrong; what it is stands beside the copy."),
    ),
    "contract.signed_by_side": Topic(
        N_("The other side has signed: %(title)s"),
        N_("It signed electronically. Your side may sign so too, or on paper."),
    ),
    "contract.signed": Topic(
        N_("The contract is concluded: %(title)s"),
        N_("Both sides have signed. What is due stands under “Money”; the registration has "
           "begun with what the contract says."),
    ),
    "contract.certified": Topic(
        N_("The contract is certified: %(title)s"),
        N_("The operator issued a trade certificate. It stands beside the contract, with its PDF."),
    ),
    "contract.certificate_withdrawn": Topic(
        N_("The trade certificate was withdrawn: %(title)s"),
        N_("Its public page says so from now on. Why stands beside the contract."),
    ),
    "contract_registration.reminded": Topic(
        N_("A signed contract is not registered yet: %(title)s"),
        N_("Tax relief asks for the registration. The form is begun; look through it and hand it "
           "in."),
    ),
    "contract_registration.handed_in": Topic(
        N_("The contract was handed in for registration: %(title)s"),
        N_("By when the registry answers stands beside the contract."),
    ),
    "contract_registration.changing": Topic(
        N_("A change of the contract was handed in: %(title)s"),
        N_("By when the registry answers stands beside the contract."),
    ),
    "contract_registration.unanswered": Topic(
        N_("The registry's time is over: %(title)s"),
        N_("No answer was written down. Ask the registry, and enter what it says."),
    ),
    "contract_registration.registered": Topic(
        N_("The contract is registered: %(title)s"),
        N_("Its number stands beside the contract."),
    ),
    "contract_registration.returned": Topic(
        N_("The registry gave the form back: %(title)s"),
        N_("The reason stands beside the contract. Correct the form and hand it in again."),
    ),
    "contract_registration.rescinded": Topic(
        N_("The registration was struck out: %(title)s"),
        N_("The contract was rescinded. Tell the tax office, if relief was claimed."),
    ),
}  # fmt: skip
"""By the fact's topic. What is not here is told to nobody."""

DIGESTS: Final = {
    "digest.daily": N_("What happened since yesterday: %(count)s"),
    "digest.weekly": N_("What happened since last week: %(count)s"),
}
"""Subjects of digests; each line below is the subject of the letter that it stands for."""

BY_TOKEN: Final = frozenset(
    {"inquiry.received", "inquiry.answered", "inquiry.refused", "inquiry.dealt"}
)
"""Letters whose link opens the inquiry without an account."""

WATCHED: Final = frozenset({*TOPICS, *EVERYWHERE, "person.challenged", "organisation.invited"})
