"""Forms of claims to come first on equal terms."""

from __future__ import annotations

from wtforms import BooleanField, DateField, FileField, StringField
from wtforms.validators import Optional as Blank

from core.i18n import N_
from deals.preemption.rules import LONGEST_NAME, Paper
from webapp.forms.base import AtMost, Filled, MarketForm
from webapp.uploads import Upload


class HolderForm(MarketForm):
    """Who else comes first."""

    name = StringField(N_("Who commissioned the development"), [Filled(), AtMost(LONGEST_NAME)])


class OwnAnswerForm(MarketForm):
    """The holder answers, signed in."""

    sure = BooleanField(
        N_("I have read the terms, and answer for myself or for whom I may sign"), [Filled()]
    )


class PaperOfHolderForm(MarketForm):
    """What the office puts on file for a holder without an account, or one who signed on paper."""

    day = DateField(N_("Day on the paper"), [Blank()])
    paper = FileField(
        N_("Signed paper"),
        description=N_("One PDF: the receipt of the notice, or the signed answer."),
    )

    def shown(self, upload: Upload | None) -> Paper:
        if upload is None:
            return Paper(day=self.day.data)
        return Paper(upload.sha256, upload.name, upload.size, self.day.data)
