"""Forms of the draft from a dropped file: the file, then the proposed fields to correct."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import (
    BooleanField,
    FileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Optional as Blank

from core.i18n import N_
from listings.drafting.lint import Draft
from listings.importing.numbers import read_number
from listings.importing.values import Unreadable, read_people, read_symbols
from listings.inputs import (
    AssetChange,
    ContactInput,
    ContributorInput,
    ListingChange,
    TextInput,
)
from listings.rules import MOST_KEYWORDS
from webapp.forms.base import AtMost, Filled, MarketForm
from webapp.forms.listing_typed import lines, options, read_patent, split, trl_choices
from webapp.language import plain
from webapp.numbers import whole
from webapp.presenters.labels import KINDS


class DropForm(MarketForm):
    file = FileField(
        N_("File"),
        [Filled(N_("Choose a file."))],
        description=N_("One Word (.docx) or PDF file, such as a project summary or a leaflet."),
    )


class ProposedForm(MarketForm):
    """What the document seems to say, field by field; people correct and confirm."""

    owner = SelectField(N_("In the name of"))
    kind = SelectField(N_("Kind"), choices=options(list(KINDS.items())[:3]))
    language = RadioField(
        N_("Language of this text"),
        choices=options([("zh", N_("Chinese")), ("en", N_("English"))]),
    )
    title = StringField(N_("Title"), [Filled(), AtMost(120)])
    value_line = TextAreaField(
        N_("In one sentence: what is better than today?"), [Filled(), AtMost(300)]
    )
    abstract = TextAreaField(N_("Abstract"), [AtMost(6000)])
    keywords = StringField(
        N_("Keywords"), [AtMost(130)], description=N_("At most three, with commas between.")
    )
    contributors = TextAreaField(
        N_("Contributors"), [AtMost(2000)], description=N_("One name a line, in their order.")
    )
    patents = TextAreaField(
        N_("Patent numbers"), [AtMost(1000)], description=N_("One a line, in any usual form.")
    )
    ipc = StringField(N_("IPC codes"), [AtMost(300)])
    trl = SelectField(N_("Readiness"), [Blank()])
    contact_phone = StringField(N_("Telephone for questions"), [AtMost(40)])
    contact_mail = StringField(N_("Mail address for questions"), [AtMost(254)])
    attach = BooleanField(
        N_("Attach the file to the draft"),
        description=N_("Only those who accepted the confidentiality agreement may open it."),
    )

    def __init__(self, owners: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner.choices = options(owners)
        self.trl.choices = trl_choices()

    def validate_keywords(self, field: Any) -> None:
        if len(split(field.data)) > MOST_KEYWORDS:
            words = N_("At most %(most)s keywords are kept; choose the most telling ones.")
            raise ValidationError(plain(words, most=MOST_KEYWORDS))

    def validate_patents(self, field: Any) -> None:
        try:
            for line in lines(field.data):
                read_number(line, None)
        except Unreadable as why:
            raise ValidationError(plain(why.text, **why.params)) from None

    def validate_ipc(self, field: Any) -> None:
        try:
            read_symbols(field.data or "")
        except Unreadable as why:
            raise ValidationError(plain(why.text, **why.params)) from None

    def words(self) -> Draft:
        """The texts that the writing helper reads, as they stand now."""
        texts = {
            name: (self[name].data or "").strip() for name in ("title", "value_line", "abstract")
        }
        return Draft(self.language.data or "zh", **texts)

    def text(self) -> TextInput:
        words = self.words()
        return TextInput(
            words.language, words.title, words.value_line, words.abstract,
            keywords=tuple(split(self.keywords.data)),
        )  # fmt: skip

    def change(self, person: str | None) -> ListingChange:
        names = [name for line in lines(self.contributors.data) for name in read_people(line)]
        patents = [read_patent(line) for line in lines(self.patents.data)]
        return ListingChange(
            contact=ContactInput(
                person=person,
                phone=self.contact_phone.data or None,
                mail=self.contact_mail.data or None,
            ),
            asset=AssetChange(
                trl=whole(self.trl.data),
                ipc=read_symbols(self.ipc.data or "") or None,
                contributors=tuple(ContributorInput(name) for name in names) or None,
                patents=tuple(patent for patent in patents if patent) or None,
            ),
        )
