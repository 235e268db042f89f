"""Forms of an institution's steps and of the decision on a deal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from wtforms import (
    BooleanField,
    DateField,
    FileField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional as Blank
from wtforms.widgets import CheckboxInput, ListWidget

from contracts.seal_sheet import SEAL_NAMES
from core.i18n import N_
from core.money import Money
from deals.deciding.rules import Decided, Gate
from deals.deciding.states import StepState
from deals.deciding.wording import ASSET_NAMES, KIND_NAMES
from deals.modes import MODES
from deals.wording import WAY_NAMES
from webapp.forms.base import AtMost, MarketForm
from webapp.forms.deal_forms import DealForm
from webapp.language import plain
from webapp.uploads import Upload

OUTCOMES: Final = {
    StepState.PASSED: N_("Agreed to"),
    StepState.REFUSED: N_("Not agreed to, for the reason below"),
}


def _choices(names: Mapping[Any, str]) -> list[SelectChoice]:
    return [SelectChoice(str(code), name) for code, name in names.items()]


def _several(label: str, names: Mapping[Any, str]) -> Any:
    return SelectMultipleField(
        label,
        choices=_choices(names),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )


class StepForm(DealForm):
    """One step of an institution's own approval, and which deals it gates."""

    name = StringField(
        N_("Office or meeting"),
        [AtMost(120)],
        description=N_("As the approval sheet prints it, such as “Vice-president for research”."),
    )
    kind = RadioField(N_("Who decides"), choices=_choices(KIND_NAMES), validate_choice=False)
    person = SelectField(
        N_("Person"),
        [Blank()],
        validate_choice=False,
        description=N_("Only where a person decides. They sign in and decide themselves."),
    )
    position = IntegerField(
        N_("Step number"),
        description=N_("Steps of one number are asked together, after all lower ones."),
    )
    days = IntegerField(
        N_("Expected within (working days)"), [Blank()], description=N_("Empty: no day is named.")
    )
    least = StringField(
        N_("From this price on"),
        [Blank()],
        description=N_("Empty: at every price. With a royalty the price is open, and counts."),
    )
    modes = _several(N_("Only where the price is found so"), {c: m.label for c, m in MODES.items()})
    ways = _several(N_("Only where this passes"), WAY_NAMES)
    assets = _several(N_("Only for these assets"), ASSET_NAMES)
    related_only = BooleanField(N_("Only where the buyer is a contributor or related"))

    def __init__(self, members: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [SelectChoice(id, name) for id, name in members.items()]
        self.person.choices = [SelectChoice("", plain(N_("nobody by name"))), *named]

    def gate(self, currency: str) -> Gate | None:
        """What was typed; None where the amount could not be read (its error says why)."""
        least = self.amount("least", currency)
        if self["least"].errors:
            return None
        return Gate(
            position=self.position.data or 0,
            kind=self.kind.data or "",
            name=self.name.data or "",
            person=self.person.data or None,
            days=self.days.data,
            modes=tuple(self.modes.data or ()),
            ways=tuple(self.ways.data or ()),
            assets=tuple(self.assets.data or ()),
            least=None if least is None else Money(least, currency),
            related_only=bool(self.related_only.data),
        )


class DecideForm(MarketForm):
    """A decision of one's own."""

    outcome = RadioField(N_("Decision"), choices=_choices(OUTCOMES), validate_choice=False)
    note = TextAreaField(
        N_("Note"), [Blank()], description=N_("Printed on the approval sheet. A refusal needs it.")
    )

    def decided(self) -> Decided:
        return Decided(self.outcome.data or "", self.note.data or "")


class PaperForm(DecideForm):
    """A decision that was taken elsewhere, and the paper that shows it."""

    number = StringField(N_("Number of the minutes"), [Blank()])
    held_on = DateField(N_("Day on the paper"), [Blank()])
    paper = FileField(
        N_("Signed paper"), description=N_("One PDF: the minutes, or the signed consent.")
    )

    def with_paper(self, upload: Upload | None) -> Decided:
        return Decided(
            self.outcome.data or "",
            self.note.data or "",
            self.held_on.data,
            self.number.data or "",
            upload.sha256 if upload else "",
            upload.name if upload else "",
            upload.size if upload else 0,
        )


class SealForm(MarketForm):
    """Which seal, on how many copies."""

    seal = SelectField(N_("Seal"), choices=_choices(SEAL_NAMES), validate_choice=False)
    copies = IntegerField(N_("Copies"))
