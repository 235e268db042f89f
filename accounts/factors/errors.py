"""Refusals of second factors."""

from __future__ import annotations

from core.errors import Refused
from core.i18n import N_


class WrongFactor(Refused):
    """The same for a wrong, an old and a used code."""

    code = "wrong_factor"
    text = N_("The code does not fit, or was used already. Wait for the next one and type that.")
    status = 422


class StepOver(Refused):
    code = "sign_in_step_over"
    text = N_("Too much time has passed since the password. Sign in again.")
    status = 410


class NotProvenAgain(Refused):
    code = "not_proven_again"
    text = N_("This password is not yours. Nothing was changed.")
    status = 422


class FactorFirst(Refused):
    code = "factor_first"
    text = N_("Set up an authenticator app or a passkey first.")


class FactorNeeded(Refused):
    code = "factor_needed"
    text = N_("Your role needs a second factor; it can be replaced, and not be turned off.")


class FactorNotFresh(Refused):
    code = "factor_not_fresh"
    text = N_("Show your second factor first; it then serves for five minutes.")
    status = 422


class PasskeyRefused(Refused):
    """The same for a strange key, an old challenge, a wrong origin and a counter that went back."""

    code = "passkey_refused"
    text = N_("The passkey was not taken. Nothing was changed: try it again, or use another way.")
    status = 422


class TooManyPasskeys(Refused):
    code = "too_many_passkeys"
    text = N_("You have %(most)s passkeys already. Remove one that you no longer use.")
