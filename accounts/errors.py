"""Refusals of accounts."""

from __future__ import annotations

from core.errors import Refused
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


class NumberTaken(Refused):
    code = "organisation_number_taken"
    text = N_("An organisation with this number is already here. Ask to join it instead.")


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


class OperatorExists(Refused):
    code = "operator_exists"
    text = N_("This market already has its operator. Further operators are invited by it.")
