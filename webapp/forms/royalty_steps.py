"""The lines of an offer's form on which a royalty changes its rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional as Blank

from core.i18n import N_
from deals.offers import Terms
from deals.royalties import MOST_STEPS, Measure, Step, Steps
from deals.wording import MEASURE_NAMES, SPAN_NAMES
from webapp.language import plain
from webapp.numbers import whole

if TYPE_CHECKING:
    from webapp.forms.deal_forms import OfferForm

STEPS: Final = range(1, MOST_STEPS + 1)


def add_fields(form: type[Any]) -> None:
    """A line for each step, and what all of them count."""
    form.steps_by = SelectField(N_("Steps count"), choices=_choices(MEASURE_NAMES), default="")
    form.steps_within = SelectField(N_("Counted"), choices=_choices(SPAN_NAMES), default="")
    for n in STEPS:
        setattr(form, f"above{n}", StringField(N_("Above"), [Blank()]))
        setattr(form, f"rate{n}", StringField(N_("Rate in per cent"), [Blank()]))


def typed_steps(form: OfferForm, currency: str) -> Steps | None:
    """None where no line is filled, or one could not be read (its error says why)."""
    lines = [n for n in STEPS if _said(form, f"above{n}") or _said(form, f"rate{n}")]
    found = [_step(form, n, currency) for n in lines]
    if not lines or None in found:
        return None
    each = tuple(one for one in found if one)
    return Steps(_said(form, "steps_by"), _said(form, "steps_within"), each)


def fill_steps(form: OfferForm, terms: Terms, typed: Any) -> None:
    """`typed`: how an amount in minor units is typed."""
    steps = terms.royalty_steps
    if steps is None:
        return
    form["steps_by"].data, form["steps_within"].data = steps.by, steps.within
    for n, one in enumerate(steps.each, 1):
        by_money = steps.by == Measure.AMOUNT
        form[f"above{n}"].data = typed(one.above, terms.currency) if by_money else str(one.above)
        form[f"rate{n}"].data = f"{one.rate / 100:g}"


def _step(form: OfferForm, n: int, currency: str) -> Step | None:
    above, rate = form[f"above{n}"], form[f"rate{n}"]
    by_units = _said(form, "steps_by") == Measure.QUANTITY
    begins = whole(_plain(above.data)) if by_units else form.amount(f"above{n}", currency)
    points = form.rate(rate)
    if begins is None and not above.errors:
        above.errors = [plain(N_("Write from what on this rate holds."))]
    if points is None and not rate.errors:
        rate.errors = [plain(N_("Write the rate of this step; 0 ends the royalty."))]
    return Step(begins, points) if begins is not None and points is not None else None


def _said(form: OfferForm, name: str) -> str:
    return (form[name].data or "").strip()


def _plain(typed: str | None) -> str:
    return (typed or "").strip().replace(",", "").replace("，", "")


def _choices(names: dict[str, str]) -> list[SelectChoice]:
    return [SelectChoice("", "—"), *(SelectChoice(code, name) for code, name in names.items())]
