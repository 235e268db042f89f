"""Whether two organisations may become one, and what becomes of the seats. Under their locks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from accounts.models import (
    Invitation,
    JoinRequest,
    Membership,
    Organisation,
    OrganisationProfile,
    Sanction,
)
from accounts.queries import holds_at
from accounts.sanctions import SanctionState
from accounts.states import OrganisationKind, OrganisationState
from accounts.units.models import Unit
from billing.models import Obligation
from billing.states import UNPAID
from core.actor import Actor
from core.i18n import N_
from core.ids import new_id
from core.unit_of_work import At, UnitOfWork
from deals.models import Deal
from deals.modes import MODES
from deals.rounds.models import Registration, Round
from governance.errors import MergeUnlawful
from governance.models import Appeal


def obstacles(session: Session, absorbed: str, survivor: str, now: datetime) -> list[str]:
    """Why they must stay two: sentences (English msgids), none where they may become one."""
    gone, kept = session.get(Organisation, absorbed), session.get(Organisation, survivor)
    if gone is None or kept is None or absorbed == survivor:
        return [N_("Choose two different organisations.")]
    return [*_of_rows(gone, kept), *_of_the_market(session, absorbed, survivor, now)]


def _of_rows(gone: Organisation, kept: Organisation) -> Iterator[str]:
    if {gone.state, kept.state} != {OrganisationState.VETTED}:
        yield N_("Both must be vetted and not suspended.")
    if gone.kind != kept.kind:
        yield N_("They are of different kinds: what one may do the other may not.")
    if OrganisationKind.OPERATOR in (gone.kind, kept.kind):
        yield N_("The operator of the market is merged with nobody.")


def _of_the_market(session: Session, absorbed: str, survivor: str, now: datetime) -> Iterator[str]:
    both = (absorbed, survivor)
    if _is_there(session, Sanction.id, Sanction.organisation.in_(both),
                 Sanction.state == SanctionState.IN_FORCE, Sanction.until > now):  # fmt: skip
        yield N_("A measure of the operator is in force on one of them.")
    if _is_there(session, Appeal.id, Appeal.owner_org.in_(both), Appeal.state == "received"):
        yield N_("An appeal of one of them is not decided.")
    ended = {state.code for mode in MODES.values() for state in mode.states if state.final}
    across = or_(
        and_(Deal.seller_org == absorbed, Deal.buyer_org == survivor),
        and_(Deal.seller_org == survivor, Deal.buyer_org == absorbed),
    )
    if _is_there(session, Deal.id, across, Deal.state.not_in(ended)):
        yield N_("They deal with each other; a deal with oneself is none. End it first.")
    owed = or_(
        and_(Obligation.payer_org == absorbed, Obligation.payee_org == survivor),
        and_(Obligation.payer_org == survivor, Obligation.payee_org == absorbed),
    )
    if _is_there(session, Obligation.id, owed, Obligation.state.in_(sorted(UNPAID))):
        yield N_("One owes the other money. Settle it first.")
    if _compete(session, both):
        yield N_("Both take part in an open listing that runs; they would bid against themselves.")


def _compete(session: Session, both: tuple[str, str]) -> bool:
    """Both registered for one round that runs, or one for a round of the other."""
    rows = session.execute(
        select(Round.id, Round.owner_org, Registration.organisation)
        .join(Registration, Registration.round == Round.id)
        .where(Round.ended_at.is_(None), Registration.organisation.in_(both))
    ).all()
    seen: dict[str, set[str]] = {}
    for id, owner, organisation in rows:
        seen.setdefault(id, {owner} & set(both)).add(organisation)
    return any(len(sides) > 1 for sides in seen.values())


def _is_there(session: Session, column: object, *where: object) -> bool:
    return session.scalar(select(column).where(*where).limit(1)) is not None  # type: ignore[call-overload]


def check_mergeable(
    session: Session, _actor: Actor, absorbed: str, survivor: str, now: datetime
) -> None:
    """For `uow.check`. Raises MergeUnlawful with the first reason."""
    if reasons := obstacles(session, absorbed, survivor, now):
        raise MergeUnlawful(why=reasons[0])


def hold_rows(uow: UnitOfWork, organisations: Sequence[str]) -> None:
    """Waits for whoever is writing a row that names one of them, such as a deal that opens, so
    that what is looked at next includes it; who comes later waits for the merge."""
    wanted = select(Organisation.id).where(Organisation.id.in_(list(organisations)))
    uow.session.execute(wanted.order_by(Organisation.id).with_for_update()).all()


def take_over(gone: At[Organisation], kept: At[Organisation]) -> None:
    """What the one said of itself in public and the other did not: a logo, a ROR ID, an
    introduction in a language, fields."""
    session, p = gone.uow.session, OrganisationProfile
    theirs = session.scalar(select(p).where(p.organisation == gone.row.id))
    if theirs is None:
        return
    ours = session.scalar(select(p).where(p.organisation == kept.row.id))
    if ours is None:
        ours = p(organisation=kept.row.id, intros={}, fields=[], edited_at=kept.now)
        kept.add(ours)
    ours.logo, ours.ror = ours.logo or theirs.logo, ours.ror or theirs.ror
    ours.intros = {**theirs.intros, **{k: text for k, text in ours.intros.items() if text}}
    ours.fields = ours.fields or list(theirs.fields)
    ours.edited_at = kept.now


def move_units(gone: At[Organisation], kept: At[Organisation]) -> dict[str, str]:
    """Old unit -> the one that takes its place: of the same kind and name where there is one,
    else made. The old one is closed and stays named on what it did."""
    session, u = gone.uow.session, Unit
    here = {
        (row.kind, row.name): row
        for row in session.scalars(
            select(u).where(u.organisation == kept.row.id, u.closed_at.is_(None))
        )
    }
    names = {name for _kind, name in here}
    moved: dict[str, str] = {}
    theirs = select(u).where(u.organisation == gone.row.id, u.closed_at.is_(None)).order_by(u.id)
    for row in session.scalars(theirs).all():
        row.closed_at = gone.now
        same = here.get((row.kind, row.name))
        if same is None and row.name not in names:
            same = u(id=new_id(), organisation=kept.row.id, kind=row.kind, name=row.name,
                     name_en=row.name_en, made_at=kept.now)  # fmt: skip
            kept.add(same)
            kept.record("unit_added", unit=same.id, kind=same.kind)
        if same is not None:
            moved[row.id] = same.id
    session.flush()
    return moved


def move_seats(gone: At[Organisation], kept: At[Organisation], units: Mapping[str, str]) -> int:
    """Everybody who sits in the one sits in the other from now on, with the roles of both, and in
    the unit that took the place of theirs."""
    session, now = gone.uow.session, gone.now
    m = Membership
    here = {
        row.person: row
        for row in session.scalars(select(m).where(m.organisation == kept.row.id, *holds_at(now)))
    }
    rows = session.scalars(select(m).where(m.organisation == gone.row.id, *holds_at(now))).all()
    for row in rows:
        unit = units.get(row.unit or "")
        row.ends_at, row.handed_at, row.unit = now, now, None
        seat = here.get(row.person)
        if seat is not None:
            seat.roles = sorted({*seat.roles, *row.roles})
            seat.unit = seat.unit or unit
        else:
            kept.add(Membership(id=new_id(), organisation=kept.row.id, person=row.person,
                                roles=list(row.roles), title=row.title, starts_at=now,
                                unit=unit))  # fmt: skip
    return len(rows)


def close_doors(gone: At[Organisation]) -> None:
    """Nobody enters it any more: invitations are taken back, requests to join answered."""
    session = gone.uow.session
    i, j = Invitation, JoinRequest
    open_ones = i.organisation == gone.row.id, i.accepted_at.is_(None), i.withdrawn_at.is_(None)
    for invitation in session.scalars(select(i).where(*open_ones)):
        invitation.withdrawn_at = gone.now
    for asked in session.scalars(select(j).where(j.organisation == gone.row.id, j.state == "open")):
        asked.state, asked.answered_at = "refused", gone.now
        asked.answered_by = gone.uow.actor.person
