"""Step 4 of the full form: the ways offered, each with price, royalty, field and term."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from wtforms import IntegerField, RadioField, SelectField, StringField
from wtforms.validators import Optional as Blank

from core.i18n import N_
from listings.inputs import ListingChange, WayInput
from listings.kinds import Level, TaxBasis, Way
from webapp.forms.base import AtMost
from webapp.forms.listing_step import LEVELS, StepForm
from webapp.forms.listing_typed import (
    MultiCheckboxField,
    check_price,
    check_royalty,
    options,
    percent,
    prose,
    read_price,
    typed_price,
)
from webapp.language import plain
from webapp.presenters.labels import WAYS

ROYALTY_BASES: Final = [
    ("net_sales", N_("net sales")),
    ("profit", N_("profit")),
    ("units", N_("each unit")),
]


class WaysForm(StepForm):
    """Step 4: the ways offered, each with price, royalty and tax basis; who sees what."""

    ways = MultiCheckboxField(N_("Ways you offer"))
    tax_basis = RadioField(
        N_("Prices are"),
        choices=options(
            [
                ("excluded", N_("without tax")),
                ("included", N_("with tax")),
                ("unsaid", N_("not settled yet")),
            ]
        ),
        default="unsaid",
    )
    level = RadioField(N_("Who sees more than title and sentence"), choices=options(LEVELS))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ways.choices = options((code, plain(WAYS[code])) for code in Way)

    def shown(self) -> dict[str, Any]:
        offered = self.stored.ways or ()
        data: dict[str, Any] = {
            "ways": [str(way.way) for way in offered],
            "tax_basis": str(offered[0].tax_basis) if offered else "unsaid",
            "level": str(self.stored.level or "public"),
        }
        for way in _first_of_each(offered).values():
            data[f"{way.way}_price"] = typed_price(way.price)
            data[f"{way.way}_royalty"] = f"{way.royalty_bp / 100:g}" if way.royalty_bp else ""
            data[f"{way.way}_base"] = way.royalty_base or ""
            data[f"{way.way}_months"] = way.term_months
            data[f"{way.way}_field"] = way.field or ""
        return data

    def change(self) -> ListingChange:
        """The ways in the order they stood in, new ones behind. What the form has no field for
        stays: notes in every language, territory, a second offer of the same way."""
        offered, chosen = self.stored.ways or (), self.ways.data or ()
        first = _first_of_each(offered)
        ways = [
            self._way(way) if first[way.way] is way else way for way in offered if way.way in chosen
        ]
        new = [Way(code) for code in chosen if code not in first]
        ways += [self._way(WayInput(way, valuation=way == Way.EQUITY_CONTRIBUTION)) for way in new]
        return ListingChange(ways=tuple(ways), level=Level(self.level.data or "public"))

    def _way(self, before: WayInput) -> WayInput:
        code = before.way
        royalty = percent(self[f"{code}_royalty"].data)
        base = (self[f"{code}_base"].data or "net_sales") if royalty else None
        basis = TaxBasis(self.tax_basis.data or "unsaid")
        told_apart = before in (self.stored.ways or ()) and self.same("tax_basis")
        return replace(
            before,
            price=read_price(self[f"{code}_price"].data),
            royalty_bp=royalty,
            royalty_base=base,
            tax_basis=before.tax_basis if told_apart else basis,
            field=prose(self[f"{code}_field"].data) or None,
            term_months=self[f"{code}_months"].data,
        )


def _first_of_each(offered: Iterable[WayInput]) -> dict[Way, WayInput]:
    first: dict[Way, WayInput] = {}
    for way in offered:
        first.setdefault(way.way, way)
    return first


def way_fields() -> type[WaysForm]:
    """The form of step 4 with a price, royalty and term for each way."""
    fields: dict[str, Any] = {}
    for code in Way:
        fields[f"{code}_price"] = StringField(
            N_("Price"), [AtMost(40)], description=N_("Empty: by agreement. 240万 is read too.")
        )
        fields[f"{code}_royalty"] = StringField(N_("Royalty in per cent"), [AtMost(8)])
        fields[f"{code}_base"] = SelectField(
            N_("of"), [Blank()], choices=options(ROYALTY_BASES, empty=True)
        )
        fields[f"{code}_months"] = IntegerField(N_("Term in months"), [Blank()])
        fields[f"{code}_field"] = StringField(N_("Field of use"), [AtMost(120)])
        fields[f"validate_{code}_price"] = check_price
        fields[f"validate_{code}_royalty"] = check_royalty
    return type("EachWayForm", (WaysForm,), fields)
