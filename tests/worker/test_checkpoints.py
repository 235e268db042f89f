"""The hourly checkpoint: signed when an hour has passed, and not before."""

from __future__ import annotations

from datetime import timedelta

from core import audit
from core.actor import SYSTEM
from core.jobs import start_job
from worker.checkpoints import Checkpoints

SECRET = b"thirty-two octets of a secret..."


def test_a_checkpoint_an_hour(runtime, clock, tmp_path):
    ticks = iter(range(0, 100_000, 100))
    sign = Checkpoints(runtime.database, tmp_path, SECRET, tick=lambda: next(ticks))
    path = tmp_path / "checkpoints.jsonl"

    def signed() -> int:
        sign()
        return len(path.read_text().splitlines()) if path.exists() else 0

    runtime.executor.run(SYSTEM, start_job, "nothing", "ref")
    clock.move(timedelta(minutes=2))
    assert signed() == 1
    runtime.executor.run(SYSTEM, start_job, "nothing", "ref")
    clock.move(timedelta(minutes=30))
    assert signed() == 1
    clock.move(timedelta(minutes=31))
    assert signed() == 2
    trusted = audit.public_key(audit.signing_key(SECRET))
    assert audit.verify(runtime.database, tmp_path, trusted).sound
