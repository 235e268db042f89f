"""Deals: offers and their terms, the room, the notice; what each side sees."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from core.ids import show
from datarooms.queries import RoomPage
from deals.actions.enter_objection import Received
from deals.border import Paper
from deals.engine.declaration import Side
from deals.models import Objection, Offer, PublicNotice
from deals.offers import BASIS_POINTS, MOST_INSTALMENTS, MOST_STAGES, Instalment, Stage, Terms
from deals.posting import LONGEST_CONDITIONS
from deals.queries import DealLine, DealPage, RoomFrame
from deals.queries.rooms import BorderPage
from deals.royalties import LARGEST as LARGEST_COUNT
from deals.royalties import MOST_STEPS, Measure, Span, Step, Steps
from listings.kinds import RoyaltyBase, TaxBasis, Way
from webapp.api.fields import Shape, words
from webapp.api.schemas.common import LARGEST, In, Line, Minor, Out, Prose, Word

Reason = Annotated[Prose, Field(max_length=LONGEST_CONDITIONS)]


class InstalmentIn(In):
    minor: Minor
    when: Word


class StageIn(In):
    """A milestone of joint development: what is there on its last day, and by what both sides see
    that it is."""

    what: Line
    by: date
    criterion: Line


class RoyaltyStepIn(In):
    """`above`: minor units, or units sold; `rate` in basis points, 0 ends the royalty there."""

    above: Annotated[int, Field(ge=1, le=LARGEST_COUNT)]
    rate: Annotated[int, Field(ge=0, le=BASIS_POINTS)]


class RoyaltyStepsIn(In):
    """The rate `royalty` holds from nothing on; each step for what lies above its threshold, up to
    the next one. `by`: what the thresholds count; `within`: when the counting begins anew."""

    by: Measure
    within: Span
    each: Annotated[tuple[RoyaltyStepIn, ...], Field(min_length=1, max_length=MOST_STEPS)]


class TermsIn(In):
    """Amounts in minor units of the deal's own currency; royalty and equity in basis points."""

    way: Way
    field: Line = ""
    territory: Line = ""
    until: date | None = None
    lump_sum: Minor | None = None
    instalments: Annotated[tuple[InstalmentIn, ...], Field(max_length=MOST_INSTALMENTS)] = ()
    entry_fee: Minor | None = None
    royalty: Annotated[int, Field(ge=1, le=BASIS_POINTS)] | None = None
    royalty_base: RoyaltyBase | None = None
    royalty_steps: RoyaltyStepsIn | None = None
    royalty_minimum: Minor | None = None
    equity: Annotated[int, Field(ge=1, le=BASIS_POINTS)] | None = None
    company: Line = ""
    converts_to: Way | None = None
    conversion_price: Minor | None = None
    metrics: Line = ""
    seller_brings: Line = ""
    buyer_brings: Line = ""
    results_belong: Literal["", "joint", "seller", "buyer"] = ""
    seller_share: Annotated[int, Field(ge=1, lt=BASIS_POINTS)] | None = None
    failure: Literal["", "shared", "seller", "buyer"] = ""
    stages: Annotated[tuple[StageIn, ...], Field(max_length=MOST_STAGES)] = ()
    tax_basis: TaxBasis = TaxBasis.INCLUDED
    audit: Line = ""
    milestones: Line = ""
    note: Line = ""
    valid_until: date | None = None

    def plain(self, currency: str) -> Terms:
        """The currency is the deal's: nobody sends one."""
        sent = dict(self)
        sent["instalments"] = tuple(Instalment(part.minor, part.when) for part in self.instalments)
        sent["stages"] = tuple(Stage(one.what, one.by, one.criterion) for one in self.stages)
        if (steps := self.royalty_steps) is not None:
            each = tuple(Step(one.above, one.rate) for one in steps.each)
            sent["royalty_steps"] = Steps(steps.by, steps.within, each)
        sent["royalty_base"] = self.royalty_base or ""
        sent["converts_to"] = self.converts_to or ""
        return Terms(currency=currency, **sent)


class OfferIn(In):
    """`answering`: the version on the table that you had read; null where there was none.
    `price_reason`: of the owner's side, why the price lies so far below the valuation on file;
    needed only there, and not shown to the buyer."""

    terms: TermsIn
    price_reason: Reason = ""
    answering: Annotated[int, Field(ge=1, le=LARGEST)] | None = None


class AcceptIn(In):
    """`price_reason`: as in an offer."""

    price_reason: Reason = ""


class LeaveIn(In):
    reason: Literal["price", "terms", "other_partner", "no_budget", "technology", "other"]


class ObjectionAnswerIn(In):
    """The answer goes out by message and mail; `told` says how else, and is needed where neither
    reaches the objector."""

    outcome: Literal["dismissed", "upheld"]
    answer: Prose
    told: Literal["", "letter", "telephone", "visit"] = ""


class EnteredIn(In):
    """An objection as it reached the owner's office; `received_on`: since the notice was
    published."""

    channel: Literal["letter", "telephone", "visit"]
    received_on: date
    name: Word
    contact: Word
    text: Prose

    def plain(self) -> Received:
        return Received(**dict(self))


class QuestionIn(In):
    text: Prose


class InstalmentOut(Out):
    minor: int
    when: str


class StageOut(Out):
    what: str
    by: date
    criterion: str


class RoyaltyStepOut(Out):
    above: int
    rate: int


class RoyaltyStepsOut(Out):
    by: str
    within: str
    each: list[RoyaltyStepOut]


class TermsOut(Out):
    way: str
    currency: str
    field: str
    territory: str
    until: date | None
    lump_sum: int | None
    instalments: list[InstalmentOut]
    entry_fee: int | None
    royalty: int | None
    royalty_base: str
    royalty_steps: RoyaltyStepsOut | None
    royalty_minimum: int | None
    equity: int | None
    company: str
    converts_to: str
    conversion_price: int | None
    metrics: str
    seller_brings: str
    buyer_brings: str
    results_belong: str
    seller_share: int | None
    failure: str
    stages: list[StageOut]
    tax_basis: str
    audit: str
    milestones: str
    note: str
    valid_until: date | None


class OfferOut(Out):
    version: int
    side: str
    at: datetime
    state: str
    valid_until: date | None
    terms: TermsOut


class DealStepOut(Out):
    act: str
    source: str
    target: str
    side: str
    at: datetime


class NoticeOut(Out):
    """`first_day` to `ends_at` are null until the owner has shown the notice in its own unit, where
    `asks_proof`; `shown_until`: the day on which it showed the last one."""

    id: str
    state: str
    asks_proof: bool
    first_day: date | None
    last_day: date | None
    ends_at: datetime | None
    shown_until: date | None
    result: str | None


class ObjectionOut(Out):
    id: str
    state: str
    name: str
    contact: str
    text: str
    at: datetime
    channel: str
    received_on: date | None
    answer: str
    told: list[str]


class RoomFileOut(Out):
    """`open` false: a promise of confidentiality, or the other side, must unlock it."""

    id: str
    name: str
    file_version: int
    level: str
    mine: bool
    size: int
    open: bool


class QuestionOut(Out):
    id: str
    side: str
    text: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None


class RoomOut(Out):
    """`promise` is the text to accept under its version; null where nothing is to accept. It is
    accepted on the market's pages, where a second factor is shown. `closed_at`: the deal ended."""

    side: str | None
    promise_version: int
    promised: bool
    promise: str | None
    closed_at: datetime | None
    files: list[RoomFileOut]
    questions: list[QuestionOut]


class DataRoomOut(Out):
    """The room with what everybody in it may know of the deal; `side` null: an overseer."""

    deal: str
    url: str
    title: str
    seller_name: str
    buyer_name: str
    room: RoomOut


class ExportPaperIn(In):
    """What the authority issued for technology that leaves the country."""

    kind: Paper
    number: Word
    issued_on: date


class CountryIn(In):
    """Two letters of ISO 3166-1; ZZ for a country that is none of the market's."""

    country: Word


class ExportPaperOut(Out):
    kind: str
    number: str
    issued_on: date


class BorderOut(Out):
    """Of a deal whose buyer is abroad, or may be. `country`: where a buyer without an organisation
    sits, as a side stated it, null while nobody has; `stated`: the strictest export class of what
    passes, null while a part of it is unstated or the country is; `records`: your side may record
    papers."""

    country: str | None
    stated: str | None
    papers: list[ExportPaperOut]
    records: bool


class DealOut(Out):
    """`acts`: what your side may try in this state."""

    id: str
    url: str
    listing: str
    title: str
    state: str
    side: str | None
    seller: str
    seller_name: str
    buyer_name: str
    currency: str
    way: str | None
    offer: int | None
    agreed: int | None
    opened_at: datetime
    due_at: datetime | None
    reason: str | None
    offers: list[OfferOut]
    steps: list[DealStepOut]
    notice: NoticeOut | None
    room: RoomOut | None
    border: BorderOut | None
    acts: list[str] = Field(default_factory=list)
    objections: list[ObjectionOut] = Field(default_factory=list)


_BUYER: Final = words(
    "id url listing title state side seller seller_name buyer_name currency way offer agreed "
    "opened_at due_at reason offers steps notice room border acts"
)
DEAL: Final = Shape(
    DealOut,
    {
        "buyer": _BUYER,
        "seller": _BUYER | {"objections"},
        "overseer": (_BUYER | {"objections"}) - {"acts"},
    },
)


def deal_out(page: DealPage, url: str) -> DealOut:
    line, row = page.line, page.line.row
    relation = str(line.side) if line.side in (Side.SELLER, Side.BUYER) else "overseer"
    same = "currency way offer agreed opened_at due_at reason"
    values: dict[str, Any] = {name: getattr(row, name) for name in same.split()}
    values |= _frame(line, url) | {
        "offers": [_offer(one) for one in page.offers],
        "steps": [
            DealStepOut(**{name: getattr(step, name) for name in DealStepOut.model_fields})
            for step in page.steps
        ],
        "notice": _notice(page.notice) if page.notice else None,
        "room": _room(page.room) if page.room else None,
        "border": _border(page.border) if page.border else None,
        "acts": sorted(page.acts),
        "objections": [_objection(one) for one in page.objections],
    }
    return DEAL.show(relation, values)


def _border(found: BorderPage) -> BorderOut:
    same = ExportPaperOut.model_fields
    papers = [ExportPaperOut(**{name: getattr(row, name) for name in same}) for row in found.papers]
    border = found.border
    stated = border.stated if border is not None and border.known else None
    return BorderOut(country=found.country, stated=stated, papers=papers, records=found.records)


def _frame(line: DealLine, url: str) -> dict[str, Any]:
    row = line.row
    return {
        "id": show("deal", row.id),
        "url": url,
        "listing": show("listing", row.listing),
        "title": line.title,
        "state": line.state,
        "side": str(line.side) if line.side else None,
        "seller": show("organisation", row.seller_org),
        "seller_name": line.seller,
        "buyer_name": line.buyer,
    }


def steps_out(steps: Steps | None) -> RoyaltyStepsOut | None:
    if steps is None:
        return None
    each = [RoyaltyStepOut(above=one.above, rate=one.rate) for one in steps.each]
    return RoyaltyStepsOut(by=steps.by, within=steps.within, each=each)


def terms_out(terms: Terms) -> TermsOut:
    made = {"instalments", "stages", "royalty_steps"}
    names = [name for name in TermsOut.model_fields if name not in made]
    plain = {name: getattr(terms, name) for name in names}
    stages = [StageOut(what=one.what, by=one.by, criterion=one.criterion) for one in terms.stages]
    parts = [InstalmentOut(minor=part.minor, when=part.when) for part in terms.instalments]
    steps = steps_out(terms.royalty_steps)
    return TermsOut(**plain, instalments=parts, stages=stages, royalty_steps=steps)


def _offer(offer: Offer) -> OfferOut:
    return OfferOut(
        version=offer.version,
        side=offer.side,
        at=offer.at,
        state=offer.state,
        valid_until=offer.valid_until,
        terms=terms_out(Terms.load(offer.terms)),
    )


def _notice(row: PublicNotice) -> NoticeOut:
    names = [name for name in NoticeOut.model_fields if name != "id"]
    return NoticeOut(id=show("notice", row.id), **{name: getattr(row, name) for name in names})


def _objection(row: Objection) -> ObjectionOut:
    return ObjectionOut(**{name: getattr(row, name) for name in ObjectionOut.model_fields})


def _room(room: RoomPage) -> RoomOut:
    files = [
        RoomFileOut(**{name: getattr(file, name) for name in RoomFileOut.model_fields})
        for file in room.files
    ]
    questions = [
        QuestionOut(**{name: getattr(one, name) for name in QuestionOut.model_fields})
        for one in room.questions
    ]
    return RoomOut(
        side=room.side,
        promise_version=room.nda,
        promised=room.promised,
        promise=room.promise,
        closed_at=room.closed_at,
        files=files,
        questions=questions,
    )


def data_room_out(deal: str, url: str, frame: RoomFrame, room: RoomPage) -> DataRoomOut:
    return DataRoomOut(
        deal=show("deal", deal),
        url=url,
        title=frame.title,
        seller_name=frame.seller,
        buyer_name=frame.buyer,
        room=_room(room),
    )


class DealLineOut(Out):
    id: str
    url: str
    listing: str
    title: str
    state: str
    side: str | None
    seller: str
    seller_name: str
    buyer_name: str


class DealsOut(Out):
    """`next` is the cursor of what follows; null at the end."""

    items: list[DealLineOut]
    next: str | None


def deal_line(line: DealLine, url: str) -> DealLineOut:
    return DealLineOut(**_frame(line, url))
