"""Forms of second factors and of showing again who one is."""

from __future__ import annotations

from wtforms import HiddenField, PasswordField, StringField

from accounts.factors.rules import PASSKEY_NAME
from core.i18n import N_
from webapp.forms.base import AtMost, Filled, MarketForm


class SecondForm(MarketForm):
    code = StringField(
        N_("Code of the second step"),
        [Filled(), AtMost(40)],
        description=N_("Six digits from your authenticator app, or one of your recovery codes."),
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
