"""Forms of signing up, signing in and one's own account."""

from __future__ import annotations

from wtforms import PasswordField, RadioField, StringField
from wtforms.fields.choices import SelectChoice

from core.i18n import N_
from webapp.forms.base import AtMost, Filled, MarketForm

_LANGUAGES = [SelectChoice("zh", N_("Chinese")), SelectChoice("en", N_("English"))]
_CONTACT = N_("Mail address or mobile number")
_PASSWORD_HELP = N_(
    "At least 8 characters of any kind. Four words that do not belong together are strong and easy "
    "to remember."
)


class SignInForm(MarketForm):
    contact = StringField(_CONTACT, [Filled(), AtMost(254)])
    password = PasswordField(N_("Password"), [Filled(), AtMost(128)])


class SignUpForm(MarketForm):
    contact = StringField(
        _CONTACT,
        [Filled(), AtMost(254)],
        description=N_("A code goes there. Numbers abroad begin with + and the country code."),
    )
    name = StringField(N_("Your name"), [Filled(), AtMost(200)])
    password = PasswordField(N_("Password"), [Filled()], description=_PASSWORD_HELP)


class CodeForm(MarketForm):
    code = StringField(N_("Code"), [Filled(), AtMost(12)], description=N_("Six digits."))


class ForgottenForm(MarketForm):
    contact = StringField(_CONTACT, [Filled(), AtMost(254)])


class ResetForm(CodeForm):
    password = PasswordField(N_("New password"), [Filled()], description=_PASSWORD_HELP)


class ProfileForm(MarketForm):
    name = StringField(N_("Your name"), [Filled(), AtMost(200)])
    latin_name = StringField(
        N_("Name in Latin letters"),
        [AtMost(200)],
        description=N_("For English pages. Leave it empty if your name is written so anyway."),
    )
    language = RadioField(N_("Language of letters to you"), [Filled()], choices=_LANGUAGES)


class PasswordForm(MarketForm):
    old = PasswordField(N_("Present password"), [Filled(), AtMost(128)])
    password = PasswordField(N_("New password"), [Filled()], description=_PASSWORD_HELP)


class ActForm(MarketForm):
    """A button and nothing else."""
