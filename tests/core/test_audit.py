"""Tampering with the chain: every edit, deletion, reorder and early truncation is found."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from sqlalchemy import text

from core import audit
from core.database import Database
from core.models import Base
from tests import databases
from tests.core import toy

SECRET = b"a secret of thirty-two octets...."
ROUNDS = 250


@pytest.fixture
def chained(market, tmp_path):
    """Forty streams with some entries each, all of them old enough for a signed checkpoint."""
    for n in range(40):
        deal = market.run(toy.person("a"), toy.open_deal, f"t{n}", 10**7).ref
        for _ in range(n % 4):
            market.run(toy.person("b"), toy.say, deal, "x")
    with market.database.write() as session:
        # The chain covers `at` inside the body; the column only serves to find what has settled.
        shift = timedelta(minutes=10)
        rows = session.connection().execute(text("SELECT n FROM audit")).all()
        assert rows
        moved = audit.Audit.__table__.update().values(at=market.database.now(session) - shift)
        session.connection().execute(moved)
        session.commit()
    audit.write_checkpoint(market.database, tmp_path, SECRET)
    return market, tmp_path


def sound(market, folder):
    trusted = audit.public_key(audit.signing_key(SECRET))
    return audit.verify(market.database, folder, trusted).sound


def edit(run, rng, rows):
    n, *_ = rng.choice(rows)
    column = rng.choice(["body", "hash", "prev"])
    run(f"UPDATE audit SET {column} = {column} || 'x' WHERE n = {n}")


def delete(run, rng, rows):
    n, *_ = rng.choice(rows)
    run(f"DELETE FROM audit WHERE n = {n}")


def reorder(run, rng, rows):
    many = [row for row in rows if row.seq > 1]
    n, stream, seq = rng.choice(many)
    run(f"UPDATE audit SET seq = -1 WHERE n = {n}")
    run(f"UPDATE audit SET seq = {seq} WHERE stream = '{stream}' AND seq = {seq - 1}")
    run(f"UPDATE audit SET seq = {seq - 1} WHERE n = {n}")


def truncate(run, rng, rows):
    """Cuts a tail and mends the stream's own row: only the signed checkpoint can know."""
    n, stream, seq = rng.choice([row for row in rows if row.seq > 1])
    kept = run(f"SELECT prev FROM audit WHERE n = {n}").scalar_one()
    run(f"DELETE FROM audit WHERE stream = '{stream}' AND seq >= {seq}")
    run(f"UPDATE stream SET seq = {seq - 1}, hash = '{kept}' WHERE key = '{stream}'")


def drop_stream(run, rng, rows):
    _, stream, _ = rng.choice(rows)
    run(f"DELETE FROM audit WHERE stream = '{stream}'")
    run(f"DELETE FROM stream WHERE key = '{stream}'")


def test_every_tampering_is_found(chained):
    market, folder = chained
    assert sound(market, folder)
    rng = random.Random(20261123)
    kinds = [edit, delete, reorder, truncate, drop_stream]
    missed = []
    for number in range(ROUNDS):
        tamper = kinds[number % len(kinds)]
        with market.database.write() as session:
            run = session.connection().exec_driver_sql
            rows = run("SELECT n, stream, seq FROM audit").all()
            tamper(run, rng, rows)
            seen = audit.verify_streams(session)
            trusted = audit.public_key(audit.signing_key(SECRET))
            audit.verify_checkpoints(session, folder, trusted, seen)
            if seen.sound:
                missed.append((number, tamper.__name__))
            session.rollback()
    assert missed == []
    assert sound(market, folder)


def test_a_checkpoint_that_was_edited_or_lost_is_found(chained):
    market, folder = chained
    path = folder / "checkpoints.jsonl"
    good = path.read_text()
    path.write_text(good.replace('\\"entries\\": ', '\\"entries\\": 1'))
    assert not sound(market, folder)
    path.write_text(good)
    market.run(toy.person("a"), toy.open_deal, "later", 1)
    with market.database.write() as session:
        past = market.database.now(session) - timedelta(minutes=9)
        session.connection().execute(audit.Audit.__table__.update().values(at=past))
        session.commit()
    audit.write_checkpoint(market.database, folder, SECRET)
    assert sound(market, folder)
    path.write_text(path.read_text().splitlines()[1] + "\n")
    assert not sound(market, folder)


def test_the_toy_tables_are_real(tmp_path):
    database = Database(databases.url_of("sqlite", tmp_path, "one"))
    databases.create(database, Base.metadata)
    with database.read() as session:
        assert audit.verify_streams(session).sound
    database.dispose()
