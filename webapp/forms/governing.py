"""Forms of stops, features and announcements."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from wtforms import DateTimeLocalField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from accounts.rules import ROLES_OF_KIND
from core.features import Access
from core.i18n import N_
from core.stops import What
from governance.announcements import LONGEST_TEXT, LONGEST_TITLE, Said
from governance.rules import LONGEST
from governance.states import Audience
from webapp.forms.base import AtMost, Filled, MarketForm
from webapp.presenters.accounts import role_name

WHATS = {
    What.DEALS: N_("New deals and acceptances"),
    What.LISTINGS: N_("Publication of results and needs"),
    What.OUTGOING: N_("Outgoing mail, text messages and webhooks"),
    What.PAYOUTS: N_("Payouts of money"),
    What.SESSIONS: N_("Sign everybody out, once"),
}
STATES = {
    Access.ON: N_("For everybody"),
    Access.OFF: N_("Switched off"),
    Access.ROLE: N_("For one role only"),
}
AUDIENCES = {
    Audience.EVERYBODY: N_("Everybody"),
    Audience.MEMBERS: N_("Whoever is signed in"),
    Audience.INSTITUTES: N_("People of institutes"),
    Audience.FIRMS: N_("People of firms"),
    Audience.BROKERS: N_("Brokers"),
}
_ROLES = sorted({role for roles in ROLES_OF_KIND.values() for role in roles})


class StopForm(MarketForm):
    what = RadioField(
        N_("What is stopped"),
        [Filled(N_("Choose what is stopped."))],
        choices=[SelectChoice(what.value, name) for what, name in WHATS.items()],
    )
    reason = TextAreaField(
        N_("Reason"), [AtMost(LONGEST)], description=N_("Everybody reads it above every page.")
    )
    reason_en = TextAreaField(N_("Reason in English"), [AtMost(LONGEST)])


class ReleaseForm(MarketForm):
    note = TextAreaField(
        N_("Why it is released"), [AtMost(LONGEST)], description=N_("Kept in the record.")
    )


class FeatureForm(MarketForm):
    state = RadioField(
        N_("State"),
        [Filled(N_("Choose on, off or, where people use it, a role."))],
        choices=[SelectChoice(state.value, name) for state, name in STATES.items()],
    )
    role = SelectField(
        N_("Role"),
        choices=[SelectChoice("", "—"), *(SelectChoice(role, role_name(role)) for role in _ROLES)],
        validate_choice=False,
        description=N_("Only where it stays open to one role; operators always see it."),
    )
    reason = TextAreaField(N_("Reason"), [AtMost(LONGEST)], description=N_("Kept in the record."))


class AnnouncementForm(MarketForm):
    title = StringField(N_("Title in Chinese"), [AtMost(LONGEST_TITLE)])
    title_en = StringField(N_("Title in English"), [AtMost(LONGEST_TITLE)])
    text = TextAreaField(N_("Text in Chinese"), [AtMost(LONGEST_TEXT)])
    text_en = TextAreaField(N_("Text in English"), [AtMost(LONGEST_TEXT)])
    audience = RadioField(
        N_("Who reads it"),
        [Filled(N_("Choose who reads it."))],
        choices=[SelectChoice(one.value, name) for one, name in AUDIENCES.items()],
    )
    starts_at = DateTimeLocalField(
        N_("Shows from"), [Optional()], format="%Y-%m-%dT%H:%M", description=N_("Market time.")
    )
    ends_at = DateTimeLocalField(N_("Shows until"), [Optional()], format="%Y-%m-%dT%H:%M")

    def said(self, zone: ZoneInfo) -> Said:
        """What was written, for the use case to judge; times are the market's."""
        return Said(
            title=self.title.data or "",
            title_en=self.title_en.data or "",
            text=self.text.data or "",
            text_en=self.text_en.data or "",
            audience=self.audience.data or "",
            starts_at=_aware(self.starts_at.data, zone),
            ends_at=_aware(self.ends_at.data, zone),
        )


def _aware(typed: datetime | None, zone: ZoneInfo) -> datetime | None:
    return typed.replace(tzinfo=zone) if typed else None
