"""Refusals of accounts."""

from __future__ import annotations

from core.errors import Outdated, Refused
from core.i18n import N_


class WrongSignIn(Refused):
    """The same answer whether the contact is unknown, unproven, or the password is wrong."""

    code = "wrong_sign_in"
    text = N_("Contact and password do not fit together. Check both, or set a new password.")
    status = 422


class TooManyAttempts(Refused):
    code = "too_many_attempts"
    text = N_("Too many attempts. Wait %(minutes)s minutes and try again.")
    status = 429


class WrongCode(Refused):
    """Also for a challenge that never existed or has no code that fits."""

    code = "wrong_code"
    text = N_("The code does not fit or is too old. Check it, or ask for a new one.")
    status = 422


class ContactTaken(Refused):
    code = "contact_taken"
    text = N_("Somebody has proven this contact meanwhile. Sign in, or use another one.")


class TooManyContacts(Refused):
    code = "too_many_contacts"
    text = N_("You have %(most)s contacts already. Remove one that you no longer use.")


class LastContact(Refused):
    code = "last_contact"
    text = N_("This is your only contact. Add another one first.")


class SignInFirst(Refused):
    code = "sign_in_first"
    text = N_("Sign in first; you will come back to this page.")
    status = 401


class StepNotPossible(Refused):
    code = "organisation_step_not_possible"
    text = N_("The organisation's state has changed meanwhile. Look at it again.")


class SecondPersonNeeded(Refused):
    code = "organisation_second_person"
    text = N_("You registered this organisation or belong to it; another operator must decide.")
    status = 403


class StaleDetails(Outdated):
    code = "organisation_details_stale"


class NumberTaken(Refused):
    code = "organisation_number_taken"
    text = N_("An organisation with this number is already here. Ask to join it instead.")


class LooksLikeAnother(Refused):
    code = "organisation_looks_like_another"
    text = N_(
        "An organisation with a name like this is already here. Ask to join it, or say below that "
        "yours is another one."
    )


class DocumentsFull(Refused):
    code = "organisation_documents_full"
    text = N_("%(most)s documents are here already. Remove one that is not needed.")


class InvitationOver(Refused):
    code = "invitation_over"
    text = N_("This invitation was used, withdrawn or is too old. Ask for a new one.")
    status = 410


class AlreadyMember(Refused):
    code = "already_member"
    text = N_("This person already belongs to the organisation.")


class AlreadyAsked(Refused):
    code = "already_asked"
    text = N_("Your request is already with the organisation's administrator.")


class LastAdministrator(Refused):
    code = "last_administrator"
    text = N_("An organisation keeps at least one administrator. Give the role to another first.")


class ExportUnderWay(Refused):
    code = "export_under_way"
    text = N_("A copy is being made already. Wait until it is ready.")


class ErasureWaits(Refused):
    code = "erasure_waits"
    text = N_("Your account cannot be erased yet; the reasons stand below.")


class OperatorExists(Refused):
    code = "operator_exists"
    text = N_("This market already has its operator. Further operators are invited by it.")


class KeptFormGone(Refused):
    code = "kept_form_gone"
    text = N_(
        "What you had filled in is no longer kept: it is shown once, for ten minutes. Nothing was "
        "changed; open the page again and fill it in anew."
    )


class TooManyTokens(Refused):
    code = "too_many_tokens"
    text = N_("You have %(most)s access tokens in force. Revoke one that is no longer used.")


class Sanctioned(Refused):
    """A measure of the operator keeps the actor, or their organisation, from this for a time."""

    code = "sanctioned"
    text = N_(
        "A measure of the operator keeps you or your organisation from this for now. Nothing was "
        "changed. Its reason, its last day and how to appeal stand in your account under "
        "“Decisions and appeals”."
    )


class SanctionMovedOn(Refused):
    code = "sanction_moved_on"
    text = N_("This measure has ended already. Load the page to see its state.")
