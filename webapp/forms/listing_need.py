"""The form of a need."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, DateField, StringField, TextAreaField
from wtforms.validators import Optional as Blank

from core import reference
from core.i18n import N_
from listings.inputs import NeedInput
from listings.queries import NeedPage
from webapp.forms.base import AtMost, Filled, MarketForm
from webapp.forms.listing_typed import MultiCheckboxField, check_price, options, read_price
from webapp.language import page_language


class NeedForm(MarketForm):
    """What a firm looks for, on one page."""

    title = StringField(N_("What you look for"), [Filled(), AtMost(120)])
    summary = TextAreaField(
        N_("In one sentence"),
        [Filled(), AtMost(300)],
        description=N_("What it must do, with the figure that matters most."),
    )
    description = TextAreaField(N_("More about it"), [AtMost(6000)])
    tried = TextAreaField(N_("What you tried already"), [AtMost(2000)])
    ipc_sections = MultiCheckboxField(N_("Fields"))
    budget_low = StringField(N_("Budget from"), [AtMost(40)])
    budget_high = StringField(N_("Budget to"), [AtMost(40)])
    deadline = DateField(N_("Answers until"), [Blank()])
    confidential = BooleanField(
        N_("Confidential"),
        description=N_("It is matched for you and shown to nobody, not even to the operator."),
    )
    anonymous = BooleanField(N_("Do not show the name of our firm"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ipc_sections.choices = options(reference.choices("ipc_sections", page_language()))

    def validate_budget_low(self, field: Any) -> None:
        check_price(self, field)

    def validate_budget_high(self, field: Any) -> None:
        check_price(self, field)

    def show(self, need: NeedPage) -> None:
        self.process(
            data={
                "title": need.title,
                "summary": need.summary,
                "description": need.description,
                "tried": need.tried,
                "ipc_sections": [code[:1] for code in need.fields],
                "budget_low": f"{need.budget_low.major:f}" if need.budget_low else "",
                "budget_high": f"{need.budget_high.major:f}" if need.budget_high else "",
                "deadline": need.deadline,
                "confidential": need.confidential,
                "anonymous": need.anonymous,
            }
        )

    def need(self, language: str, person: str | None) -> NeedInput:
        return NeedInput(
            language,
            self.title.data or "",
            self.summary.data or "",
            self.description.data or "",
            self.tried.data or "",
            budget_low=read_price(self.budget_low.data),
            budget_high=read_price(self.budget_high.data),
            fields=tuple(self.ipc_sections.data or ()),
            deadline=self.deadline.data,
            confidential=bool(self.confidential.data),
            anonymous=bool(self.anonymous.data),
            contact_person=person,
        )
