"""Forms of data rooms: files, terms, people and questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from wtforms import FileField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional as Blank
from wtforms.widgets import HiddenInput

from core.i18n import N_
from webapp.forms.base import AtMost, MarketForm

LEVEL_NAMES: Final = {
    "both": N_("Both sides"),
    "nda": N_("The other side after the confidentiality promise"),
    "own": N_("Our side only"),
}


FACTOR_NAMES: Final = {
    "app": N_("Authenticator app"),
    "passkey": N_("Passkey"),
    "recovery": N_("Recovery code"),
}


class PromiseForm(MarketForm):
    typed_name = StringField(N_("Type your full name to accept"))
    code = StringField(
        N_("Code of the second step"),
        [Blank(), AtMost(40)],
        description=N_("From your authenticator app. Not needed within five minutes of a passkey."),
    )


class RoomTermsForm(MarketForm):
    """The confidentiality terms in both languages; one may be left empty."""

    version = IntegerField(widget=HiddenInput())
    zh = TextAreaField(N_("The terms in Chinese"), [Blank()])
    en = TextAreaField(N_("The terms in English"), [Blank()])

    def texts(self) -> dict[str, str]:
        return {"zh": self.zh.data or "", "en": self.en.data or ""}


class ColleagueForm(MarketForm):
    """Whom to let in, of those who have a seat with the reader."""

    person = SelectField(N_("A colleague"))

    def __init__(self, names: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        by_name = sorted(names.items(), key=lambda one: one[1])
        self.person.choices = [SelectChoice(id, name) for id, name in by_name]


class RoomFileForm(MarketForm):
    level = SelectField(
        N_("Who may open it"), choices=[SelectChoice(*one) for one in LEVEL_NAMES.items()]
    )
    file = FileField(N_("File"))


class QuestionForm(MarketForm):
    text = StringField(N_("Ask the other side"))
