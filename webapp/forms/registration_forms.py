"""Forms of contract registration: the registry's form, its answer, a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional as Blank

from contracts.registration.form import Form, Party
from contracts.registration.wording import (
    FIELD_NAMES,
    IP_NAMES,
    LEGAL_TYPE_NAMES,
    PAYMENT_NAMES,
    PLAN_NAMES,
)
from contracts.wording import KIND_NAMES
from core.i18n import N_
from core.money import AmountError, Money, parse_money
from core.reference import table
from webapp.forms.base import MarketForm
from webapp.language import page_language, plain

_AMOUNTS: Final = ("turnover", "tech_amount", "new_investment", "new_output")
_DATES: Final = ("signed_on", "starts_on", "ends_on")
_WORDS: Final = ("kind", "project", "ip_type", "field", "plan", "payment", "summary")
_PARTY: Final = ("country", "region", "legal_type")


def _choices(names: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice("", "—"), *(SelectChoice(code, name) for code, name in names.items())]


class RegistryForm(MarketForm):
    """What the registry asks. It may be saved incomplete, so nothing is required here."""

    kind = SelectField(FIELD_NAMES["kind"], choices=_choices(KIND_NAMES))
    project = StringField(FIELD_NAMES["project"], [Blank()])
    signed_on = DateField(FIELD_NAMES["signed_on"], [Blank()])
    starts_on = DateField(FIELD_NAMES["starts_on"], [Blank()])
    ends_on = DateField(
        FIELD_NAMES["ends_on"], [Blank()], description=N_("Empty: no limit in time.")
    )
    ip_type = SelectField(FIELD_NAMES["ip_type"], choices=_choices(IP_NAMES))
    field = SelectField(FIELD_NAMES["field"], choices=[])
    plan = SelectField(FIELD_NAMES["plan"], choices=_choices(PLAN_NAMES))
    payment = SelectField(FIELD_NAMES["payment"], choices=_choices(PAYMENT_NAMES))
    turnover = StringField(
        FIELD_NAMES["turnover"],
        [Blank()],
        description=N_("All that the contract says is paid; with a royalty, as you estimate it."),
    )
    tech_amount = StringField(
        FIELD_NAMES["tech_amount"],
        [Blank()],
        description=N_("Of it, what is paid for technology: without equipment and materials."),
    )
    new_investment = StringField(
        FIELD_NAMES["new_investment"], [Blank()], description=N_("For transfers and licences.")
    )
    new_output = StringField(
        FIELD_NAMES["new_output"], [Blank()], description=N_("For transfers and licences.")
    )
    seller_country = StringField(
        FIELD_NAMES["country"], [Blank()], description=N_("Three digits; China is 156.")
    )
    seller_region = StringField(
        FIELD_NAMES["region"], [Blank()], description=N_("Six digits; Hangzhou is 330100.")
    )
    seller_legal_type = SelectField(FIELD_NAMES["legal_type"], choices=_choices(LEGAL_TYPE_NAMES))
    buyer_country = StringField(FIELD_NAMES["country"], [Blank()])
    buyer_region = StringField(FIELD_NAMES["region"], [Blank()])
    buyer_legal_type = SelectField(FIELD_NAMES["legal_type"], choices=_choices(LEGAL_TYPE_NAMES))
    summary = TextAreaField(
        FIELD_NAMES["summary"],
        [Blank()],
        description=N_("Needed where the contract is not written in Chinese."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        industries = table("emerging_industries").entries.values()
        names = [SelectChoice(one.code, f"{one.code} {one.name(page_language())}")
                 for one in industries]  # fmt: skip
        self["field"].choices = [SelectChoice("", "—"), *names]

    def fill(self, form: Form) -> None:
        for name in (*_WORDS, *_DATES):
            self[name].data = getattr(form, name)
        for name in _AMOUNTS:
            held = getattr(form, name)
            self[name].data = "" if held is None else f"{Money(held, form.currency).major:f}"
        for side in ("seller", "buyer"):
            for name in _PARTY:
                self[f"{side}_{name}"].data = getattr(getattr(form, side), name)

    def read(self, known: Form) -> Form | None:
        """What was typed over what is known; None where an amount could not be read."""
        said: dict[str, Any] = {name: self._amount(name, known.currency) for name in _AMOUNTS}
        if self.errors:
            return None
        said |= {name: (self[name].data or "").strip() for name in _WORDS}
        said |= {name: self[name].data for name in _DATES}
        said |= {side: self._party(side, getattr(known, side)) for side in ("seller", "buyer")}
        return replace(known, **said)

    def _party(self, side: str, known: Party) -> Party:
        said = {name: (self[f"{side}_{name}"].data or "").strip() for name in _PARTY}
        return replace(known, **said)

    def _amount(self, name: str, currency: str) -> int | None:
        typed = (self[name].data or "").strip()
        if not typed:
            return None
        try:
            money = parse_money(typed, currency)
        except AmountError as fault:
            self[name].errors = [*self[name].errors, plain(fault.text, **fault.params)]
            return None
        if money.currency != currency:
            said = plain(N_("It is counted in %(currency)s."), currency=currency)
            self[name].errors = [*self[name].errors, said]
        return money.minor


class ChangeForm(RegistryForm):
    """The form as it now is, and what changed."""

    reason = TextAreaField(N_("What changed"), [Blank()])


class ReasonForm(MarketForm):
    reason = TextAreaField(N_("Reason"), [Blank()])


ANSWER_NAMES: Final = {
    "registered": N_("It registered the contract"),
    "returned": N_("It gave the form back"),
}


class AnswerForm(MarketForm):
    """What the registry answered."""

    outcome = RadioField(
        N_("What the registry answered"),
        choices=[SelectChoice(code, name) for code, name in ANSWER_NAMES.items()],
    )
    number = StringField(
        N_("Number in the register"), [Blank()], description=N_("16 digits, from the certificate.")
    )
    registered_on = DateField(N_("Day on the certificate"), [Blank()])
    reason = TextAreaField(
        N_("Reason"), [Blank()], description=N_("Where the form came back: what the registry says.")
    )


class CallForm(MarketForm):
    due_on = DateField(N_("Last day of payment"))
