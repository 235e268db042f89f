"""Forms of inquiries, deals, rooms and notices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import zip_longest
from typing import Any, Final

from wtforms import (
    BooleanField,
    DateField,
    Field,
    FileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional as Blank

from core.errors import Invalid, Refused
from core.i18n import N_
from core.money import AmountError, exponent, parse_money
from deals.border import PAPER_NAMES
from deals.offers import (
    CONVERSIONS,
    FAILURE,
    MOST_INSTALMENTS,
    MOST_STAGES,
    RESULTS,
    Instalment,
    Stage,
    Terms,
)
from deals.rules import CHANNELS, LEAVING, REASONS, TIMETABLES
from deals.wording import BASE_NAMES, BELOW, FAILURE_NAMES, RESULT_NAMES, TAX_NAMES, WAY_NAMES
from listings.kinds import RoyaltyBase, TaxBasis, Way
from webapp.forms.base import MarketForm
from webapp.forms.royalty_steps import add_fields, fill_steps, typed_steps
from webapp.language import plain
from webapp.presenters.accounts import COUNTRY_NAMES

_BELOW_HELP: Final = N_("Needed only where it lies further below than the rules let pass unsaid.")
BUYERS_COUNTRIES: Final = {**dict(COUNTRY_NAMES), "ZZ": N_("Another country")}
TIMETABLE_NAMES: Final = {
    "now": N_("At once"),
    "quarter": N_("Within three months"),
    "half_year": N_("Within half a year"),
    "year": N_("Within a year"),
    "exploring": N_("We are looking around"),
}
REASON_NAMES: Final = {
    "not_available": N_("This way can no longer be had"),
    "no_capacity": N_("Our people cannot support it now"),
    "field_taken": N_("Your field is already licensed"),
    "not_suitable": N_("The technology does not fit your use"),
    "export": N_("Export rules do not allow it"),
    "other": N_("Another reason"),
}
CHANNEL_NAMES: Final = {
    "telephone": N_("Telephone"),
    "wechat": N_("WeChat"),
    "mail": N_("Mail"),
    "meeting": N_("Meeting"),
}
ON_PAPER_NAMES: Final = {
    "letter": N_("Letter"),
    "telephone": N_("Telephone"),
    "visit": N_("In person"),
}
TOLD_NAMES: Final = ON_PAPER_NAMES | {"message": N_("Message here"), "mail": N_("Mail")}
LEAVING_NAMES: Final = {
    "price": N_("The price"),
    "terms": N_("Other terms"),
    "other_partner": N_("Another partner was chosen"),
    "no_budget": N_("The budget or the project is gone"),
    "technology": N_("The technology does not fit"),
    "other": N_("Another reason"),
}
OUTCOME_NAMES: Final = {
    "dismissed": N_("Dismissed: the price stands"),
    "upheld": N_("Upheld: the notice is revoked and talks begin again"),
}


def _choices(names: Mapping[str, str], codes: Any = None) -> list[SelectChoice]:
    return [SelectChoice(code, names[code]) for code in (codes or names) if code in names]


class DealForm(MarketForm):
    """Reads amounts as people type them."""

    def amount(self, name: str, currency: str) -> int | None:
        """The amount typed in a field, in minor units; a bad one becomes the field's error."""
        text = (self[name].data or "").strip()
        if not text:
            return None
        try:
            found = parse_money(text, currency)
        except AmountError as wrong:
            self[name].errors = [*self[name].errors, plain(wrong.text, **wrong.params)]
            return None
        if found.currency != currency:
            said = plain(N_("This deal is in %(currency)s."), currency=currency)
            self[name].errors = [*self[name].errors, said]
        return found.minor


class InquiryForm(DealForm):
    """Five questions; no account."""

    way = RadioField(N_("What would you like to have?"), choices=_choices(WAY_NAMES))
    purpose = TextAreaField(
        N_("What would you use it for?"),
        description=N_("Product, process or place, in a sentence or two."),
    )
    budget = StringField(
        N_("What is your budget?"),
        [Blank()],
        description=N_(
            "A sum, for example 50万 or 500,000. It stays between you and the institute."
        ),
    )
    timetable = RadioField(
        N_("When would you begin?"), choices=_choices(TIMETABLE_NAMES, TIMETABLES)
    )
    question = TextAreaField(N_("What else would you like to know?"), [Blank()])
    name = StringField(N_("Your name"))
    firm = StringField(N_("Firm or institution"))
    country = SelectField(
        N_("Where it is registered"),
        choices=[SelectChoice("", "—"), *(SelectChoice(*one) for one in BUYERS_COUNTRIES.items())],
        default="",
        description=N_("Needed of a firm abroad: the law on exports asks before talks begin."),
    )
    phone = StringField(N_("Telephone"), [Blank()])
    mail = StringField(
        N_("Mail"), [Blank()], description=N_("One of the two is enough. The answer goes there.")
    )


class AnswerForm(DealForm):
    text = TextAreaField(N_("Your answer"))


class RefuseForm(DealForm):
    place = "refuse"
    reason = SelectField(N_("Reason"), choices=_choices(REASON_NAMES, REASONS))
    text = StringField(N_("A sentence to the sender"), [Blank()])


class TalkForm(DealForm):
    channel = SelectField(N_("How you spoke"), choices=_choices(CHANNEL_NAMES, CHANNELS))
    line = StringField(N_("One line about it"))


WHY_THIS_WAY: Final = N_("Why the price is found in this way")


def why_this_way() -> TextAreaField:
    """The same question in every form with which an owner chooses how its price is found."""
    return TextAreaField(
        WHY_THIS_WAY,
        [Blank()],
        description=N_(
            "Needed of a state institution where the law names other ways; say on which rules of "
            "your own it rests. Your office, the operator and the auditor read it."
        ),
    )


class OpenForm(DealForm):
    related = BooleanField(
        N_("The buyer is a contributor, or related to one or to us"),
        description=N_("The public notice must say so."),
    )
    mode_reason = why_this_way()


class PlainForm(DealForm):
    """A button: its token is all it carries."""


SHOWN_NAMES: Final = {
    "first": N_("It is posted, from today on"),
    "last": N_("It was still posted on the last day"),
}
PLACE_NAMES: Final = {
    "site": N_("On the unit's own website"),
    "board": N_("On the unit's notice board"),
}


class PostingForm(DealForm):
    """A picture of a notice in the owner's own unit."""

    when = RadioField(N_("What the picture shows"), choices=_choices(SHOWN_NAMES))
    place = RadioField(N_("Where it is posted"), choices=_choices(PLACE_NAMES))
    url = StringField(
        N_("Address of the page"), [Blank()], description=N_("Where it is on a website.")
    )
    file = FileField(
        N_("Picture or saved page"),
        description=N_("PNG, JPEG or PDF. Its SHA-256 goes into the diligence file."),
    )


class ExportPaperForm(DealForm):
    """What the authority issued for the export."""

    kind = SelectField(N_("Which paper"), choices=_choices(PAPER_NAMES, tuple(PAPER_NAMES)))
    number = StringField(N_("Number on it"))
    issued_on = DateField(N_("Issued on"), [Blank()])

    def offer(self, kinds: Sequence[str]) -> None:
        """Leaves the papers to choose from that this deal may need."""
        self.kind.choices = _choices(PAPER_NAMES, tuple(kinds))


class CountryForm(DealForm):
    """Where a buyer sits whose organisation the market does not know."""

    country = SelectField(
        N_("Country of the buyer"),
        choices=[SelectChoice("", "—"), *(SelectChoice(*one) for one in BUYERS_COUNTRIES.items())],
    )


class LeaveForm(DealForm):
    reason = SelectField(N_("Reason"), choices=_choices(LEAVING_NAMES, LEAVING))


class ObjectionForm(DealForm):
    name = StringField(N_("Your name or unit"))
    contact = StringField(N_("Telephone or mail"), description=N_("Seen by the institute only."))
    text = TextAreaField(N_("Facts and reason"))


class EnterObjectionForm(DealForm):
    """What reached a clerk."""

    channel = RadioField(N_("How it reached you"), choices=_choices(ON_PAPER_NAMES))
    received_on = DateField(N_("Received on"), [Blank()])
    name = StringField(N_("Name of the objector or their unit"))
    contact = StringField(
        N_("How the answer reaches them"), description=N_("Mail address, telephone or address.")
    )
    text = TextAreaField(N_("Facts and reason"))


class AnswerObjectionForm(DealForm):
    outcome = RadioField(N_("How it was decided"), choices=_choices(OUTCOME_NAMES))
    answer = TextAreaField(
        N_("Your answer to the objector"),
        description=N_("Printed under the notice: name no objector in it."),
    )
    told = SelectField(
        N_("Also given by"),
        choices=[SelectChoice("", N_("nothing else")), *_choices(ON_PAPER_NAMES)],
        description=N_(
            "Needed where the objector has neither an account nor a mail address: those get it "
            "from the market."
        ),
    )


class AcceptForm(DealForm):
    """Of the owner's side a reason may be asked."""

    price_reason = TextAreaField(BELOW, [Blank()], description=_BELOW_HELP)


PLACES: Final = N_(
    "Empty: everywhere. Codes with commas between (CN-33, DE) leave other places free; "
    "what is said in words counts as everywhere."
)


class OfferForm(DealForm):
    """Structured terms, with a pair of fields for each instalment that an offer may have."""

    way = SelectField(N_("Way"), choices=_choices(WAY_NAMES, [str(way) for way in Way]))
    field = StringField(N_("Field of use"), [Blank()], description=N_("Empty: every field."))
    territory = StringField(N_("Territory"), [Blank()], description=PLACES)
    until = DateField(N_("Term ends on"), [Blank()], description=N_("Empty: no limit in time."))
    lump_sum = StringField(N_("Lump sum"), [Blank()])
    entry_fee = StringField(N_("Entry fee"), [Blank()])
    royalty = StringField(N_("Royalty in per cent"), [Blank()])
    royalty_base = SelectField(
        N_("Royalty is taken"),
        choices=[SelectChoice("", "—"), *_choices(BASE_NAMES, [str(base) for base in RoyaltyBase])],
    )
    royalty_minimum = StringField(N_("Least royalty in a year"), [Blank()])
    equity = StringField(
        N_("Shares received in per cent"),
        [Blank()],
        description=N_("Only for a contribution to a company."),
    )
    company = StringField(N_("Company"), [Blank()])
    converts_to = SelectField(
        N_("Can become"),
        choices=[SelectChoice("", "—"), *_choices(WAY_NAMES, sorted(CONVERSIONS))],
        default="",
    )
    conversion_price = StringField(N_("Price of taking it up"), [Blank()])
    metrics = TextAreaField(N_("Measures of success"), [Blank()])
    seller_brings = TextAreaField(N_("The owner puts in"), [Blank()])
    buyer_brings = TextAreaField(N_("The firm puts in"), [Blank()])
    results_belong = SelectField(
        N_("Results belong to"),
        choices=[SelectChoice("", "—"), *_choices(RESULT_NAMES, RESULTS)],
        default="",
    )
    seller_share = StringField(
        N_("The owner's share of results"), [Blank()], description=N_("In per cent.")
    )
    failure = SelectField(
        N_("Cost of a failure"),
        choices=[SelectChoice("", "—"), *_choices(FAILURE_NAMES, FAILURE)],
        default="",
    )
    tax_basis = SelectField(N_("Tax"), choices=_choices(TAX_NAMES))
    price_reason = TextAreaField(BELOW, [Blank()], description=_BELOW_HELP)
    audit = StringField(N_("Right to audit"), [Blank()])
    milestones = TextAreaField(N_("Milestones"), [Blank()])
    note = TextAreaField(N_("Note"), [Blank()])
    valid_until = DateField(
        N_("Offer valid until"),
        [Blank()],
        description=N_("Empty: as long as the market's rule says."),
    )

    def terms(self, currency: str) -> Terms | None:
        """The terms typed; None where a field could not be read (its error says why)."""
        amounts: dict[str, Any] = {name: self.amount(name, currency) for name in _AMOUNTS}
        texts: dict[str, Any] = {name: (self[name].data or "").strip() for name in _TEXTS}
        parts = tuple(self._part(number, currency) for number in PARTS)
        codes: dict[str, Any] = {name: self[name].data or "" for name in _CODES}
        royalty, equity = self.rate(self.royalty), self.rate(self.equity)
        share = self.rate(self.seller_share)
        stages = tuple(self._stage(number) for number in STAGES)
        steps = typed_steps(self, currency)
        if self.errors:
            return None
        return Terms(
            way=self.way.data,
            currency=currency,
            **texts,
            until=self.until.data,
            instalments=tuple(part for part in parts if part),
            royalty=royalty,
            royalty_steps=steps,
            equity=equity,
            seller_share=share,
            stages=tuple(stage for stage in stages if stage),
            **codes,
            royalty_base=self.royalty_base.data if royalty is not None else "",
            tax_basis=self.tax_basis.data,
            valid_until=self.valid_until.data,
            **amounts,
        )

    def fill(self, terms: Terms) -> None:
        """The other side's terms as the start of a counter-offer."""
        for name in (*_TEXTS, *_CODES, "way", "until", "royalty_base"):
            self[name].data = getattr(terms, name)
        self.tax_basis.data = terms.tax_basis if terms.tax_basis in TAX_NAMES else TaxBasis.INCLUDED
        for name in _AMOUNTS:
            self[name].data = _typed(getattr(terms, name), terms.currency)
        for number, part in enumerate(terms.instalments, 1):
            self[f"part{number}"].data = _typed(part.minor, terms.currency)
            self[f"when{number}"].data = part.when
        for number, stage in enumerate(terms.stages, 1):
            for name in _OF_STAGE:
                self[f"{name}{number}"].data = getattr(stage, name)
        for name in ("royalty", "equity", "seller_share"):
            points = getattr(terms, name)
            self[name].data = "" if points is None else f"{points / 100:g}"
        fill_steps(self, terms, _typed)

    def say(self, refused: Refused) -> None:
        """What is wrong with milestones or steps is said beside the first."""
        if isinstance(refused, Invalid):
            named = {_FIRST_OF.get(name, name): said for name, said in refused.problems.items()}
            refused = Invalid(named)
        super().say(refused)

    def _stage(self, number: int) -> Stage | None:
        """None for a line that was left empty."""
        what, by, criterion = (self[f"{name}{number}"] for name in _OF_STAGE)
        if not (what.data or by.data or criterion.data):
            return None
        if by.data is None:
            by.errors = [*by.errors, plain(N_("Write the last day of this milestone."))]
            return None
        return Stage((what.data or "").strip(), by.data, (criterion.data or "").strip())

    def _part(self, number: int, currency: str) -> Instalment | None:
        part, when = self[f"part{number}"], (self[f"when{number}"].data or "").strip()
        minor = self.amount(part.name, currency)
        if minor is None and when and not part.errors:
            part.errors = [*part.errors, plain(N_("Write the amount of this instalment."))]
        return Instalment(minor, when) if minor is not None else None

    def rate(self, field: Field) -> int | None:
        """Per cent as typed, in basis points; a bad one becomes the field's error."""
        text = (field.data or "").strip().rstrip("%％").strip()
        if not text:
            return None
        try:
            exact = Decimal(text[:_LONGEST_RATE]) * 100
        except ArithmeticError:  # Overflow too: 1e999999 is a Decimal
            exact = Decimal("0.5")
        if exact != exact.to_integral_value() or abs(exact) > _LARGEST_RATE:
            said = plain(N_("Write a rate with at most two decimals, for example 3.5."))
            field.errors = [*field.errors, said]
            return None
        return int(exact)


STAGES: Final = range(1, MOST_STAGES + 1)
_FIRST_OF: Final = {"stages": "what1", "royalty_steps": "above1"}
PARTS: Final = range(1, MOST_INSTALMENTS + 1)
_PART_NAMES: Final = (N_("First instalment"), N_("Second instalment"), N_("Third instalment"))
_OF_STAGE: Final = ("what", "by", "criterion")
add_fields(OfferForm)
for _n in STAGES:
    setattr(OfferForm, f"what{_n}", StringField(N_("What is there"), [Blank()]))
    setattr(OfferForm, f"by{_n}", DateField(N_("Last day"), [Blank()]))
    setattr(OfferForm, f"criterion{_n}", StringField(N_("Counts as reached when"), [Blank()]))
for _part, _name in zip_longest(PARTS, _PART_NAMES, fillvalue=N_("Further instalment")):
    setattr(OfferForm, f"part{_part}", StringField(_name, [Blank()]))
    setattr(OfferForm, f"when{_part}", StringField(N_("When due"), [Blank()]))

_AMOUNTS: Final = ("lump_sum", "entry_fee", "royalty_minimum", "conversion_price")
_TEXTS: Final = ("field", "territory", "audit", "milestones", "note", "company", "metrics",
                 "seller_brings", "buyer_brings")  # fmt: skip
_CODES: Final = ("converts_to", "results_belong", "failure")
_LARGEST_RATE: Final = 1_000_000
_LONGEST_RATE: Final = 20


def _typed(minor: int | None, currency: str) -> str:
    if minor is None:
        return ""
    places = exponent(currency)
    return f"{Decimal(minor).scaleb(-places):,f}"
