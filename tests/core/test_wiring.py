"""The market wired by bootstrap, on a real database."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from core.actor import SYSTEM
from core.audit import public_key, signing_key, verify, write_checkpoint
from core.jobs import cancel_job, start_job
from core.models import Audit, Job
from migrations import triggers

ROOT = Path(__file__).resolve().parents[2]


def test_the_clock_is_the_markets_clock(runtime, clock):
    with runtime.database.read() as session:
        before = runtime.database.now(session)
    clock.move(timedelta(days=3))
    with runtime.database.read() as session:
        assert runtime.database.now(session) - before == timedelta(days=3)


def test_what_sqlite_answered_survives_the_loss_of_power(tmp_path):
    """Asked of a process of its own: these tests do without."""
    asked = (
        "from core.database import Database\n"
        f"with Database('sqlite:///{tmp_path}/own.sqlite3').writer.connect() as own:\n"
        "    print(own.exec_driver_sql('PRAGMA synchronous').scalar())"
    )
    said = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert said.stdout.strip() == "2"


def test_a_cancelled_job_stays_cancelled(runtime, drain):
    job = runtime.executor.run(SYSTEM, start_job, "nothing", "ref").ref
    runtime.executor.run(SYSTEM, cancel_job, job)
    drain()
    with runtime.database.read() as session:
        assert session.scalars(select(Job.state)).all() == ["cancelled"]


def test_a_checkpoint_finds_a_tail_cut_off_with_its_head(runtime, clock, tmp_path):
    job = runtime.executor.run(SYSTEM, start_job, "nothing", "ref").ref
    runtime.executor.run(SYSTEM, cancel_job, job)
    clock.move(timedelta(minutes=5))
    secret = b"s" * 32
    trusted = public_key(signing_key(secret))
    assert write_checkpoint(runtime.database, tmp_path, secret)["entries"] == 2
    assert verify(runtime.database, tmp_path, trusted).sound
    with runtime.database.write() as session:
        first = session.execute(select(Audit.hash).where(Audit.seq == 1)).scalar_one()
        run = session.connection().exec_driver_sql
        # Whoever cuts the chain owns the database, and drops what the schema puts in the way.
        run("DROP TRIGGER audit_no_delete" + ("" if runtime.database.sqlite else " ON audit"))
        run("DELETE FROM audit WHERE seq = 2")
        run(f"UPDATE stream SET seq = 1, hash = '{first}'")
        triggers.recreate(session.connection())
        session.commit()
    seen = verify(runtime.database, tmp_path, trusted)
    assert [fault for fault in seen.faults if "were signed" in fault]
