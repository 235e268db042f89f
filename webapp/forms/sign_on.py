"""Forms of signing on through an institution, and of its domains."""

from __future__ import annotations

from wtforms import PasswordField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from core.i18n import N_
from webapp.forms.base import AtMost, Filled, MarketForm

_JOINS = [
    SelectChoice("ask", N_("They ask, and an administrator answers")),
    SelectChoice("grant", N_("They get the smallest seat at once")),
]


class ProviderForm(MarketForm):
    place = "provider"
    issuer = StringField(
        N_("Issuer"),
        [Filled(), AtMost(500)],
        description=N_(
            "The address by which the provider calls itself, such as https://id.university.edu.cn."
        ),
    )
    client = StringField(N_("Client ID"), [Filled(), AtMost(500)])
    secret = PasswordField(
        N_("Client secret"),
        [Filled(), AtMost(500)],
        description=N_("Kept sealed and never shown again."),
    )
    joins = RadioField(
        N_("Who signs on and is no member yet"), [Filled()], choices=_JOINS, default="ask"
    )


class DomainForm(MarketForm):
    place = "domain"
    domain = StringField(
        N_("Domain of your mail addresses"),
        [Filled(), AtMost(253)],
        description=N_("What stands after the @, such as university.edu.cn."),
    )
    joins = RadioField(N_("Who proves an address of it"), [Filled()], choices=_JOINS, default="ask")


class DecideForm(MarketForm):
    reason = TextAreaField(N_("What you looked at, or why not"), [AtMost(500)])


class NewAccountForm(MarketForm):
    name = StringField(N_("Your name"), [Filled(), AtMost(200)])
    contact = StringField(
        N_("Mail address or mobile number"),
        [Filled(), AtMost(254)],
        description=N_("A code goes there. Numbers abroad begin with + and the country code."),
    )
