"""Small forms beside the five steps: co-owners, the rights register, pictures, a package."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from wtforms import (
    BooleanField,
    DateField,
    FileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional as Blank
from wtforms.validators import ValidationError

from core.i18n import N_
from listings.exporting import EXPORT_NAMES, LONGEST_BASIS
from listings.inputs import CoOwnerInput, RightInput
from listings.kinds import RightKind, Way
from listings.queries.register import MemberChoice
from listings.valuing import LONGEST_NAME, LONGEST_REASON, METHOD_NAMES, Valued
from webapp.forms.base import AtMost, Filled, MarketForm
from webapp.forms.deal_forms import PLACES, DealForm
from webapp.forms.listing_typed import MultiCheckboxField, options, percent
from webapp.language import plain
from webapp.presenters.labels import KINDS, WAYS
from webapp.uploads import Upload

RIGHTS: Final = {
    "grant": N_("A licence or other right was granted"),
    "pledge": N_("The right is pledged"),
    "open_licence": N_("An open licence is declared"),
}


class CoOwnerForm(MarketForm):
    """Another holder. The same name again replaces what was said before."""

    name = StringField(N_("Name of the co-owner"), [Filled(), AtMost(120)])
    share = StringField(N_("Share in per cent"), [AtMost(8)])
    consented_on = DateField(
        N_("Agreed to the offer on"),
        [Blank()],
        description=N_("The day on the written consent. Empty: not yet agreed."),
    )

    def validate_share(self, field: Any) -> None:
        if field.data and percent(field.data) is None:
            raise ValidationError(plain(N_("A share lies between 0 % and 100 %.")))

    def owner(self) -> CoOwnerInput:
        return CoOwnerInput(
            (self.name.data or "").strip(),
            share_bp=percent(self.share.data) if self.share.data else None,
            consented_on=self.consented_on.data,
        )


class ExportForm(MarketForm):
    """What the office states about taking the technology out of the country."""

    place = "export"
    kind = RadioField(N_("For a buyer abroad"), choices=options(list(EXPORT_NAMES.items())))
    basis = StringField(
        N_("By which item"),
        [AtMost(LONGEST_BASIS)],
        description=N_("The item of the catalogue, or why none fits."),
    )


class ValuationForm(DealForm):
    """A valuation as the office puts it on file."""

    methods = MultiCheckboxField(
        N_("How the value was found"), choices=options(list(METHOD_NAMES.items()))
    )
    one_method = StringField(N_("Why only one method fits"), [AtMost(LONGEST_REASON)])
    value = StringField(N_("Appraised value"), [Filled()])
    valued_on = DateField(N_("Day of the valuation"), [Filled()])
    valid_until = DateField(N_("Valid until"), [Filled()])
    provider = StringField(
        N_("Who made it"),
        [AtMost(LONGEST_NAME)],
        description=N_("Name of the valuer. Empty: you valued it yourselves."),
    )
    number = StringField(N_("Number of the report"), [AtMost(LONGEST_NAME)])
    appraisers = TextAreaField(
        N_("Appraisers who signed"),
        [AtMost(LONGEST_REASON)],
        description=N_("One name a line, as they signed the valuer's report."),
    )
    report = FileField(
        N_("Report"), description=N_("PDF, signed. A valuation of your own needs none.")
    )

    def valued(self, currency: str, upload: Upload | None) -> Valued | None:
        """What was typed; None where the amount could not be read (its error says why)."""
        minor = self.amount("value", currency)
        if minor is None or self.value.errors:
            return None
        return Valued(
            methods=tuple(self.methods.data or ()),
            minor=minor,
            currency=currency,
            valued_on=self.valued_on.data,
            valid_until=self.valid_until.data,
            one_method=self.one_method.data or "",
            provider=self.provider.data or "",
            number=self.number.data or "",
            appraisers=tuple((self.appraisers.data or "").split("\n")),
            document=(upload.sha256, upload.name, upload.size) if upload else None,
        )


class RightForm(MarketForm):
    """One entry of the register: an earlier licence, a pledge, an open licence."""

    kind = SelectField(N_("What stands in the register"), choices=options(list(RIGHTS.items())))
    way = SelectField(N_("What was granted"), description=N_("For a licence or other right."))
    holder_name = StringField(
        N_("To whom"), [AtMost(120)], description=N_("Seen by your own office only.")
    )
    field = StringField(N_("Field of use"), [AtMost(120)], description=N_("Empty: in every field."))
    territory = StringField(N_("Territory"), [AtMost(60)], description=PLACES)
    starts = DateField(N_("From"), [Filled()])
    ends = DateField(N_("Until"), [Blank()], description=N_("Empty: without end."))
    consent = BooleanField(
        N_("For a pledge: the pledgee agreed in writing that the right may pass")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.way.choices = options(((code, plain(WAYS[code])) for code in Way), empty=True)

    def validate_way(self, field: Any) -> None:
        if self.kind.data == RightKind.GRANT and not field.data:
            raise ValidationError(plain(N_("Say what was granted.")))

    def right(self) -> RightInput:
        granted = self.kind.data == RightKind.GRANT
        return RightInput(
            self.starts.data,
            self.kind.data,
            Way(self.way.data) if granted else None,
            holder_name=(self.holder_name.data or "").strip() or None,
            field=(self.field.data or "").strip() or None,
            territory=(self.territory.data or "").strip() or None,
            ends=self.ends.data,
            consent=bool(self.consent.data) and self.kind.data == RightKind.PLEDGE,
        )


class PictureForm(MarketForm):
    """One picture with what it shows, in the words of either language."""

    picture = FileField(
        N_("Picture"),
        description=N_(
            "PNG, JPEG or WebP, at most 8 MB. Where, when and with what it was taken is removed."
        ),
    )
    caption_zh = StringField(N_("What it shows, in Chinese"), [AtMost(120)])
    caption_en = StringField(N_("What it shows, in English"), [AtMost(200)])

    def captions(self) -> dict[str, str]:
        said = {"zh": self.caption_zh.data, "en": self.caption_en.data}
        return {language: text.strip() for language, text in said.items() if text and text.strip()}


class MembersForm(MarketForm):
    """What a package holds, as ticks."""

    members = MultiCheckboxField(N_("What the package holds"))

    def __init__(self, choices: Sequence[MemberChoice], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members.choices = options(
            (one.asset, f"{one.title} ({plain(KINDS[one.kind])})") for one in choices
        )
        if not self.is_submitted():
            self.members.data = [one.asset for one in choices if one.chosen]
