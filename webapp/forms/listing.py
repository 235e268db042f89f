"""Forms of results: a first draft for a phone, and steps 1 and 2 of the full form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional as Blank
from wtforms.validators import ValidationError

from core.i18n import N_
from core.identifiers import NumberError, read_ipc
from listings.inputs import (
    AssetChange,
    ComparisonInput,
    ContactInput,
    ContributorInput,
    ListingChange,
    TextInput,
)
from webapp.forms.base import AtMost, Filled, MarketForm
from webapp.forms.listing_step import LANGUAGES, StepForm
from webapp.forms.listing_typed import (
    MultiCheckboxField,
    coded,
    lines,
    options,
    prose,
    read_comparison,
    region_choices,
    split,
    ticked,
    trl_choices,
    typed_verdict,
)
from webapp.language import page_language, plain
from webapp.numbers import whole
from webapp.presenters.labels import KINDS

STEPS: Final = (
    N_("Title and summary"),
    N_("What it can do"),
    N_("Readiness and rights"),
    N_("Ways and price"),
    N_("People and contact"),
)


class FirstDraftForm(MarketForm):
    """At most five typed fields: what can be filled in on a phone beside the machine."""

    owner = SelectField(N_("In the name of"))
    kind = SelectField(N_("Kind"), choices=options(list(KINDS.items())[:4]))
    title = StringField(N_("Title"), [Filled(), AtMost(120)])
    value_line = TextAreaField(
        N_("In one sentence: what is better than today?"),
        [Filled(), AtMost(300)],
        description=N_("Name what it replaces, and one figure."),
    )
    trl = SelectField(N_("Readiness"), [Blank()])
    contributors = StringField(
        N_("Contributors"),
        [AtMost(300)],
        description=N_("Names in their order, with commas between. Shares can follow later."),
    )
    contact_phone = StringField(N_("Telephone for questions"), [AtMost(40)])

    def __init__(self, owners: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner.choices = options(owners)
        self.trl.choices = trl_choices()

    def text(self) -> TextInput:
        return TextInput(
            page_language(), (self.title.data or "").strip(), (self.value_line.data or "").strip()
        )

    def change(self, person: str | None) -> ListingChange:
        names = [name for name in split(self.contributors.data) if name]
        return ListingChange(
            contact=ContactInput(person=person, phone=self.contact_phone.data or None),
            asset=AssetChange(
                trl=whole(self.trl.data),
                contributors=tuple(ContributorInput(name) for name in names) or None,
            ),
        )


class WhatForm(StepForm):
    """Step 1: title, sentence, abstract, fields, place."""

    language = RadioField(N_("Language of this text"), choices=options(LANGUAGES))
    title = StringField(N_("Title"), [Filled(), AtMost(120)])
    value_line = TextAreaField(
        N_("In one sentence: what is better than today?"),
        [AtMost(300)],
        description=N_("Name what it replaces, and one figure."),
    )
    abstract = TextAreaField(N_("Abstract"), [AtMost(6000)])
    keywords = StringField(
        N_("Keywords"), [AtMost(130)], description=N_("At most three, with commas between.")
    )
    ipc = StringField(
        N_("IPC codes"),
        [AtMost(300)],
        description=N_("Such as H05K 7/20, with commas between; the main one first."),
    )
    industries = MultiCheckboxField(N_("Industries"))
    emerging = MultiCheckboxField(N_("Emerging industry"))
    region = SelectField(N_("Region"), [Blank()])
    registration = StringField(
        N_("Result registration number"),
        [AtMost(12)],
        description=N_("12 characters. A registration certificate is not proof of ownership."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.industries.choices = coded("industries")
        self.emerging.choices = coded("emerging_industries")
        self.region.choices = region_choices(self.page.region)

    def validate_ipc(self, field: Any) -> None:
        """What is stored already may stay as it is."""
        known = self.asset.ipc or ()
        try:
            for symbol in _symbols(field.data or ""):
                if symbol not in known:
                    read_ipc(symbol)
        except NumberError as why:
            raise ValidationError(plain(why.text, **why.params)) from None

    def shown(self) -> dict[str, Any]:
        text, asset = self.page.text, self.asset
        return {
            "language": text.language,
            "title": text.title,
            "value_line": text.value_line,
            "abstract": text.abstract,
            "keywords": "，".join(text.keywords),
            "ipc": ", ".join(asset.ipc or ()),
            "industries": list(asset.industries or ()),
            "emerging": list(asset.emerging or ()),
            "region": asset.region or "",
            "registration": asset.registration or "",
        }

    def change(self) -> ListingChange:
        """A text of another language than the page's takes nothing over from it."""
        language, asset = self.language.data, self.asset
        before = self.text(language)
        kept = self.kept if language == self.page.text.language else self.read
        return ListingChange(
            texts=(
                replace(
                    before,
                    title=kept("title", before.title, str),
                    value_line=kept("value_line", before.value_line, str),
                    abstract=kept("abstract", before.abstract, str),
                    keywords=kept("keywords", before.keywords, split),
                ),
            ),
            asset=AssetChange(
                ipc=self.kept("ipc", asset.ipc, _symbols),
                industries=ticked(asset.industries, self.industries),
                emerging=ticked(asset.emerging, self.emerging),
                region=self.region.data or "",
                registration=prose(self.registration.data),
            ),
        )


def _symbols(text: str) -> tuple[str, ...]:
    return tuple(code.replace(" ", "").upper() for code in split(text))


class CanForm(StepForm):
    """Step 2: comparison with today, what the buyer receives and brings."""

    alternatives = StringField(
        N_("What is used today"),
        [AtMost(1000)],
        description=N_("The products or processes you compare with, with commas between."),
    )
    comparisons = TextAreaField(
        N_("Comparison"),
        description=N_(
            "One measure a line: measure | unit | yours | theirs | … | better, equal, between or "
            "worse. Say openly where it is worse."
        ),
    )
    comparison_note = StringField(N_("Where the figures come from"), [AtMost(400)])
    receives = TextAreaField(N_("What the buyer receives"), description=N_("One item a line."))
    brings = TextAreaField(N_("What the buyer must bring"), description=N_("One item a line."))
    next_step = TextAreaField(N_("What the next readiness level still needs"), [AtMost(600)])

    def validate_comparisons(self, field: Any) -> None:
        for line in lines(field.data):
            if line.count("|") < 2:
                words = N_("“%(line)s” needs at least measure | unit | yours.")
                raise ValidationError(plain(words, line=line[:40]))

    def shown(self) -> dict[str, Any]:
        text = self.page.text
        rows = [
            " | ".join(
                (
                    row.metric,
                    row.unit,
                    row.ours,
                    *row.theirs,
                    typed_verdict(row.language, row.verdict),
                )
            )
            for row in self._compared()
        ]
        return {
            "alternatives": "，".join(text.alternatives),
            "comparisons": "\n".join(rows),
            "comparison_note": text.comparison_note,
            "receives": "\n".join(text.receives),
            "brings": "\n".join(text.brings),
            "next_step": text.next_step,
        }

    def _compared(self) -> tuple[ComparisonInput, ...]:
        language = self.page.text.language
        return tuple(row for row in self.stored.comparisons or () if row.language == language)

    def change(self) -> ListingChange:
        language = self.page.text.language
        before, kept = self.text(language), self.kept
        return ListingChange(
            texts=(
                replace(
                    before,
                    receives=kept("receives", before.receives, lines),
                    brings=kept("brings", before.brings, lines),
                    alternatives=kept("alternatives", before.alternatives, split),
                    comparison_note=kept("comparison_note", before.comparison_note, str),
                    next_step=kept("next_step", before.next_step, str),
                ),
            ),
            comparisons=kept(
                "comparisons",
                self._compared(),
                lambda text: tuple(read_comparison(language, line) for line in lines(text)),
            ),
        )


def _typed_row(row: ComparisonInput) -> str:
    verdict = typed_verdict(row.language, row.verdict)
    return " | ".join((row.metric, row.unit, row.ours, *row.theirs, verdict)).removesuffix(" | ")


class ReasonForm(MarketForm):
    """A reason from a list, and a note."""

    reason = SelectField(N_("Reason"))
    note = TextAreaField(N_("Note"), [AtMost(1000)])
