"""The form of a new version of a text."""

from __future__ import annotations

from wtforms import DateField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from accounts.consents.rules import LONGEST
from core.i18n import N_
from webapp.forms.base import AtMost, Filled, MarketForm
from webapp.presenters.texts import KINDS

_HELP = N_("A line that begins with ## is a heading; blank lines part paragraphs.")


class TextForm(MarketForm):
    kind = RadioField(
        N_("Which text"),
        [Filled(N_("Choose which text it is."))],
        choices=[SelectChoice(str(kind), name) for kind, name in KINDS.items()],
    )
    text = TextAreaField(N_("Text in Chinese"), [AtMost(LONGEST)], description=_HELP)
    text_en = TextAreaField(N_("Text in English"), [AtMost(LONGEST)], description=_HELP)
    takes_effect = DateField(
        N_("Holds from"), [Optional()], description=N_("Whole days of notice lie before it.")
    )
