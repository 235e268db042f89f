"""Deposits of a round: asked when a party is qualified, needed for a quote and an award, freed by
the end. Billing alone knows what has arrived; nothing here keeps a copy of it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.actions.ask_deposit import DepositAsk, ask_deposit
from billing.depositing import lock_deposit, open_forfeit, release
from billing.models import Obligation
from billing.queries import DepositStanding, account_for, deposits_about, is_held, live_deposit
from billing.raising import Raised
from billing.states import LIVE, DepositState, Kind
from core.ids import ref, split_ref
from core.unit_of_work import At, UnitOfWork
from deals.models import Deal
from deals.modes import MODES
from deals.rounds import law
from deals.rounds.models import Registration, Round
from deals.rounds.states import RUNNING, RegistrationState, RoundState

_FREE: Final = frozenset({DepositState.ASKED, DepositState.PENDING, DepositState.HELD})
"""What the end of a round gives back; a forfeiture that was proposed runs its own course."""


def ask(uow: UnitOfWork, at: At[Round], party: Registration) -> None:
    """Of a party that was just qualified; nothing where the announcement asks for none."""
    row = at.row
    if not row.deposit_minor:
        return
    raised = Raised(
        Kind.DEPOSIT,
        about(row.id),
        row.owner_org,
        row.deposit_minor,
        row.currency,
        law.last_day(uow, row, law.DECIDE, row.ends_on),
        payer_org=party.organisation,
        account=account_for(uow.session, row.owner_org, row.currency),
        jurisdiction=row.jurisdiction,
    )
    done = ask_deposit(uow, DepositAsk(raised, row.floor_minor))
    at.record("deposit_asked", registration=party.id, obligation=done.ref)


def stands(session: Session, row: Round, organisation: str) -> bool:
    """Whether nothing is asked of the party, or its deposit is held in full."""
    return not row.deposit_minor or is_held(session, about(row.id), organisation=organisation)


def of_party(session: Session, row: Round, organisation: str) -> DepositStanding | None:
    """The party's live deposit."""
    return live_deposit(session, about(row.id), organisation=organisation)


def of_deal(session: Session, deal: Deal) -> DepositStanding | None:
    """The live deposit of the buyer whom a round made the winner of this deal."""
    row = session.scalar(select(Round).where(Round.deal == deal.id))
    return None if row is None or not deal.buyer_org else of_party(session, row, deal.buyer_org)


def is_kept(session: Session, row: Round) -> bool:
    """Whether a deposit of the round is still with somebody."""
    return any(one.state in LIVE for one in deposits_about(session, about(row.id)))


def free(uow: UnitOfWork, row: Round, but: str = "") -> None:
    """Gives every deposit of the round back, except the winner's (`but`: an organisation), which
    stays until its contract is signed or its deal ends without one. Locks obligations, so it comes
    after every other lock."""
    if not row.deposit_minor:
        return
    kept = ref("organisation", but)
    for one in sorted(deposits_about(uow.session, about(row.id)), key=lambda found: found.id):
        if one.payer != kept:
            _give_back(uow, one)


def free_of(uow: UnitOfWork, row: Round, organisation: str) -> None:
    """Gives back the deposit of a party that leaves."""
    found = of_party(uow.session, row, organisation)
    if found is not None:
        _give_back(uow, found)


def free_of_deal(uow: UnitOfWork, deal: Deal) -> None:
    """The deal of a round's winner ends without a contract. Locks obligations, as `free` does."""
    row = uow.session.scalar(select(Round).where(Round.deal == deal.id))
    if row is not None:
        free(uow, row)


def forfeit_of_deal(uow: UnitOfWork, deal: Deal, reason: str) -> None:
    """The winner broke off: what is held is proposed to be forfeited, by rule. `reason`: the code
    that they gave. Locks obligations, as `free` does."""
    found = of_deal(uow.session, deal)
    if found is None:
        return
    at, row = lock_deposit(uow, found.id)
    if row.state == DepositState.HELD:
        open_forfeit(at, row, None, reason, law.FORFEITS)
    elif row.state in _FREE:
        release(at, row)


def _give_back(uow: UnitOfWork, one: DepositStanding) -> None:
    """A disputed one is locked too, so that whoever drops the forfeiture sees what ended."""
    if one.state in LIVE:
        at, row = lock_deposit(uow, one.id)
        if row.state in _FREE:
            release(at, row)


def serves(session: Session, owed: Obligation) -> bool:
    """Whether the deposit still stands for a registration, or for the winner's running deal; one
    about something else always does. Under the deposit's lock, which whatever ends one takes
    too."""
    kind, id = split_ref(owed.about)
    if kind != Round.PREFIX:
        return True
    row = session.get_one(Round, id)
    if row.state in RUNNING:
        party = select(Registration.state).where(
            Registration.round == id, Registration.organisation == owed.payer_org
        )
        return session.scalar(party) == RegistrationState.ACTIVE
    if row.state != RoundState.AWARDED or row.due_at is None:
        return False
    deal = session.get_one(Deal, row.deal)
    return deal.buyer_org == owed.payer_org and not MODES[deal.mode].state(deal.state).ended


def about(round_id: str) -> str:
    """What billing calls the round."""
    return ref("round", round_id)
