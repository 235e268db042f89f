"""Step 4 of the full form: the ways offered, each with price, royalty, field and term."""

from __future__ import annotations

from typing import Any, Final

from wtforms import IntegerField, RadioField, SelectField, StringField
from wtforms.validators import Optional as Blank

from core.i18n import N_
from core.money import parse_money
from listings.inputs import ListingChange, WayInput
from listings.kinds import Level, TaxBasis, Way
from listings.queries import ListingPage
from webapp.forms.base import AtMost, MarketForm
from webapp.forms.listing import LEVELS
from webapp.forms.listing_typed import (
    MultiCheckboxField,
    check_price,
    check_royalty,
    options,
    percent,
)
from webapp.language import plain
from webapp.presenters.labels import WAYS
from webapp.presenters.showing import market

ROYALTY_BASES: Final = [
    ("net_sales", N_("net sales")),
    ("profit", N_("profit")),
    ("units", N_("each unit")),
]


class WaysForm(MarketForm):
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


def show_ways(form: WaysForm, page: ListingPage) -> None:
    """Fills the form of step 4 from the listing."""
    data: dict[str, Any] = {
        "ways": [str(way.way) for way in page.ways],
        "tax_basis": page.ways[0].tax_basis if page.ways else "unsaid",
        "level": page.level,
    }
    for way in page.ways:
        data[f"{way.way}_price"] = f"{way.price.major:f}" if way.price else ""
        data[f"{way.way}_royalty"] = f"{way.royalty_bp / 100:g}" if way.royalty_bp else ""
        data[f"{way.way}_base"] = way.royalty_base or ""
        data[f"{way.way}_months"] = way.term_months
        data[f"{way.way}_field"] = way.field or ""
    form.process(data=data)


def ways_change(form: WaysForm, page: ListingPage) -> ListingChange:
    """What step 4 says; notes that the owner wrote beside a way are kept."""
    notes = {way.way: {page.text.language: way.note} for way in page.ways if way.note}
    places = {way.way: way.territory for way in page.ways}
    ways = []
    for code in form.ways.data or ():
        royalty = percent(form[f"{code}_royalty"].data)
        price = form[f"{code}_price"].data
        ways.append(
            WayInput(
                Way(code),
                parse_money(price, market().currency) if price else None,
                valuation=code == Way.EQUITY_CONTRIBUTION,
                royalty_bp=royalty,
                royalty_base=(form[f"{code}_base"].data or "net_sales") if royalty else None,
                tax_basis=TaxBasis(form.tax_basis.data or "unsaid"),
                field=form[f"{code}_field"].data or None,
                territory=places.get(Way(code)),
                term_months=form[f"{code}_months"].data,
                notes=notes.get(Way(code), {}),
            )
        )
    return ListingChange(ways=tuple(ways), level=Level(form.level.data or "public"))
