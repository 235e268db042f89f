"""What every form shares: texts in the page's language, and refusals put beside their fields.

Labels, help and choices are declared with `N_("…")` and translated when a form is made.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Final, TypeVar

from flask import request
from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from accounts.results import TurnedAway
from core.errors import Invalid, Outdated, Refused
from core.i18n import N_
from core.results import Refusal, Result
from core.texts import kept
from webapp.language import plain
from webapp.numbers import whole
from webapp.presenters.refusals import said
from webapp.typed import TOO_LONG

R = TypeVar("R", bound=Result)

_BESIDE_THE_FORM: Final = frozenset({409, 410, 422, 429})
"""Refusals that the person can answer by changing the form; others have a page of their own."""


_LIBRARY: Final = {
    "Not a valid choice.": N_("Please choose one."),
    "Not a valid choice": N_("Please choose one."),
    "Not a valid integer value.": N_("Write a whole number."),
    "Not a valid date value.": N_("Write a date such as 2026-11-22."),
}
"""What the library of forms says, in this market's words."""


class _Words:
    """The library asks this for its sentences."""

    def gettext(self, text: str) -> str:
        return plain(_LIBRARY.get(text, text))

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one if number == 1 else many)


def _typed(text: Any) -> Any:
    return kept(text) if isinstance(text, str) else text


class MarketForm(FlaskForm):  # type: ignore[misc]  # flask_wtf ships no types
    """A form whose texts speak the page's language; what is typed is read as it will be kept."""

    place: ClassVar[str] = ""
    """Before the ids of its fields, where another form of the page has fields of the same names."""
    outdated = False
    """Its writer was told that somebody else changed the same thing."""
    saved = False
    """What was typed was saved, although the form is shown again."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def get_translations(self, _form: Any) -> _Words:
            return _Words()

        def bind_field(self, form: Any, unbound: Any, options: dict[str, Any]) -> Field:
            """A password is what its keys say, blanks too."""
            kind = unbound.field_class
            if issubclass(kind, StringField) and not issubclass(kind, PasswordField):
                own = unbound.kwargs.get("filters", ())
                options = options | {"filters": (_typed, *own)}
            return super().bind_field(form, unbound, options)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self:
            if self.place:
                field.id = field.label.field_id = f"{self.place}-{field.name}"
            if field.name == "csrf_token":
                continue
            field.label.text = plain(field.label.text)
            if field.description:
                field.description = plain(field.description)
            if isinstance(field, SelectField) and field.choices:
                field.choices = [
                    SelectChoice(value, plain(text)) for value, text, *_ in field.choices
                ]

    def say(self, refused: Refused) -> None:
        """Puts a refusal where its reader looks: beside the field, or above the form."""
        self.outdated = self.outdated or isinstance(refused, Outdated)
        if not isinstance(refused, Invalid):
            self.form_errors.append(said(refused))
            return
        for name, problems in refused.problems.items():
            sentences = [plain(problem.text, **problem.params) for problem in problems]
            if name in self:
                self[name].errors = [*self[name].errors, *sentences]
            else:
                self.form_errors.extend(sentences)

    def accepted(self, act: Callable[[], R]) -> R | None:
        """Validates, runs a use case, and gives its answer; None when the form must be shown
        again, with what was wrong in it."""
        if not self.validate_on_submit():
            return None
        try:
            answer = act()
        except Refused as refused:
            if refused.status not in _BESIDE_THE_FORM:
                raise
            self.say(refused)
            return None
        if isinstance(answer, TurnedAway | Refusal):
            self.say(Refused.codes[answer.code](**answer.params))
            return None
        return answer

    def version(self, now: int) -> int:
        """What a page's hidden field `version` carries: the one that its writer saw, so that a
        slip of theirs in between hides no change from them; `now` where the form is shown for the
        first time, once they were told, or where what they typed is saved."""
        seen = whole(request.form.get("version")) if self.is_submitted() else None
        return now if seen is None or self.outdated or self.saved else seen

    @property
    def status(self) -> int:
        """The status of the page that shows this form."""
        return 422 if self.errors else 200


class Filled:
    """Something must be written."""

    field_flags: Final = {"required": True}

    def __init__(self, text: str = N_("Please fill this in.")) -> None:
        self._text = text

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        if not field.data or (isinstance(field.data, str) and not field.data.strip()):
            raise ValidationError(plain(self._text))


class AtMost:
    """No longer than `length` characters."""

    def __init__(self, length: int) -> None:
        self._length = length
        self.field_flags = {"maxlength": length}

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        if field.data and len(field.data) > self._length:
            raise ValidationError(plain(TOO_LONG, length=self._length))
