"""The form of a need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional as Blank

from core import reference
from core.errors import Invalid, Problem
from core.i18n import N_
from listings.errors import Incomplete
from listings.inputs import NeedInput
from webapp.forms.base import AtMost, Filled, MarketForm
from webapp.forms.listing_typed import (
    MultiCheckboxField,
    check_price,
    coded,
    options,
    prose,
    read_price,
    region_choices,
    split,
    ticked,
    typed_price,
)
from webapp.language import page_language

T = TypeVar("T")


class NeedForm(MarketForm):
    """What a firm looks for, on one page. It begins with what is stored, and what it has no field
    for stays as it is: contact, text in the other language, classes below a section."""

    title = StringField(N_("What you look for"), [Filled(), AtMost(120)])
    summary = TextAreaField(
        N_("In one sentence"),
        [Filled(), AtMost(300)],
        description=N_("What it must do, with the figure that matters most."),
    )
    description = TextAreaField(N_("More about it"), [AtMost(6000)])
    tried = TextAreaField(N_("What you tried already"), [AtMost(2000)])
    keywords = StringField(N_("Keywords"), [AtMost(1000)], description=N_("With commas between."))
    ipc_sections = MultiCheckboxField(N_("Fields"))
    industries = MultiCheckboxField(N_("Industries"))
    region = SelectField(N_("Region"), [Blank()])
    budget_low = StringField(N_("Budget from"), [AtMost(40)])
    budget_high = StringField(N_("Budget to"), [AtMost(40)])
    deadline = DateField(N_("Answers until"), [Blank()])
    confidential = BooleanField(
        N_("Confidential"),
        description=N_("It is matched for you and shown to nobody, not even to the operator."),
    )
    anonymous = BooleanField(N_("Do not show the name of our firm"))

    def __init__(self, stored: NeedInput, *args: Any, **kwargs: Any) -> None:
        self.stored = stored
        super().__init__(*args, **kwargs)
        self.ipc_sections.choices = options(reference.choices("ipc_sections", page_language()))
        self.industries.choices = coded("industries")
        self.region.choices = region_choices(stored.region)

    def validate_budget_low(self, field: Any) -> None:
        check_price(self, field)

    def validate_budget_high(self, field: Any) -> None:
        check_price(self, field)

    def shown(self) -> dict[str, Any]:
        """What its fields say before anybody types."""
        need = self.stored
        return {
            "title": need.title,
            "summary": need.summary,
            "description": need.description,
            "tried": need.tried,
            "keywords": "，".join(need.keywords),
            "ipc_sections": sorted({code[:1] for code in need.fields}),
            "industries": list(need.industries),
            "region": need.region or "",
            "budget_low": typed_price(need.budget_low),
            "budget_high": typed_price(need.budget_high),
            "deadline": need.deadline,
            "confidential": need.confidential,
            "anonymous": need.anonymous,
        }

    def show(self) -> None:
        self.process(data=self.shown())

    def need(self) -> NeedInput:
        """The need as the form now says it."""
        stored = self.stored
        return replace(
            stored,
            title=self._kept("title", stored.title, str),
            summary=self._kept("summary", stored.summary, str),
            description=self._kept("description", stored.description, str),
            tried=self._kept("tried", stored.tried, str),
            keywords=tuple(self._kept("keywords", stored.keywords, split)),
            budget_low=read_price(self.budget_low.data),
            budget_high=read_price(self.budget_high.data),
            fields=_classes(stored.fields, self.ipc_sections.data or ()),
            industries=ticked(stored.industries, self.industries),
            region=self.region.data or None,
            deadline=self.deadline.data,
            confidential=bool(self.confidential.data),
            anonymous=bool(self.anonymous.data),
        )

    def _kept(self, name: str, before: T, read: Callable[[str], Any]) -> T:
        """What is stored where the field still says the same: it could be read otherwise."""
        now = prose(self[name].data)
        found: T = before if now == prose(self.shown()[name]) else read(now)
        return found


_BESIDE: Final = {"budget": "budget_high", "classes": "ipc_sections", "contact": ""}
"""Where a field of the law profile stands in the form, if not under its own name."""


def asked_for(refused: Incomplete) -> Invalid:
    """What the market asks of a need that it shows, beside the fields where it is missing."""
    problem = Problem("missing", N_("Please fill this in."))
    codes = str(refused.params["fields"]).split(", ")
    return Invalid({_BESIDE.get(code, code): [problem] for code in codes})


class NewNeedForm(NeedForm):
    """The same with the owner, who is chosen once."""

    owner = SelectField(N_("In the name of"))

    def __init__(self, owners: Sequence[tuple[str, str]], stored: NeedInput) -> None:
        super().__init__(stored)
        self.owner.choices = options(owners)
        self.owner.data = self.owner.data or owners[0][0]


def _classes(stored: Iterable[str], sections: Sequence[str]) -> tuple[str, ...]:
    """Finer classes stay while their section is ticked; a section that is new stands alone."""
    kept = [code for code in stored if code[:1] in sections]
    there = {code[:1] for code in kept}
    return (*kept, *(section for section in sections if section not in there))
