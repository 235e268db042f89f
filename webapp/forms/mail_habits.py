"""How a person wants their mail."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from core.i18n import N_
from notifications.habits import GROUPS, RHYTHMS, Habits
from webapp.forms.base import MarketForm
from webapp.numbers import whole

_RHYTHMS = [SelectChoice(code, name) for code, name in RHYTHMS.items()]
_HOURS = [SelectChoice(str(hour), f"{hour:02}:00") for hour in range(24)]


class MailForm(MarketForm):
    """One field for each group of topics, named after it."""

    listing = SelectField(GROUPS["listing"], choices=_RHYTHMS)
    inquiry = SelectField(GROUPS["inquiry"], choices=_RHYTHMS)
    deal = SelectField(GROUPS["deal"], choices=_RHYTHMS)
    organisation = SelectField(GROUPS["organisation"], choices=_RHYTHMS)
    saved_search = SelectField(GROUPS["saved_search"], choices=_RHYTHMS)
    quiet_begins = SelectField(
        N_("Quiet from"),
        choices=_HOURS,
        description=N_("What can wait is mailed after the quiet hours. The same hour twice: none."),
    )
    quiet_ends = SelectField(N_("Quiet until"), choices=_HOURS)

    @staticmethod
    def of(habits: Habits) -> MailForm:
        """Filled with what holds."""
        chosen = {group: habits.rhythms.get(group, "once") for group in GROUPS}
        hours = {
            "quiet_begins": str(habits.quiet_begins),
            "quiet_ends": str(habits.quiet_ends),
        }
        return MailForm(formdata=None, data={**chosen, **hours})

    @property
    def rhythms(self) -> Mapping[str, str]:
        return {group: self[group].data or "" for group in GROUPS}

    @property
    def hours(self) -> tuple[int, int]:
        begins, ends = whole(self.quiet_begins.data), whole(self.quiet_ends.data)
        return (-1 if begins is None else begins, -1 if ends is None else ends)
