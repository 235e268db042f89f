"""Opens every box of a round with both keys, names the verdicts, and awards or fails it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from core.unit_of_work import At, UnitOfWork
from deals.rounds.advancing import end_round, quotes_of
from deals.rounds.awarding import award
from deals.rounds.models import Quote, Registration, Round, RoundKey
from deals.rounds.parties import qualified
from deals.rounds.rules import Opened, lone_price, winner
from deals.rounds.sealing import Place, open_box
from deals.rounds.states import RoundAct


def open_quotes(uow: UnitOfWork, at: At[Round], keys: Mapping[str, RoundKey]) -> None:
    """Under the round's lock. The same rows give the same winner, whoever computes it again."""
    parties = {row.id: row for row in qualified(uow.session, at.row)}
    quotes = quotes_of(uow.session, at.row.id)
    for quote in quotes:
        _open(quote, keys)
    _name_verdicts(quotes, at.row.floor_minor, parties)
    opened = [Opened(one.n, one.registration, one.minor) for one in quotes if one.minor is not None]
    at.record("opened", quotes=len(quotes), readable=len(opened))
    if len(parties) == 1:
        _award_the_one(uow, at, next(iter(parties.values())), quotes)
        return
    counting = {one.n for one in quotes if one.verdict == "counts"}
    found = winner([one for one in opened if one.number in counting], at.row.floor_minor, parties)
    if found is None:
        end_round(uow, at, RoundAct.FAIL, "no_valid_quote")
    else:
        award(uow, at, parties[found.registration], found.minor)


def _award_the_one(
    uow: UnitOfWork, at: At[Round], party: Registration, quotes: list[Quote]
) -> None:
    own = [one.minor for one in quotes if one.registration == party.id and one.verdict == "counts"]
    award(uow, at, party, lone_price(at.row.floor_minor, own[-1] if own else None))


def _open(quote: Quote, keys: Mapping[str, RoundKey]) -> None:
    office, second = keys["office"].private_key or "", keys["second"].private_key or ""
    place = Place(quote.round, quote.registration)
    secret = open_box(quote.box, quote.commitment, place, office, second)
    if secret is not None:
        quote.minor, quote.nonce = secret.minor, secret.nonce


def _name_verdicts(quotes: list[Quote], floor: int, parties: Collection[str]) -> None:
    last = {quote.registration: quote.n for quote in quotes}
    for quote in quotes:
        if quote.n != last[quote.registration]:
            quote.verdict = "replaced"
        elif quote.registration not in parties:
            quote.verdict = "left"
        elif quote.minor is None:
            quote.verdict = "unreadable"
        else:
            quote.verdict = "counts" if quote.minor >= floor else "below_list"
