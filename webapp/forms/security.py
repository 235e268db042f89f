"""Forms of second factors and of showing again who one is."""

from __future__ import annotations

from wtforms import HiddenField, PasswordField, StringField, TextAreaField

from accounts.factors.rules import PASSKEY_NAME
from accounts.recovery.states import LONGEST_NOTE
from core.i18n import N_
from webapp.forms.base import AtMost, Filled, MarketForm


class SecondForm(MarketForm):
    code = StringField(
        N_("Code of the second step"),
        [Filled(), AtMost(40)],
        description=N_("Six digits from your authenticator app, or one of your recovery codes."),
    )


class LostForm(MarketForm):
    note = TextAreaField(
        N_("How the operator reaches you and can be sure"),
        [Filled(), AtMost(LONGEST_NOTE)],
        description=N_("A number to call, a colleague or office who knows you. No passwords."),
    )


class EvidenceForm(MarketForm):
    evidence = TextAreaField(N_("What you looked at"), [AtMost(LONGEST_NOTE)])


class ContactForm(MarketForm):
    contact = StringField(
        N_("Mail address or mobile number"),
        [Filled(), AtMost(254)],
        description=N_("A code goes there. Numbers abroad begin with + and the country code."),
    )


class AppForm(MarketForm):
    code = StringField(N_("Code of the app"), [Filled(), AtMost(40)], description=N_("Six digits."))


class AgainForm(MarketForm):
    old = PasswordField(N_("Password"), [Filled(), AtMost(128)])


_LONGEST_ANSWER = 20_000


class PasskeyForm(MarketForm):
    """`answer` is filled by the page's script with what the browser signed."""

    answer = HiddenField("", [Filled(), AtMost(_LONGEST_ANSWER)])


class NewPasskeyForm(PasskeyForm):
    name = StringField(
        N_("Name of the passkey"),
        [Filled(), AtMost(PASSKEY_NAME)],
        description=N_("So that you know it again, such as the name of the device."),
    )


class PasskeyNameForm(MarketForm):
    name = StringField(N_("Name of the passkey"), [Filled(), AtMost(PASSKEY_NAME)])
