"""Forms of webhooks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from core.i18n import N_
from syndication.topics import OWN, PUBLIC
from webapp.forms.base import AtMost, Filled, MarketForm
from webapp.language import plain
from webapp.numbers import whole


class WebhookForm(MarketForm):
    """`for_owners` gives the organisations to choose from; without any, only public topics."""

    owner = SelectField(N_("For"), choices=[SelectChoice("", N_("Myself"))], default="")
    url = StringField(
        N_("Address to call"),
        [Filled(), AtMost(2000)],
        description=N_("A public https address of yours. It gets a POST with a signed JSON body."),
    )
    topics = SelectMultipleField(
        N_("Call about"),
        choices=[SelectChoice(code, name) for code, name in {**PUBLIC, **OWN}.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def for_owners(self, owners: Sequence[tuple[str, str]]) -> WebhookForm:
        """Offers what this person may choose."""
        self.owner.choices = [
            SelectChoice("", plain(N_("Myself"))),
            *(SelectChoice(id, name) for id, name in owners),
        ]
        known = {**PUBLIC, **OWN} if owners else PUBLIC
        self.topics.choices = [SelectChoice(code, plain(name)) for code, name in known.items()]
        return self


def _number(_form: Any, field: Any) -> None:
    if whole(field.data) is None:
        raise ValidationError(plain(N_("Write a whole number.")))


class ResendForm(MarketForm):
    first = StringField(N_("From number"), [Filled(), AtMost(10), _number])
    last = StringField(N_("To number"), [Filled(), AtMost(10), _number])
    failed_only = BooleanField(N_("Only those that were given up"))

    @property
    def range(self) -> tuple[int, int]:
        """An empty range where the two are no numbers."""
        first, last = whole(self.first.data), whole(self.last.data)
        return (first or 1, last if last is not None and first is not None else 0)
