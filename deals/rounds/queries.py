"""Rounds as their readers see them: everybody, a party, the office, the keepers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.queries import organisation_names
from billing.queries import DepositStanding
from core.actor import Actor
from core.ids import show
from deals.models import Deal, Posting
from deals.offers import Terms
from deals.posting import buyers_for
from deals.queries.names import listing_titles
from deals.rounds import deposits
from deals.rounds.advancing import keys_of, quotes_of
from deals.rounds.models import Quote, Registration, Round, RoundKey
from deals.rounds.permissions import acts_for, is_market, is_office, reads_desk
from deals.rounds.sealing import SCHEMA
from deals.rounds.states import RUNNING, RoundState
from listings.models import Listing
from listings.states import ListingState

OPENED: Final = frozenset({RoundState.AWARDED, RoundState.FAILED})


@dataclass(frozen=True)
class Mine:
    """A registration of an organisation for which the reader acts."""

    row: Registration
    name: str
    deposit: DepositStanding | None
    quotes: Sequence[Quote]
    """Its own sealed quotes, oldest first: receipts, no amounts."""


@dataclass(frozen=True)
class RoundPage:
    """`state`: the round's, or `closing` past a deadline that nobody has settled yet."""

    row: Round
    terms: Terms
    conditions: str
    domestic_only: bool
    title: str
    owner: str
    state: str
    ours: bool
    desk: bool
    buyers: dict[str, str]
    """Organisations in whose name the reader could still register, by id."""
    mine: Sequence[Mine]
    keys: dict[str, RoundKey]
    keeps: Sequence[str]
    """Slots whose key the reader may still leave."""
    gives: bool
    """The reader keeps a key that has not been given, and now is the time."""
    quotes: Sequence[Quote]
    """What is public: nothing before the deadline, commitments after it, all once opened."""
    winner: str
    mode_reason: str
    """Why the price is found in this way, where the law names others; read behind the desk."""

    @property
    def opened(self) -> bool:
        return len(self.keys) == len(SLOTS) and all(key.private_key for key in self.keys.values())


SLOTS: Final = ("office", "second")


def round_page(
    session: Session, actor: Actor, round_id: str, now: datetime, language: str
) -> RoundPage | None:
    """None where there is no such round, or its listing is public no more and the reader has no
    part in it."""
    row = session.get(Round, round_id)
    if row is None:
        return None
    registered = _registered(session, row, actor)
    desk, listing = reads_desk(actor, row), session.get_one(Listing, row.listing)
    if not (desk or registered or listing.state == ListingState.PUBLISHED):
        return None
    posting = session.get_one(Posting, row.posting)
    keys, taken = keys_of(session, round_id), {one.organisation for one in registered}
    buyers = [one for one in buyers_for(actor, row.owner_org) if one not in taken]
    won = _winner(session, row)
    asked = [row.owner_org, *buyers, *taken, *won]
    names = organisation_names(session, asked, language)
    return RoundPage(
        row,
        Terms.load(posting.terms),
        posting.conditions,
        posting.domestic_only,
        listing_titles(session, [row.listing], language).get(row.listing, ""),
        names.get(row.owner_org, ""),
        state_at(row, now),
        is_office(actor, row),
        desk,
        {id: names.get(id, id) for id in buyers},
        [_mine(session, row, one, names) for one in registered],
        keys,
        _keeps(actor, row, keys),
        _gives(actor, row, keys),
        _public_quotes(session, row),
        names.get(won[0], "") if won else "",
        posting.mode_reason if desk else "",
    )


@dataclass(frozen=True)
class DeskLine:
    row: Registration
    name: str


def desk(session: Session, actor: Actor, round_id: str, language: str) -> list[DeskLine] | None:
    """Every registration in the order of arrival, for the office and overseers; else None."""
    row = session.get(Round, round_id)
    if row is None or not reads_desk(actor, row):
        return None
    rows = session.scalars(
        select(Registration)
        .where(Registration.round == round_id)
        .order_by(Registration.at, Registration.id)
    ).all()
    names = organisation_names(session, [one.organisation for one in rows], language)
    return [DeskLine(one, names.get(one.organisation, "")) for one in rows]


def state_at(row: Round, now: datetime) -> str:
    """Reads never settle: past its deadline a round is closing until the outcome is named."""
    waits = row.state in {RoundState.DISCLOSED, RoundState.QUOTING, RoundState.OPENING}
    past = row.due_at is not None and now >= row.due_at
    return "closing" if waits and past else row.state


def transcript(page: RoundPage) -> dict[str, Any] | None:
    """What anybody needs to open every box again; None before the opening."""
    if not page.opened:
        return None
    return {
        "schema": SCHEMA,
        "round": page.row.id,
        "currency": page.row.currency,
        "list_price": page.row.floor_minor,
        "keys": {
            slot: {"public": key.public_key, "private": key.private_key}
            for slot, key in sorted(page.keys.items())
        },
        "quotes": [
            {
                "registration": quote.registration,
                "received_at": quote.at.isoformat(),
                "commitment": quote.commitment,
                "box": quote.box,
                "amount": quote.minor,
                "nonce": quote.nonce,
                "verdict": quote.verdict,
            }
            for quote in page.quotes
        ],
        "price": page.row.price_minor,
    }


def parties_of(page: RoundPage) -> dict[str, int]:
    """A number for each registration with a public quote, in the order of its first receipt: the
    names of those who did not win stay theirs."""
    order = dict.fromkeys(quote.registration for quote in page.quotes)
    return {registration: number for number, registration in enumerate(order, 1)}


def rounds_on(session: Session, listing: str) -> Sequence[Round]:
    """Those that run on a listing, oldest first. One query."""
    rows = select(Round).where(Round.listing == listing, Round.state.in_(RUNNING))
    return session.scalars(rows.order_by(Round.announced_at, Round.id)).all()


def round_of(session: Session, posting: str) -> str | None:
    """The shown id of the round that runs on published terms, if they are an open listing's."""
    found = session.scalar(select(Round.id).where(Round.posting == posting))
    return show("round", found) if found else None


def _registered(session: Session, row: Round, actor: Actor) -> list[Registration]:
    seats = sorted(actor.organisations)
    rows = session.scalars(
        select(Registration)
        .where(Registration.round == row.id, Registration.organisation.in_(seats))
        .order_by(Registration.at, Registration.id)
    )
    return [one for one in rows if acts_for(actor, one)]


def _mine(session: Session, of: Round, row: Registration, names: dict[str, str]) -> Mine:
    own = select(Quote).where(Quote.registration == row.id).order_by(Quote.n)
    asked = deposits.of_party(session, of, row.organisation) if of.deposit_minor else None
    return Mine(row, names.get(row.organisation, ""), asked, session.scalars(own).all())


def _winner(session: Session, row: Round) -> list[str]:
    if row.deal is None:
        return []
    return [
        org for org in session.scalars(select(Deal.buyer_org).where(Deal.id == row.deal)) if org
    ]


def _public_quotes(session: Session, row: Round) -> Sequence[Quote]:
    return quotes_of(session, row.id) if row.state in {*OPENED, RoundState.OPENING} else ()


def _keeps(actor: Actor, row: Round, keys: dict[str, RoundKey]) -> list[str]:
    if row.state not in {RoundState.DISCLOSED, RoundState.DECIDING, RoundState.KEYS}:
        return []
    if actor.person in {key.person for key in keys.values()}:
        return []
    may = {"office": is_office(actor, row), "second": is_market(actor)}
    return [slot for slot in SLOTS if may[slot] and slot not in keys]


def _gives(actor: Actor, row: Round, keys: dict[str, RoundKey]) -> bool:
    mine = [key for key in keys.values() if key.person == actor.person and not key.private_key]
    return row.state == RoundState.OPENING and bool(mine)
