"""Forms of proposals to needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional as Blank
from wtforms.validators import ValidationError

from core.i18n import N_
from matching.proposals.rules import REASONS, Proposed
from webapp.forms.base import MarketForm
from webapp.language import plain

IN_WORDS: Final = "words"
"""The choice of no result: what is proposed is described."""
REASON_NAMES: Final = {
    "not_fitting": N_("It does not answer the need"),
    "too_early": N_("It is not mature enough for us"),
    "too_dear": N_("It is beyond our budget"),
    "have_one": N_("We have found a solution"),
    "need_gone": N_("The need is gone"),
    "other": N_("Another reason"),
}


class ProposeForm(MarketForm):
    """One of the proposer's published results or words, one paragraph, and whom to reach."""

    organisation = SelectField(N_("In the name of"))
    result = SelectField(N_("What do you propose?"))
    text = TextAreaField(
        N_("How does it answer the need?"),
        description=N_("One paragraph. Say nothing confidential: there is no agreement yet."),
    )
    contact_name = StringField(N_("Whom can the firm reach?"))
    contact = StringField(N_("Telephone or mail"))

    def offer(self, seats: Sequence[tuple[str, str]], results: Sequence[tuple[str, str]]) -> None:
        """What there is to choose from; (value, words) of each."""
        self.organisation.choices = [SelectChoice(id, name) for id, name in seats]
        unsaid = [SelectChoice("", "—")] if len(results) > 1 else []
        self.result.choices = [*unsaid, *(SelectChoice(id, title) for id, title in results)]

    def validate_result(self, field: SelectField) -> None:
        if field.data == "":
            raise ValidationError(plain(N_("Choose a result, or say that you describe one.")))

    def proposed(self) -> Proposed:
        chosen = self.result.data
        return Proposed(
            self.text.data or "",
            self.contact_name.data or "",
            self.contact.data or "",
            None if chosen == IN_WORDS else chosen,
        )


class DeclineForm(MarketForm):
    reason = SelectField(
        N_("Reason"), choices=[SelectChoice(code, REASON_NAMES[code]) for code in REASONS]
    )
    reply = StringField(N_("A sentence to the proposer"), [Blank()])
