"""What deals refuse, each with its code and a sentence that says what to do."""

from __future__ import annotations

from typing import Final

from core.errors import Refused
from core.i18n import N_


class InquiryClosed(Refused):
    code = "inquiry_closed"
    text = N_(
        "This inquiry is already closed or has become a deal. Only talks can still be logged."
    )


class ListingNotOpen(Refused):
    code = "listing_not_open"
    text = N_("This offer is no longer published, so nothing was sent. Search for similar ones.")
    status = 410


class NoticeLacks(Refused):
    """Parameters: fields, codes of `notice.content` in one string."""

    code = "notice_lacks"
    text = N_(
        "The public notice would not say what the law asks for: %(fields)s. Complete the result's "
        "page first."
    )


class DealWithOneself(Refused):
    code = "deal_with_oneself"
    text = N_(
        "Owner and buyer are one organisation by now, and nobody deals with themselves. Nothing "
        "was opened."
    )


class TooManyInquiries(Refused):
    code = "too_many_inquiries"
    text = N_("Too many inquiries came from this connection. Nothing was sent; try in an hour.")
    status = 429


class TooManyObjections(Refused):
    code = "too_many_objections"
    text = N_("Too many objections came from this connection. Nothing was sent; try in an hour.")
    status = 429


class WrongClaim(Refused):
    code = "wrong_claim"
    text = N_("This inquiry was sent from another address. Sign in with the one it was sent from.")
    status = 403


class DealStop(Refused):
    """A guard of the engine did not let the act pass."""


class LastDayAhead(DealStop):
    code = "last_day_ahead"
    text = N_("The last day is not here yet: take this picture on it or after it.")


class WrongDealState(DealStop):
    code = "wrong_state_of_deal"
    text = N_("The deal has moved on, so this cannot be done now. Load the page to see its state.")


class OtherSideActs(DealStop):
    code = "other_side_acts"
    text = N_("This step is not your side's. The room shows who is asked.")


class NoOffer(DealStop):
    code = "no_offer"
    text = N_("There is no offer on the table. Make one.")


class OfferSuperseded(DealStop):
    code = "offer_superseded"
    text = N_("A newer version is on the table. Read it; accept that one, or answer it.")


class OwnOffer(DealStop):
    code = "own_offer"
    text = N_("Your own side made this offer; the other side must accept it.")


class NotOwnOffer(DealStop):
    code = "not_own_offer"
    text = N_("Only the side that made an offer can withdraw it.")


class OfferLapsed(DealStop):
    code = "offer_lapsed"
    text = N_("The offer's validity has passed. Ask for a new one, or make one.")


class WayTaken(DealStop):
    code = "way_taken"
    text = N_(
        "Another deal or an earlier right already takes what this way would give. "
        "Offer another way, or wait for that deal to end."
    )


class TermsWithdrawn(DealStop):
    code = "terms_withdrawn"
    text = N_(
        "These terms can no longer be accepted: they were withdrawn or their day has passed. "
        "Ask the owner."
    )


class FeeOnItsWay(DealStop):
    code = "fee_on_its_way"
    text = N_(
        "A payment of the licence fee waits to be confirmed, or has just arrived. Nothing was "
        "changed; look again once it is confirmed or refused."
    )


class OwnTerms(DealStop):
    code = "own_terms"
    text = N_("These are your own organisation's terms. Another one must accept them.")


class BuyerNotVetted(DealStop):
    code = "buyer_not_vetted"
    text = N_(
        "Your organisation has not been vetted by this market yet, so nothing was accepted. "
        "Try again once it is."
    )


class DomesticOnly(DealStop):
    code = "domestic_only"
    text = N_("The owner lets only organisations of its own country accept. Nothing was accepted.")


class ExportUnstated(DealStop):
    code = "export_unstated"
    text = N_(
        "The buyer is abroad, and the owner's office has not yet stated whether this technology "
        "may leave the country. The office does so beside the rights register of the result."
    )


class ExportProhibited(DealStop):
    code = "export_prohibited"
    text = N_("This technology may not leave the country, so there is no deal with a buyer abroad.")


class ExportRestricted(DealStop):
    code = "export_restricted"
    text = N_(
        "This technology needs an export licence, so its terms cannot be taken at once from "
        "abroad. Send an inquiry: the letter of intent comes first. Nothing was accepted."
    )


class ExportIntentMissing(DealStop):
    code = "export_intent_missing"
    text = N_(
        "This technology needs an export licence. Before offers are made, the owner's office "
        "records the letter of intent that the authority issued."
    )


class ExportLicenceMissing(DealStop):
    code = "export_licence_missing"
    text = N_(
        "This technology needs an export licence. Before the contract is signed, the owner's "
        "office records the licence that the authority issued."
    )


class ExportCountryUnstated(DealStop):
    code = "export_country_unstated"
    text = N_(
        "Nobody has stated in which country the buyer sits, and this technology is not known to "
        "leave the country freely. State the country in the room of the deal first."
    )


class CountryStated(DealStop):
    code = "country_stated"
    text = N_("The buyer's country is known already. The owner's side can correct what was stated.")


class NothingLeaves(DealStop):
    code = "nothing_leaves"
    text = N_("For what leaves the country with this deal, no such paper is needed.")


class NoticeEnded(DealStop):
    code = "notice_ended"
    text = N_("The notice has ended. Write to the institute named in it.")


class ObjectionOpen(DealStop):
    code = "objection_open"
    text = N_("An objection waits for its answer. Answer it first.")


class StepsOpen(DealStop):
    code = "steps_open"
    text = N_(
        "The owner's institution has not decided yet, so nothing is signed. "
        "The deal room says which steps are open."
    )


class StepWasRefused(DealStop):
    code = "step_refused"
    text = N_(
        "The owner's institution has refused a step of its decision, so nothing is signed. "
        "Its office can put the step again once the reason is met, or end the deal."
    )


class StepDecided(DealStop):
    code = "step_decided"
    text = N_("This step has been decided, or is no step of the price that stands now.")


class StepNotYet(DealStop):
    code = "step_not_yet"
    text = N_("It is not this step's turn: an earlier one is still open.")


class StepNotRefused(DealStop):
    code = "step_not_refused"
    text = N_("Only a step that was refused can be put again.")


class NobodyComesFirst(DealStop):
    code = "nobody_comes_first"
    text = N_("Where this passes, the law lets nobody come first.")


class ClaimTold(DealStop):
    code = "claim_told"
    text = N_("This holder has been told or has answered already.")


class ClaimOver(DealStop):
    code = "claim_over"
    text = N_("This was answered before, or its time is over.")


class ClaimsOpen(DealStop):
    code = "claims_open"
    text = N_(
        "Somebody comes first on equal terms and has not answered yet, so nothing is signed. "
        "The owner's office sees who, and until when."
    )


class Preempted(DealStop):
    code = "preempted"
    text = N_(
        "Somebody who comes first has taken these terms, so nobody else signs. "
        "The owner ends this deal, or the holder waives."
    )


class DecidesForTheOther(Refused):
    code = "decides_for_the_other"
    text = N_(
        "You act for the buyer of this deal, so you cannot decide for the institution. "
        "Ask its office to name somebody else."
    )
    status = 403


class ObjectionAnswered(Refused):
    code = "objection_answered_already"
    text = N_("This objection has been answered before. The first answer stands.")


class OwnerPosts(Refused):
    code = "owner_posts"
    text = N_("The owner shows where its notice is posted. Ask its office to do so.")
    status = 403


class NotPublic(Refused):
    code = "notice_not_found"
    text = N_("There is no such notice.")
    status = 404


STOPS: Final[dict[str, type[Refused]]] = {
    "wrong_state": WrongDealState,
    "other_side_acts": OtherSideActs,
    "no_offer": NoOffer,
    "offer_superseded": OfferSuperseded,
    "own_offer": OwnOffer,
    "not_own_offer": NotOwnOffer,
    "offer_lapsed": OfferLapsed,
    "way_taken": WayTaken,
    "terms_withdrawn": TermsWithdrawn,
    "own_terms": OwnTerms,
    "fee_on_its_way": FeeOnItsWay,
    "buyer_not_vetted": BuyerNotVetted,
    "domestic_only": DomesticOnly,
    "export_unstated": ExportUnstated,
    "export_prohibited": ExportProhibited,
    "export_restricted": ExportRestricted,
    "export_intent_missing": ExportIntentMissing,
    "export_licence_missing": ExportLicenceMissing,
    "export_country_unstated": ExportCountryUnstated,
    "notice_ended": NoticeEnded,
    "last_day_ahead": LastDayAhead,
    "objection_open": ObjectionOpen,
    "steps_open": StepsOpen,
    "step_refused": StepWasRefused,
    "step_decided": StepDecided,
    "step_not_yet": StepNotYet,
    "step_not_refused": StepNotRefused,
    "nobody_comes_first": NobodyComesFirst,
    "claim_told": ClaimTold,
    "claim_over": ClaimOver,
    "claims_open": ClaimsOpen,
    "preempted": Preempted,
}
"""The refusal for a guard's code; a code without one means that the deal's state does not fit."""


def stop(code: str) -> Refused:
    """The refusal to raise for a guard's code."""
    return STOPS.get(code, WrongDealState)()
