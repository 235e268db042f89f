"""Forms of trade certificates."""

from __future__ import annotations

from wtforms import BooleanField, TextAreaField
from wtforms.validators import Optional as Blank

from core.i18n import N_
from webapp.forms.base import MarketForm


class IssueForm(MarketForm):
    amount = BooleanField(
        N_("Both parties agreed in writing that the fixed price is shown"),
        [Blank()],
        description=N_("Left open, the certificate shows no amount."),
    )


class WithdrawForm(MarketForm):
    reason = TextAreaField(
        N_("Reason"), [Blank()], description=N_("Both parties read it; the public page does not "
                                                "show it."),
    )  # fmt: skip
