"""Open listings: what is public, what a party sees of its own, what the office sees."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import Field, StringConstraints

from core.ids import show
from deals.rounds.queries import DeskLine, Mine, RoundPage, parties_of
from deals.rounds.sealing import BOX_OCTETS
from webapp.api.fields import Shape, words
from webapp.api.schemas.common import In, Out, shown_id
from webapp.api.schemas.deals import TermsOut, terms_out


def _hex(characters: int) -> Any:
    return Annotated[str, StringConstraints(pattern=rf"^[0-9a-f]{{{characters}}}$")]


class RegisterIn(In):
    """`confirmed`: the conditions are met and the list price is accepted. `related`: the
    organisation is related to the owner or a contributor."""

    organisation: shown_id("organisation")  # type: ignore[valid-type]
    confirmed: Literal[True]
    related: bool = False


class RegisteredIn(In):
    """One's own registration, as the round names it."""

    registration: _hex(32)  # type: ignore[valid-type]


class QuoteIn(RegisteredIn):
    """Sealed by the caller with both public keys, schema `qiaoyi-quote-1`: the market learns
    neither amount nor nonce before both keepers open."""

    commitment: _hex(64)  # type: ignore[valid-type]
    box: _hex(2 * BOX_OCTETS)  # type: ignore[valid-type]


class ReceiptOut(Out):
    """A sealed quote of one's own."""

    commitment: str
    at: datetime


class PartyOut(Out):
    """`deposit`: the state of the live one; null where none is asked or it went back."""

    registration: str
    organisation: str
    name: str
    state: str
    reason: str | None
    note: str
    deposit: str | None
    quotes: list[ReceiptOut]


class RegistrationOut(Out):
    """`related` is marked to the end."""

    registration: str
    organisation: str
    name: str
    state: str
    reason: str | None
    related: bool
    at: datetime


class OpenedOut(Out):
    """Numbered by party; the amount once both keys were given."""

    party: int
    at: datetime
    commitment: str
    minor: int | None
    verdict: str | None


class RoundOut(Out):
    """Amounts in minor units of `currency`; days are working days. `keys`: the public halves by
    keeper, with which a quote is sealed."""

    id: str
    url: str
    listing: str
    title: str
    owner: str
    owner_name: str
    state: str
    currency: str
    list_price: int
    deposit: int
    terms: TermsOut
    conditions: str
    domestic_only: bool
    announced_at: datetime
    days: int
    ends_on: date
    ends_at: datetime
    provisional: bool
    extension_days: int
    extensions: int
    extended: int
    quotes_until: datetime | None
    quotes: list[OpenedOut]
    opened: bool
    price: int | None
    winner: str
    reason: str | None
    keys: dict[str, str] = Field(default_factory=dict)
    mine: list[PartyOut] = Field(default_factory=list)
    deal: str | None = None
    registrations: list[RegistrationOut] = Field(default_factory=list)


class RoundLineOut(Out):
    id: str
    url: str
    listing: str
    state: str
    currency: str
    list_price: int
    ends_on: date


class RoundsOut(Out):
    items: list[RoundLineOut]


class TranscriptOut(Out):
    """Keys, boxes, nonces and amounts: all that is needed to open every quote again."""

    transcript: dict[str, Any]


_PUBLIC: Final = words(
    "id url listing title owner owner_name state currency list_price deposit terms conditions "
    "domestic_only announced_at days ends_on ends_at provisional extension_days extensions "
    "extended quotes_until quotes opened price winner reason"
)
ROUND: Final = Shape(
    RoundOut,
    {
        "public": _PUBLIC,
        "party": _PUBLIC | {"keys", "mine", "deal"},
        "office": _PUBLIC | {"keys", "registrations", "deal"},
    },
)


def relation_of(page: RoundPage) -> str:
    """How the reader stands to the round: of the owner's office, a party, or neither."""
    if page.ours:
        return "office"
    return "party" if page.mine else "public"


def round_out(page: RoundPage, url: str, desk: list[DeskLine] | None) -> RoundOut:
    """`desk`: every registration, where the reader may see them."""
    row = page.row
    same = (
        "currency announced_at days ends_on ends_at provisional extension_days extensions extended "
        "quotes_until reason"
    )
    values: dict[str, Any] = {name: getattr(row, name) for name in same.split()}
    values |= {
        "id": show("round", row.id),
        "url": url,
        "listing": show("listing", row.listing),
        "title": page.title,
        "owner": show("organisation", row.owner_org),
        "owner_name": page.owner,
        "state": page.state,
        "list_price": row.floor_minor,
        "deposit": row.deposit_minor,
        "terms": terms_out(page.terms),
        "conditions": page.conditions,
        "domestic_only": page.domestic_only,
        "quotes": _quotes(page),
        "opened": page.opened,
        "price": row.price_minor,
        "winner": page.winner,
        "keys": {slot: key.public_key for slot, key in sorted(page.keys.items())},
        "mine": [_party(one) for one in page.mine],
        "deal": show("deal", row.deal) if row.deal else None,
        "registrations": [_registration(one) for one in desk or ()],
    }
    return ROUND.show(relation_of(page), values)


def _quotes(page: RoundPage) -> list[OpenedOut]:
    numbers = parties_of(page)
    return [
        OpenedOut(
            party=numbers[quote.registration],
            at=quote.at,
            commitment=quote.commitment,
            minor=quote.minor,
            verdict=quote.verdict,
        )
        for quote in page.quotes
    ]


def _party(one: Mine) -> PartyOut:
    return PartyOut(
        registration=one.row.id,
        organisation=show("organisation", one.row.organisation),
        name=one.name,
        state=one.row.state,
        reason=one.row.reason,
        note=one.row.note,
        deposit=one.deposit.state if one.deposit else None,
        quotes=[ReceiptOut(commitment=quote.commitment, at=quote.at) for quote in one.quotes],
    )


def _registration(line: DeskLine) -> RegistrationOut:
    row = line.row
    return RegistrationOut(
        registration=row.id,
        organisation=show("organisation", row.organisation),
        name=line.name,
        state=row.state,
        reason=row.reason,
        related=row.related,
        at=row.at,
    )
