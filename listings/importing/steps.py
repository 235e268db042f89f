"""What one batch of the two jobs does: the check reads a slice, the run registers some records."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from accounts.queries import load_actor
from core.actor import SYSTEM, Actor
from core.errors import Forbidden, LeaseLost, Refused
from core.facts import LANE_IMPORT
from core.jobs import Claim, hold
from core.unit_of_work import At, UnitOfWork
from listings.importing.checking import Check, Lookup
from listings.importing.description import description_from_json
from listings.importing.errors import FileRefused
from listings.importing.existing import by_number, known_content, matches
from listings.importing.limits import MAX_FILE
from listings.importing.mapping import mapping_from_json
from listings.importing.models import Import, ImportReview
from listings.importing.numbers import number_key
from listings.importing.pace import Pace
from listings.importing.permissions import may
from listings.importing.record import ImportedRecord
from listings.importing.scratch import Match
from listings.importing.staged import Staged, read_staged
from listings.importing.states import Decision, ImportState
from listings.registering import register_record

_SLICE: Final = 1.0
"""Seconds that the check reads between two renewals of its lease."""
_checks: dict[str, tuple[int, Check]] = {}
_guard = threading.Lock()
_pace = Pace()


# -- check ------------------------------------------------------------------------------------


def check_batch(uow: UnitOfWork, claim: Claim) -> bool:
    """Reads on for about a second. After a kill the file is read from its beginning again."""
    try:
        check = _check_of(uow, claim)
        done = check.advance(_SLICE)
    except FileRefused as why:
        _forget(claim.job)
        return _refuse(uow, claim, why)
    if not done:
        job = hold(uow, claim)
        job.row.progress = check.found.counts["rows"]
        job.record("checked", rows=job.row.progress)
        return False
    files = uow.ports.files
    with check.staged.open("rb") as staged, check.errors.open("rb") as errors:
        stored, wrong = files.put(staged, limit=MAX_FILE), files.put(errors, limit=MAX_FILE)
    job, at = hold(uow, claim), uow.lock(Import, claim.ref)
    at.row.staged, at.row.staged_size, at.row.errors_file = stored.sha256, stored.size, wrong.sha256
    at.row.counts, at.row.examples = dict(check.found.counts), list(check.found.examples)
    at.row.state = ImportState.CHECKED
    _review(at, check.found.reviews)
    at.record("checked", **check.found.counts)
    job.row.progress, job.row.state = check.found.counts["rows"], "done"
    job.record("done")
    _forget(claim.job)
    return True


def _check_of(uow: UnitOfWork, claim: Claim) -> Check:
    with _guard:
        known = _checks.get(claim.job)
    if known and known[0] == claim.attempt:
        return known[1]
    _forget(claim.job)
    database = uow.executor.database
    with database.read() as session:
        row = session.get_one(Import, claim.ref)
        person = row.person
        actor = load_actor(session, person, database.now(session)) if person else SYSTEM
    check = Check(
        uow.ports.files.path(row.sha256),
        description_from_json(row.description),
        mapping_from_json(row.mapping),
        _lookup(uow, row.owner_org),
        actor.language,
    )
    with _guard:
        _checks[claim.job] = (claim.attempt, check)
    return check


def _lookup(uow: UnitOfWork, owner_org: str) -> Lookup:
    database = uow.executor.database

    def look(records: Sequence[ImportedRecord]) -> tuple[set[str], list[Match | None]]:
        with database.read() as session:
            keys = known_content(session, owner_org, [r.content_key() for r in records])
            return keys, matches(session, owner_org, records)

    return look


def _forget(job: str) -> None:
    with _guard:
        known = _checks.pop(job, None)
    if known:
        known[1].close()


def _refuse(uow: UnitOfWork, claim: Claim, why: Refused) -> bool:
    """The file, or who imports it, stands against the import as a whole."""
    job, at = hold(uow, claim), uow.lock(Import, claim.ref)
    at.row.state = ImportState.FAILED
    at.row.problem = {"code": why.code, "params": why.params}
    at.record("failed", code=why.code)
    job.row.state, job.row.error = "failed", why.code
    job.record("failed", code=why.code)
    return True


def _review(at: At[Import], reviews: Sequence[tuple[int, str, Match]]) -> None:
    session = at.uow.session
    for old in session.scalars(select(ImportReview).where(ImportReview.import_id == at.row.id)):
        at.remove(old)
    session.flush()
    for row, title, match in reviews:
        at.add(_row_of(at.row.id, row, title, match))


def _row_of(import_id: str, row: int, title: str, match: Match) -> ImportReview:
    return ImportReview(
        import_id=import_id,
        row=row,
        because=match.because,
        title=title[:300],
        other_title=match.title[:300],
        other_listing=match.listing,
        other_row=match.row,
        number=match.number,
        score=match.score,
    )


# -- run --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Plan:
    """What a batch needs to know before any lock; none of it changes while the run goes on."""

    owner_org: str
    publish: bool
    actor: Actor
    size: int
    staged: Sequence[Staged]
    offset: int
    wanted: frozenset[int]
    """Rows that look like something and are imported by a person's decision."""
    appeared: dict[int, Match]
    """Rows whose patent came to the market after the check."""


def run_batch(uow: UnitOfWork, claim: Claim) -> bool:
    """Registers some records and moves the job's progress with them, all or nothing."""
    plan = _plan(uow, claim)
    if not may(plan.actor, plan.owner_org):
        return _refuse(uow, claim, Forbidden(do="import"))
    uow.lane = LANE_IMPORT
    job, at = hold(uow, claim), uow.lock(Import, claim.ref)
    if job.row.progress != claim.progress or at.row.state != ImportState.RUNNING:
        raise LeaseLost
    begun = time.monotonic()
    uow.actor = plan.actor
    counts = Counter(at.row.counts)
    for item in plan.staged:
        counts[_register(at, plan, item)] += 1
    done = plan.offset >= plan.size
    at.row.counts = dict(counts)
    at.row.state = ImportState.DONE if done else ImportState.RUNNING
    at.record("imported", upto=plan.offset, rows=len(plan.staged))
    job.row.progress, job.row.state = plan.offset, "done" if done else "ready"
    job.record("moved", upto=plan.offset)
    uow.session.flush()
    _pace.took(time.monotonic() - begun, len(plan.staged))
    return done


def _plan(uow: UnitOfWork, claim: Claim) -> _Plan:
    database = uow.executor.database
    with database.read() as session:
        row = session.get_one(Import, claim.ref)
        now = database.now(session)
        actor = load_actor(session, row.person, now) if row.person else SYSTEM
        with uow.ports.files.open(row.staged or "") as file:
            staged, offset = read_staged(file, claim.progress, _pace.rows)
        decided = select(ImportReview.row).where(
            ImportReview.import_id == row.id,
            ImportReview.decision == Decision.IMPORT,
            ImportReview.row.in_([item.row for item in staged]),
        )
        wanted = frozenset(session.scalars(decided))
        fresh = [item for item in staged if not item.alike]
        held = by_number(session, [item.record for item in fresh])
        appeared = {}
        for item in fresh:
            hits = (held.get(number_key(number)) for number in item.record.patent_numbers)
            if hit := next((hit for hit in hits if hit), None):
                appeared[item.row] = hit
    size = row.staged_size or 0
    return _Plan(row.owner_org, row.publish, actor, size, staged, offset, wanted, appeared)


def _register(at: At[Import], plan: _Plan, item: Staged) -> str:
    """Registers one record; answers the name of the count that it raises."""
    if item.alike and item.row not in plan.wanted:
        return "left_out"
    if match := plan.appeared.get(item.row):
        at.add(_row_of(at.row.id, item.row, item.record.title, match))
        return "left_out"
    made = register_record(
        at.uow, plan.owner_org, item.record, plan.actor.person, f"import:{at.row.id}",
        publish=plan.publish,
    )  # fmt: skip
    return "imported" if made.fresh else "unchanged"
