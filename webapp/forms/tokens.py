"""The form of an access token: what it is for, what it may do, how long it holds."""

from __future__ import annotations

from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from accounts.scopes import Scope
from core.i18n import N_
from webapp.forms.base import AtMost, Filled, MarketForm
from webapp.language import plain

SCOPES = {
    Scope.READ_MARKET: N_("Read what is public on the market"),
    Scope.READ_ORGANISATION: N_("Read drafts, members and exports of your organisations"),
    Scope.READ_INQUIRIES: N_("Read inquiries"),
    Scope.READ_DEALS: N_("Read deals and offers"),
    Scope.READ_MONEY: N_("Read what your organisations owe and are owed"),
    Scope.READ_PERSONAL: N_("Read messages and saved items"),
    Scope.WRITE_ORGANISATION: N_("Edit the public page, invite and admit members, name units"),
    Scope.WRITE_LISTINGS: N_("Write, check, approve and publish results"),
    Scope.WRITE_NEEDS: N_("Write and publish needs"),
    Scope.WRITE_INQUIRIES: N_("Send and answer inquiries, open deals"),
    Scope.WRITE_DEALS: N_("Make, accept and withdraw offers, leave deals"),
    Scope.WRITE_PERSONAL: N_("Save items, mark messages as read"),
}
LIVES = {30: N_("30 days"), 90: N_("90 days"), 180: N_("180 days"), 365: N_("One year")}


class TokenForm(MarketForm):
    name = StringField(
        N_("What it is for"),
        [Filled(), AtMost(200)],
        description=N_("For example the name of the program. Only you see it."),
    )
    scopes = SelectMultipleField(
        N_("What it may do"),
        choices=[SelectChoice(str(scope), text) for scope, text in SCOPES.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=N_("Never more than you may do yourself at that moment."),
    )
    days = SelectField(
        N_("How long it holds"),
        coerce=int,
        default=90,
        choices=[SelectChoice(days, text) for days, text in LIVES.items()],
    )


def scope_name(scope: str) -> str:
    """What a scope allows, in the page's language."""
    return plain(SCOPES[Scope(scope)]) if scope in set(Scope) else scope
