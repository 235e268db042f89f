"""The form of one patent or application of a result."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from wtforms import DateField, SelectField, StringField
from wtforms.validators import Optional as Blank
from wtforms.validators import ValidationError

from core import reference
from core.errors import Invalid, Problem
from core.i18n import N_
from listings.identifiers import canonical
from listings.importing.numbers import PatentNumber, Stage, read_number
from listings.importing.values import Unreadable
from listings.inputs import PatentInput
from listings.kinds import LegalStatus, PatentKind
from listings.patents import patent_problems
from webapp.forms.base import AtMost, MarketForm
from webapp.forms.listing_typed import options, prose
from webapp.language import page_language, plain
from webapp.presenters.labels import PATENT_KINDS

_NUMBERS: Final[dict[str, Stage]] = {
    "application_number": "application",
    "publication_number": "publication",
    "grant_number": "grant",
}
_KIND_CODE: Final = re.compile(r"[A-Za-z][0-9]{0,2}")
_OFFICE: Final = re.compile("[A-Za-z]{2}")
_DAYS: Final = (
    "status_checked_on",
    "filed_on",
    "published_on",
    "granted_on",
    "expires_on",
    "annuity_paid_until",
    "annuity_due_on",
)


class PatentForm(MarketForm):
    """Numbers in any usual form; where none of them names its office, `office` does."""

    application_number = StringField(N_("Application number"), [AtMost(60)])
    publication_number = StringField(N_("Publication number"), [AtMost(60)])
    grant_number = StringField(N_("Grant number"), [AtMost(60)])
    office = StringField(
        N_("Patent office"),
        default="CN",
        description=N_("Two letters, such as CN; for numbers that name no office."),
    )
    kind = SelectField(N_("Kind"), choices=options(list(PATENT_KINDS.items())))
    kind_code = StringField(N_("Kind code"), [AtMost(4)], description=N_("Such as A or B2."))
    title = StringField(N_("Title of the patent"), [AtMost(300)])
    legal_status = SelectField(N_("Legal status"), default=LegalStatus.UNKNOWN)
    status_checked_on = DateField(
        N_("Looked up on"),
        [Blank()],
        description=N_("The day on which the register of the patent office was read."),
    )
    filed_on = DateField(N_("Filed on"), [Blank()])
    published_on = DateField(N_("Published on"), [Blank()])
    granted_on = DateField(N_("Granted on"), [Blank()])
    expires_on = DateField(N_("Expires on"), [Blank()])
    annuity_paid_until = DateField(N_("Annuities paid until"), [Blank()])
    annuity_due_on = DateField(N_("Next annuity due on"), [Blank()])
    family = StringField(
        N_("Patent family"), [AtMost(60)], description=N_("Number or name of the family.")
    )

    def __init__(self, stored: PatentInput | None, *args: Any, **kwargs: Any) -> None:
        self.stored = stored or PatentInput()
        super().__init__(*args, **kwargs)
        names = dict(reference.choices("legal_statuses", page_language()))
        self.legal_status.choices = options((str(code), names[code]) for code in LegalStatus)
        if not self.is_submitted():
            said = {name: value for name, value in vars(self.stored).items() if value is not None}
            self.process(data=said)

    def validate_office(self, field: Any) -> None:
        if not _OFFICE.fullmatch(field.data or ""):
            raise ValidationError(plain(N_("Write two letters, such as CN.")))

    def validate_kind_code(self, field: Any) -> None:
        if field.data and not _KIND_CODE.fullmatch(field.data):
            raise ValidationError(plain(N_("Write a letter, with a digit where there is one: B2.")))

    def patent(self, today: date) -> PatentInput:
        """What was typed. Raises Invalid."""
        numbers, wrong = self._numbers()
        if wrong:
            raise Invalid(wrong)
        read = [number for number in numbers.values() if isinstance(number, PatentNumber)]
        codes = [number.kind_code for number in read if number.kind_code]
        more: dict[str, Any] = {name: self[name].data for name in _DAYS}
        more |= {name: number and _text(number) for name, number in numbers.items()}
        said = PatentInput(
            office=next((number.office for number in read), (self.office.data or "").upper()),
            kind=PatentKind(self.kind.data),
            kind_code=prose(self.kind_code.data).upper() or next(reversed(codes), None),
            title=prose(self.title.data) or None,
            legal_status=LegalStatus(self.legal_status.data),
            family=prose(self.family.data) or None,
            **more,
        )
        if problems := patent_problems(said, today):
            raise Invalid(problems)
        return said

    def _numbers(self) -> tuple[dict[str, PatentNumber | str | None], dict[str, list[Problem]]]:
        """By field, read or as it was stored; and what cannot be read."""
        found: dict[str, PatentNumber | str | None] = {}
        wrong: dict[str, list[Problem]] = {}
        for name, stage in _NUMBERS.items():
            typed, before = prose(self[name].data), getattr(self.stored, name)
            if typed and before and canonical(typed) == before:
                found[name] = before
                continue
            try:
                found[name] = read_number(typed, (self.office.data or "").upper(), stage)
            except Unreadable as why:
                wrong[name] = [Problem(why.code, why.text, dict(why.params))]
                continue
            if typed and found[name] is None:
                words = N_("Write the patent number, or leave this field empty.")
                wrong[name] = [Problem("missing", words)]
        offices = {one.office for one in found.values() if isinstance(one, PatentNumber)}
        if len(offices) > 1:
            words = N_("Numbers of two patent offices: keep them as two patents.")
            wrong["grant_number"] = [Problem("offices", words)]
        return found, wrong


def _text(number: PatentNumber | str) -> str:
    return number if isinstance(number, str) else number.text
