"""Moves a locked round on when time or the last missing act allows it; else writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.times import end_of_day, legal_date
from core.unit_of_work import At, UnitOfWork
from deals.models import Posting
from deals.rounds import deposits, law
from deals.rounds.awarding import award
from deals.rounds.defaults import stands
from deals.rounds.models import Quote, Registration, Round, RoundKey
from deals.rounds.parties import qualified, unpaid, waiting
from deals.rounds.rules import Next, after_period, lone_price
from deals.rounds.states import RegistrationState, RoundAct, RoundState, round_after
from listings.models import Listing
from listings.states import ListingState


def advance(uow: UnitOfWork, at: At[Round]) -> None:
    """Takes every step that follows by itself, then sets the next timer."""
    for _ in RoundState:
        step = _STEPS.get(RoundState(at.row.state))
        if step is None or not step(uow, at):
            break
    at.timer("engine", at.row.due_at)


def move(at: At[Round], act: RoundAct, **evidence: Any) -> None:
    """One line of the round's table, recorded. Raises RoundMovedOn."""
    before, after = at.row.state, round_after(at.row.state, act)
    at.row.state = after
    at.record(str(act), source=str(before), target=str(after), **evidence)
    at.fact(f"round.{after}" if after != before else "round.extended")


def end_round(uow: UnitOfWork, at: At[Round], act: RoundAct, reason: str) -> None:
    """Ends it without a winner; its terms are public no more."""
    at.row.ended_at, at.row.reason, at.row.due_at = at.now, reason, None
    move(at, act, reason=reason)
    end_posting(uow, at)
    deposits.free(uow, at.row)


def end_posting(uow: UnitOfWork, at: At[Round]) -> None:
    posting = uow.lock(Posting, at.row.posting)
    if posting.row.state == "open":
        posting.row.state, posting.row.ended_at = "withdrawn", at.now
        posting.row.ended_by = uow.actor.person
        posting.record("ended", round=at.row.id)


def keys_of(session: Session, round_id: str) -> dict[str, RoundKey]:
    """By slot."""
    rows = session.scalars(select(RoundKey).where(RoundKey.round == round_id))
    return {row.slot: row for row in rows}


def quotes_of(session: Session, round_id: str) -> list[Quote]:
    """In the order of receipt."""
    return list(session.scalars(select(Quote).where(Quote.round == round_id).order_by(Quote.n)))


def _is_due(at: At[Round]) -> bool:
    return at.row.due_at is not None and at.now >= at.row.due_at


def _period_over(uow: UnitOfWork, at: At[Round]) -> bool:
    if not _is_due(at):
        return False
    at.row.due_at = law.ends(uow, at, law.DECIDE, at.row.ends_on)
    move(at, RoundAct.DECIDE)
    return True


def _all_decided(uow: UnitOfWork, at: At[Round]) -> bool:
    undecided = waiting(uow.session, at.row)
    if (undecided or unpaid(uow.session, at.row)) and not _is_due(at):
        return False
    for row in undecided:
        row.state, row.reason, row.decided_at = RegistrationState.REJECTED, "undecided", at.now
        at.record("lapsed", registration=row.id)
    published = uow.session.get_one(Listing, at.row.listing).state == ListingState.PUBLISHED
    if not (published and stands(uow.session, at.row.owner_org)):
        end_round(uow, at, RoundAct.FAIL, "gone")
        return True
    parties = qualified(uow.session, at.row)
    lone = _lone_quote(uow.session, at.row, parties)
    found = after_period(
        len(parties),
        extensions=at.row.extensions - at.row.extended,
        keys=len(keys_of(uow.session, at.row.id)) == len(_SLOTS),
        lone_quote=lone,
    )
    _AFTER_PERIOD[found](uow, at, parties)
    return True


def _lone_quote(session: Session, row: Round, parties: list[Registration]) -> bool:
    ids = {one.id for one in parties}
    return len(ids) == 1 and any(quote.registration in ids for quote in quotes_of(session, row.id))


def _extend(uow: UnitOfWork, at: At[Round], _parties: list[Registration]) -> None:
    row, zone = at.row, uow.ports.zone
    calendar = law.pinned(uow, row).calendar
    start = max(row.ends_on, _start(uow, at))
    last = calendar.after_working_days(start, row.extension_days)
    row.ends_on, row.provisional = last.day, last.provisional
    row.ends_at = row.due_at = end_of_day(last.day, zone)
    row.extended += 1
    row.state = round_after(row.state, RoundAct.EXTEND)
    at.record("extended", number=row.extended, days=row.extension_days, until=row.ends_on)
    at.fact("round.extended")


def _fail_without_parties(uow: UnitOfWork, at: At[Round], _parties: list[Registration]) -> None:
    end_round(uow, at, RoundAct.FAIL, "nobody")


def _deal_with_the_one(uow: UnitOfWork, at: At[Round], parties: list[Registration]) -> None:
    award(uow, at, parties[0], lone_price(at.row.floor_minor, None))


def _open_the_one(uow: UnitOfWork, at: At[Round], _parties: list[Registration]) -> None:
    _close_quotes(uow, at)


def _ask_keys(uow: UnitOfWork, at: At[Round], _parties: list[Registration]) -> None:
    at.row.due_at = law.ends(uow, at, law.OPENING, _start(uow, at))
    move(at, RoundAct.ASK_KEYS)


def _ask_quotes(uow: UnitOfWork, at: At[Round], _parties: list[Registration]) -> None:
    at.row.quotes_until = at.row.due_at = law.ends(uow, at, law.QUOTE, _start(uow, at))
    move(at, RoundAct.ASK_QUOTES)


def _close_quotes(uow: UnitOfWork, at: At[Round]) -> None:
    at.row.due_at = law.ends(uow, at, law.OPENING, _start(uow, at))
    move(at, RoundAct.CLOSE_QUOTES)


def _keys_there(uow: UnitOfWork, at: At[Round]) -> bool:
    if len(keys_of(uow.session, at.row.id)) == len(_SLOTS):
        _ask_quotes(uow, at, [])
        return True
    if _is_due(at):
        end_round(uow, at, RoundAct.FAIL, "no_keys")
    return False


def _quotes_over(uow: UnitOfWork, at: At[Round]) -> bool:
    if not _is_due(at):
        return False
    parties = {row.id for row in qualified(uow.session, at.row)}
    if any(quote.registration in parties for quote in quotes_of(uow.session, at.row.id)):
        _close_quotes(uow, at)
        return True
    end_round(uow, at, RoundAct.FAIL, "no_quote")
    return False


def _never_opened(uow: UnitOfWork, at: At[Round]) -> bool:
    if _is_due(at):
        end_round(uow, at, RoundAct.FAIL, "not_opened")
    return False


def _hold_over(uow: UnitOfWork, at: At[Round]) -> bool:
    """No contract came of it in all that time: what is still held goes back, the deal goes on.

    An award from before deposits had such a day gets it here, counted from the award: the migration
    that brought it here (0077) knows neither law nor zone."""
    if at.row.due_at is None and deposits.is_kept(uow.session, at.row):
        at.row.due_at = law.hold_ends(uow, at.row, at.row.ended_at or at.now)
        at.record("hold_begun", until=at.row.due_at.isoformat())
    if _is_due(at):
        at.row.due_at = None
        at.record("hold_over", days=law.hold_days(uow, at.row))
        deposits.free(uow, at.row)
    return False


def _start(uow: UnitOfWork, at: At[Round]) -> date:
    """The day from which the next period is counted: at 24:00 sharp it is the day that ended."""
    return legal_date(at.now - timedelta.resolution, uow.ports.zone)


_SLOTS: Final = ("office", "second")
_AFTER_PERIOD: Final[dict[Next, Callable[[UnitOfWork, At[Round], list[Registration]], None]]] = {
    Next.EXTEND: _extend,
    Next.FAIL: _fail_without_parties,
    Next.DEAL: _deal_with_the_one,
    Next.OPEN: _open_the_one,
    Next.KEYS: _ask_keys,
    Next.QUOTES: _ask_quotes,
}
_STEPS: Final[dict[RoundState, Callable[[UnitOfWork, At[Round]], bool]]] = {
    RoundState.DISCLOSED: _period_over,
    RoundState.DECIDING: _all_decided,
    RoundState.KEYS: _keys_there,
    RoundState.QUOTING: _quotes_over,
    RoundState.OPENING: _never_opened,
    RoundState.AWARDED: _hold_over,
}
"""Each answers whether it moved the round, so that the next one may look."""
