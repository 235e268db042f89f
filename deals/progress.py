"""Runs a declared mode on a locked deal: decide on a picture, do the effects, write the step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from core.law import Profile
from core.times import end_of_day, legal_date
from core.unit_of_work import At, UnitOfWork
from datarooms.actions.close_room import close_room
from datarooms.models import Room
from deals import lawful, scarcity
from deals.border import GUARDS, border_of
from deals.deciding.drawing_up import steps_on
from deals.deciding.rules import last_turns, standing_of
from deals.deciding.states import StepState
from deals.doing import Doing
from deals.effects import EFFECTS
from deals.engine.case import Case, OfferOnTable
from deals.engine.check import faults
from deals.engine.decide import Stop, automatic, decide, next_due
from deals.engine.declaration import AUTOMATIC, Mode, Side, Transition
from deals.errors import stop
from deals.models import Deal, DealAsset, DealStep, Objection, Offer, Posting, PublicNotice
from deals.modes import MODES
from deals.offers import Terms
from deals.open_licence.fees import Fee, fee_of
from deals.open_licence.models import OpenLicence
from deals.posting import terms_stand
from deals.preemption.drawing_up import preemptions_on
from deals.preemption.rules import next_end, ran_out, still_open
from deals.preemption.rules import standing_of as claim_standing
from deals.preemption.states import ClaimState
from deals.proving import last_day_unshown, reminds_at
from deals.rounds.defaults import may_leave_freely
from listings.models import Asset

if wrong := [fault for mode in MODES.values() for fault in faults(mode, EFFECTS)]:
    raise ValueError("; ".join(wrong))


def move(
    uow: UnitOfWork,
    at: At[Deal],
    act: str,
    side: Side,
    data: Mapping[str, Any] | None = None,
    **evidence: Any,
) -> Transition:
    """Takes the transition of `act`, then all that follow by themselves. Raises the guard's stop.

    `data` is what the effects need; `evidence` (ids, codes, numbers) is stored with the step.
    """
    given = dict(data or {})
    mode = MODES[at.row.mode]
    if _touches_assets(mode, act, at.row.state):
        lock_room(uow, at.row)
        lock_assets(uow, at.row.id)
    found = decide(mode, act, side, picture(uow, at, given))
    if isinstance(found, Stop):
        raise stop(found.code)
    _take(uow, at, found, side, given, evidence)
    if side is not Side.PUBLIC:
        at.row.moved_at = at.now
    run_on(uow, at)
    return found


def run_on(uow: UnitOfWork, at: At[Deal]) -> None:
    """Takes every transition that time and rule take by themselves, then sets the next timer.

    Where nothing is due, nothing is written.
    """
    mode = MODES[at.row.mode]
    case = picture(uow, at, {})
    for _ in mode.states:
        found = automatic(mode, case)
        if found is None:
            break
        _take(uow, at, found, Side.ENGINE, {}, {})
        case = picture(uow, at, {})
    due = next_due(mode, case)
    if due != at.row.due_at:
        at.row.due_at = due
        at.timer("engine", due)


def check_could(
    uow: UnitOfWork, at: At[Deal], act: str, side: Side, data: Mapping[str, Any] | None = None
) -> None:
    """Raises the stop that the act would meet now; what only follows on it is not looked at."""
    found = decide(MODES[at.row.mode], act, side, picture(uow, at, data or {}))
    if isinstance(found, Stop):
        raise stop(found.code)


def awaits_contract(row: Deal) -> bool:
    """Whether the mode lets a signed contract conclude the deal from where it stands."""
    return any(t.act == "conclude" and t.source == row.state for t in MODES[row.mode].transitions)


def lock_room(uow: UnitOfWork, row: Deal) -> None:
    """Before the assets, by the order of streams: a deal that ends closes its room."""
    uow.lock(Room, row.room)


def lock_assets(uow: UnitOfWork, deal: str) -> list[At[Asset]]:
    """The assets of a deal, locked in order; what is scarce in them is decided under these."""
    ids = uow.find(DealAsset.asset, DealAsset.deal == deal)
    return [uow.lock(Asset, id) for id in sorted(ids)]


def picture(uow: UnitOfWork, at: At[Deal], data: Mapping[str, Any]) -> Case:
    """What the guards look at, read under the lock; `data` may hold a version or new terms.

    Whether a way is free is asked of many rows, and only where a guard of this state looks.
    """
    row, zone = at.row, uow.ports.zone
    today, looks = legal_date(at.now, zone), MODES[row.mode].guards_from(row.state)
    offer = uow.session.get(Offer, (row.id, row.offer)) if row.offer else None
    notice = uow.session.get(PublicNotice, row.notice) if row.notice else None
    counts = _objections(uow, row.notice)
    terms = data.get("terms") or (Terms.load(offer.terms) if offer else None)
    profile = lawful.pinned(uow, row)
    idle = timedelta(lawful.integer(profile, lawful.IDLE_DAYS, lawful.IDLE_DAYS_OURS))
    last = offer.valid_until if offer else None
    remind = timedelta(lawful.integer(profile, lawful.TRIAL_REMIND, lawful.TRIAL_REMIND_OURS))
    posting = uow.session.get(Posting, row.posting) if row.posting else None
    steps = steps_on(uow.session, row.id, row.agreed)
    counted = [step.state for step in last_turns(steps)]
    claims = preemptions_on(uow.session, row.id, row.agreed)
    border = border_of(uow.session, profile, row)
    stated = MODES[row.mode].statement
    statement = uow.session.get(OpenLicence, row.posting) if stated and row.posting else None
    fee = fee_of(uow.session, row) if stated else Fee()
    case = Case(
        state=row.state,
        now=at.now,
        today=today,
        notice_is_asked=row.owner_is_state and lawful.notice_is_asked(profile, row.mode),
        offer=OfferOnTable(offer.version, Side(offer.side), offer.valid_until) if offer else None,
        named_version=data.get("version"),
        way_is_free=terms is None or "way_is_free" not in looks or _is_free(uow, at, terms),
        terms_stand=posting is not None and terms_stand(uow.session, posting, today),
        announced=statement is not None and statement.announced_on is not None,
        fee_open=fee.is_open,
        fee_on_its_way=fee.on_its_way,
        fee_ends_at=fee.ends_at,
        ineligible=data.get("ineligible", ""),
        against_talks=border.against_talks if border else "",
        against_signing=border.against_signing if border else "",
        offer_ends_at=end_of_day(last, zone) if last else None,
        offer_reminds_at=end_of_day(last - remind, zone) if last else None,
        idle_ends_at=end_of_day(legal_date(row.moved_at, zone) + idle, zone),
        notice_waits=notice is not None and notice.first_day is None,
        notice_last_day=notice.last_day if notice else None,
        notice_ends_at=notice.ends_at if notice else None,
        last_day_unshown=notice is not None and last_day_unshown(notice),
        posting_reminds_at=reminds_at(notice, zone) if notice else None,
        objections_open=counts.get("open", 0),
        objections_upheld=counts.get("upheld", 0),
        steps_open=len(counted) - counted.count(StepState.PASSED),
        steps_refused=counted.count(StepState.REFUSED),
        preempts=bool(row.way) and lawful.preempts(profile, row.way or ""),
        claims_open=still_open(claims),
        claims_used=sum(1 for claim in claims if claim.state == ClaimState.EXERCISED),
        claim_ran_out=any(ran_out(claim, at.now) for claim in claims),
        claims_end_at=next_end(claims),
        named_claim=claim_standing(data.get("claim"), at.now),
        named_step=standing_of(steps, data.get("step")),
    )
    if not MODES[row.mode].rounds:
        return case
    return replace(case, excused=may_leave_freely(uow.session, profile, row, case))


def _is_free(uow: UnitOfWork, at: At[Deal], terms: Terms) -> bool:
    assets = uow.find(DealAsset.asset, DealAsset.deal == at.row.id)
    today = legal_date(at.now, uow.ports.zone)
    return scarcity.way_is_free(
        uow.session,
        assets,
        at.row.id,
        scarcity.Wish.of(terms),
        today,
        posting=at.row.posting,
        profile=lawful.pinned(uow, at.row),
    )


def _objections(uow: UnitOfWork, notice: str | None) -> dict[str, int]:
    if notice is None:
        return {}
    counted = select(Objection.state, func.count()).where(Objection.notice == notice)
    rows = uow.session.execute(counted.group_by(Objection.state))
    return {state: number for state, number in rows}  # noqa: C416  rows are no plain pairs to mypy


def _of_the_border(
    uow: UnitOfWork, at: At[Deal], profile: Profile | None, found: Transition
) -> tuple[str, ...]:
    """The rule on exports that a step passed; none where nothing crosses the border."""
    if not GUARDS.intersection(found.guards):
        return ()
    border = border_of(uow.session, profile, at.row)
    return (border.rule,) if border and border.rule else ()


def _touches_assets(mode: Mode, act: str, state: str) -> bool:
    """Whether the act may claim or release a way, so that its assets are locked beforehand."""
    return any(
        t.act == act and t.source == state and {"claim_way", "release_way"} & set(t.effects)
        for t in mode.transitions
    )


def _take(
    uow: UnitOfWork,
    at: At[Deal],
    found: Transition,
    side: Side,
    data: Mapping[str, Any],
    evidence: Mapping[str, Any],
) -> None:
    if MODES[at.row.mode].state(found.target).stopped:
        close_room(uow, at.row.room)
    doing = Doing(uow, at, found, side, data, dict(evidence))
    for name in found.effects:
        EFFECTS[name](doing)
    at.row.state = found.target
    profile = lawful.pinned(uow, at.row)
    passed = lawful.passed(profile, at.row.mode, found.rules)
    rules = lawful.cited(profile, (*passed, *_of_the_border(uow, at, profile, found)))
    at.add(
        DealStep(
            deal=at.row.id,
            act=found.act,
            source=found.source,
            target=found.target,
            side=side,
            by=uow.actor.person if side is not Side.ENGINE else None,
            at=at.now,
            rules=rules,
            evidence=doing.evidence,
        )
    )
    topic = found.fact or (found.target if found.target != found.source else found.act)
    what = topic if found.act == AUTOMATIC else found.act
    pins = (
        {"profile": rules[0]["profile"], "rules": [rule["rule"] for rule in rules]} if rules else {}
    )
    at.record(
        what, side=str(side), source=found.source, target=found.target, **pins, **doing.evidence
    )
    at.fact(f"deal.{topic}")
