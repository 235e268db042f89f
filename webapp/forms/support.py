"""The code that lets an operator look."""

from __future__ import annotations

from wtforms import StringField

from core.i18n import N_
from webapp.forms.base import AtMost, Filled, MarketForm


class CodeForm(MarketForm):
    code = StringField(
        N_("Code"),
        [Filled(), AtMost(40)],
        description=N_("The person makes it in their account and reads it out to you."),
    )
