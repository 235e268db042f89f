"""A copy of everything, and being forgotten: with a canary that must be gone from everywhere."""

from __future__ import annotations

import io
import itertools
import json
import zipfile
from dataclasses import dataclass

import pytest
from sqlalchemy import inspect, select, text

import bootstrap
from accounts.actions.accept_invitation import accept_invitation
from accounts.actions.ask_erasure import ask_erasure
from accounts.actions.ask_export import ask_export
from accounts.actions.end_membership import end_membership
from accounts.actions.invite_member import invite_member
from accounts.actions.keep_account import keep_account
from accounts.codes import Codes
from accounts.erasing import obstacles
from accounts.errors import ErasureWaits, ExportUnderWay
from accounts.exporting import exported
from accounts.models import Person, PersonExport
from accounts.privacy import own_export
from accounts.seeding import Registrar
from core.actor import ANONYMOUS
from core.audit import verify_streams
from core.errors import NotFound
from core.holdings import Keeps
from core.models import Base, Job
from deals.actions.send_inquiry import send_inquiry
from deals.models import Deal, Inquiry
from deals.rules import Question
from listings.actions.save_item import save_item
from listings.models import Listing
from tests.people.conftest import HOLDINGS

EVERY_DATABASE = True

CANARY = "zeisig"
"""Followed by a number of its own for each bird: no other test's word is taken for it."""
_hatched = itertools.count(1001)


def found_in(market, word):
    """Where a word stands: tables with their columns, and files in the data folder."""
    places = []
    with market.database.read() as session:
        names = inspect(session.connection()).get_table_names()
        for table in sorted(set(names) & set(Base.metadata.tables)):
            for row in session.execute(text(f'SELECT * FROM "{table}"')).mappings():
                places += [f"{table}.{key}" for key, value in row.items() if word in str(value)]
    for path in market.settings.data_dir.rglob("*"):
        if path.is_file() and ".sqlite3" not in path.name and word.encode() in path.read_bytes():
            places.append(path.name)
    return places


@dataclass(frozen=True)
class Bird:
    person: str
    word: str
    listing: str
    house: str

    @property
    def mail(self):
        return f"{self.word}@birds.example"


@pytest.fixture
def bird(people):
    """Somebody with an account, a seat, an inquiry, a saved result, letters and duties."""
    market, word = people.market, f"{CANARY}{next(_hatched)}"
    registrar, run = Registrar(market.executor), market.executor.run
    mail = f"{word}@birds.example"
    person = registrar.person(mail, f"Anna {word}", "quiet rivers carry far", "en")
    with market.database.read() as session:
        row = session.scalars(
            select(Listing).where(Listing.state == "published").order_by(Listing.id)
        ).first()
        listing, house = row.id, row.owner_org
    office = next(s for s in people.seats() if s.organisation == house and "tto_officer" in s.roles)
    actor = people.actor(office.person)
    asked = run(actor, invite_member, house, mail, ["tto_officer"], "en")
    token = Codes(market.executor.ports.secret).token("invitation", asked.ref)
    people.work()
    run(people.actor(person), accept_invitation, token)
    run(people.actor(person), save_item, f"listing:{listing}", note=f"ask {word}")
    people.work()
    return Bird(person, word, listing, house)


def make_due(market, person):
    """The days in which it can be taken back go by."""
    with market.database.write() as session:
        row = session.get(Person, person)
        row.erase_after = market.database.now(session)
        session.commit()
    market.executor.settle(f"person:{person}")


def test_a_copy_holds_every_row_and_no_secret(people, bird):
    person, market = bird.person, people.market
    asked = market.executor.run(people.actor(person), ask_export)
    with pytest.raises(ExportUnderWay):
        market.executor.run(people.actor(person), ask_export)
    people.work()
    other = next(seat.person for seat in people.seats() if seat.person != person)
    with market.database.read() as session:
        now = market.database.now(session)
        row = own_export(session, people.actor(person), asked.ref, now)
        with pytest.raises(NotFound):
            own_export(session, people.actor(other), asked.ref, now)
        with pytest.raises(NotFound):
            own_export(session, people.actor(person), asked.ref, row.expires_at)
        with market.files.open(row.sha256) as file:
            archive = zipfile.ZipFile(io.BytesIO(file.read()))
        data = json.loads(archive.read("data.json"))["tables"]
        for one in HOLDINGS.columns:
            if one.keeps is Keeps.TENANT:
                assert one.name not in data
                continue
            held = select(one.column).where(one.column == person)
            if "made_at" in one.model.__table__.columns:  # the news that it is ready came later
                held = held.where(one.model.made_at <= row.made_at)
            assert len(data[one.name]) == len(session.execute(held).all()), one.name
    assert data["person"][0]["name"] == f"Anna {bird.word}"
    assert {row["value"] for row in data["contact_point.person"]} == {bird.mail}
    assert data["audit"]
    assert "hash" not in data["credential.person"][0]
    assert bird.word in archive.read("index.html").decode()


def test_of_an_act_only_time_and_number_are_given():
    steps = next(one for one in HOLDINGS.columns if one.name == "deal_step.by")
    assert exported(steps) == ["n", "at"]


def test_the_canary_is_gone_from_everywhere_and_the_chain_still_verifies(people, bird):
    person, listing, house, word = bird.person, bird.listing, bird.house, bird.word
    market = people.market
    run = market.executor.run
    question = Question(
        listing, way="ordinary", purpose="products", timetable="year", question=f"I am {word}",
        name=f"Anna {word}", firm="Birds", mail=bird.mail,
    )  # fmt: skip
    other = next(s for s in people.seats() if s.organisation == house and s.person != person)
    run(people.actor(person), send_inquiry, question)
    run(people.actor(other.person), end_membership, other.id, person)
    run(people.actor(person), ask_export)
    people.work()
    assert {"person.name", "contact_point.value", "inquiry.sender_name", "inquiry.question"} <= set(
        found_in(market, word)
    )
    run(people.actor(person), ask_erasure)
    run(people.actor(person), keep_account)
    market.executor.settle(f"person:{person}")
    assert people.actor(person).organisations == {house}
    run(people.actor(person), ask_erasure)
    make_due(market, person)
    people.work()
    assert found_in(market, word) == []
    assert people.orphans() == []
    assert people.actor(person) == ANONYMOUS
    with market.database.read() as session:
        assert session.get(Person, person).state == "erased"
        assert session.scalar(select(Inquiry.id).where(Inquiry.sender_person == person))
        assert verify_streams(session).faults == []
        jobs = select(Job.state).where(Job.kind == "erase_person")
        assert set(session.scalars(jobs)) == {"done"}


def test_an_open_deal_in_ones_own_name_comes_first(people, bird):
    person = bird.person
    market = people.market
    with market.database.write() as session:
        deal = session.scalars(select(Deal).where(Deal.state == "talking")).first()
        deal.buyer_person, deal.buyer_org = person, None
        session.commit()
    with pytest.raises(ErasureWaits):
        market.executor.run(people.actor(person), ask_erasure)
    make_due(market, person)
    people.work()
    with market.database.read() as session:
        row = session.get(Person, person)
        assert (row.state, row.erase_after is not None) == ("active", True)
        now = market.database.now(session)
        assert len(obstacles(session, HOLDINGS, person, now)) == 1


def test_an_export_is_thrown_away_in_time(people, bird):
    person, market = bird.person, people.market
    asked = market.executor.run(people.actor(person), ask_export)
    people.work()
    with market.database.write() as session:
        row = session.get(PersonExport, asked.ref)
        sha256, row.expires_at = row.sha256, market.database.now(session)
        session.commit()
    assert market.files.path(sha256).read_bytes()[:2] == b"PK"
    market.executor.settle(f"person:{person}")
    with pytest.raises(FileNotFoundError):
        market.files.open(sha256)


def test_streams_of_what_is_held_are_named_by_columns_that_never_change():
    """Else an erasure cannot know before its locks what to lock, and fails."""
    loose = [
        f"{one.name}: {column}"
        for one in bootstrap.holdings().columns
        if one.key is not None
        for column in one.key.property.columns
        if not (column.primary_key or column.info.get("fixed"))
    ]
    assert loose == []
