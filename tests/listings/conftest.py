"""People and a finished draft, for tests of the listings area."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from accounts.models import Organisation, OrganisationName, Person
from core.actor import Actor, Seat
from core.executor import Executor
from core.money import Money
from core.results import Done
from core.unit_of_work import UnitOfWork
from listings.actions.approve_listing import approve_listing
from listings.actions.check_title import Finding, check_title
from listings.actions.draft_result import draft_result
from listings.actions.publish_listing import publish_listing
from listings.actions.submit_listing import submit_listing
from listings.inputs import (
    AssetChange,
    ContactInput,
    ContributorInput,
    ListingChange,
    PatentInput,
    TextInput,
    WayInput,
)
from listings.kinds import AssetKind, CheckItem, CheckOutcome, Way

INSTITUTE, OTHER, FIRM, MARKET = ("1" * 32, "2" * 32, "3" * 32, "4" * 32)
NAMES = (
    "author",
    "officer",
    "colleague",
    "contributor",
    "buyer",
    "stranger",
    "operator",
    "auditor",
)
IDS = {name: f"{n:x}" * 32 for n, name in enumerate(NAMES, start=5)}


def _actor(name: str, organisation: str, kind: str, *roles: str) -> Actor:
    return Actor("person", IDS[name], (Seat(organisation, kind, frozenset(roles)),))


@dataclass(frozen=True)
class People:
    author = _actor("author", INSTITUTE, "institute", "researcher")
    officer = _actor("officer", INSTITUTE, "institute", "tto_officer")
    colleague = _actor("colleague", INSTITUTE, "institute", "researcher")
    contributor = Actor("person", IDS["contributor"])
    buyer = _actor("buyer", FIRM, "firm", "firm_admin", "firm_member")
    stranger = _actor("stranger", OTHER, "institute", "tto_officer")
    operator = _actor("operator", MARKET, "operator", "operator")
    auditor = _actor("auditor", MARKET, "operator", "auditor")


TEXT = TextInput(
    language="zh",
    title="石墨烯-铜复合散热膜的低温连续制备",
    value_line="350℃以下卷对卷成膜，比现用人工石墨膜薄40%。",
    abstract="用于平板电脑和车载控制器的散热膜，在卷对卷设备上连续制备。",
    keywords=("散热膜", "石墨烯"),
    receives=("工艺文件", "样膜20张"),
)
ENGLISH = TextInput(
    language="en",
    title="Low-temperature roll-to-roll graphene-copper heat spreader",
    value_line="Film made below 350 degrees, 40 % thinner than graphite sheets in use.",
    abstract="A heat spreading film for tablets and vehicle controllers.",
)
ASSET = AssetChange(
    trl=7,
    stage="pilot",
    origin="original",
    registration="3302026Y0417",
    ipc=("H05K7/20", "C01B32/186"),
    contributors=(
        ContributorInput("陆闻笛", person=IDS["author"], share_bp=6000),
        ContributorInput("何其蓁", person=IDS["contributor"], share_bp=4000),
    ),
    patents=(PatentInput(application_number="CN202310482617.0", legal_status="in_force"),),
)
CHANGE = ListingChange(
    texts=(ENGLISH,),
    ways=(
        WayInput(
            Way.EXCLUSIVE, Money.of("2400000", "CNY"), royalty_bp=300, royalty_base="net_sales"
        ),
        WayInput(Way.ORDINARY, Money.of("400000", "CNY")),
    ),
    contact=ContactInput(name="周砚秋", phone="0571-0000 0217", answer_days=3),
    asset=ASSET,
)
ALL_OK = {item: Finding(CheckOutcome.OK, "登记簿副本") for item in CheckItem}


def _found_world(uow: UnitOfWork) -> Done:
    now = uow.now(uow.open())
    for name, id in IDS.items():
        uow.create(Person(id=id, name=name, state="active", created_at=now)).record("made")
    kinds = {INSTITUTE: "institute", OTHER: "institute", FIRM: "firm", MARKET: "operator"}
    for id, kind in kinds.items():
        at = uow.create(
            Organisation(id=id, kind=kind, state="vetted", number=id[:18], registered_at=now)
        )
        at.add(
            OrganisationName(organisation=id, language="zh", name=f"{kind} {id[0]}", original=True)
        )
        at.record("made")
    return Done()


@pytest.fixture
def people(executor: Executor) -> People:
    from core.actor import SYSTEM

    executor.run(SYSTEM, _found_world)
    return People()


@dataclass(frozen=True)
class Market:
    """Takes a listing as far along its life as a test needs."""

    executor: Executor
    people: People

    def draft(self, change: ListingChange = CHANGE, **asset: object) -> str:
        if asset:
            change = replace(change, asset=replace(change.asset or ASSET, **asset))
        run = self.executor.run
        return run(self.people.author, draft_result, INSTITUTE, AssetKind.RESULT, TEXT, change).ref

    def submitted(self, **asset: object) -> str:
        listing = self.draft(**asset)
        self.executor.run(self.people.author, submit_listing, listing)
        return listing

    def checked(self, **asset: object) -> str:
        listing = self.submitted(**asset)
        self.executor.run(self.people.officer, check_title, listing, ALL_OK)
        return listing

    def approved(self, **asset: object) -> str:
        listing = self.checked(**asset)
        self.executor.run(self.people.officer, approve_listing, listing)
        return listing

    def published(self, **asset: object) -> str:
        asset.setdefault("contributors", (ContributorInput("陆闻笛", share_bp=10_000),))
        listing = self.approved(**asset)
        self.executor.run(self.people.officer, publish_listing, listing)
        return listing


@pytest.fixture
def market(executor: Executor, people: People) -> Market:
    return Market(executor, people)


@pytest.fixture
def count_queries(runtime) -> Callable:
    """How many questions a function asks on a read session; where one begins is none."""
    from sqlalchemy import event

    def count(work: Callable) -> int:
        sent: list[str] = []

        def note(_c, _cursor, statement, *_rest):
            if statement != "BEGIN":
                sent.append(statement)

        with runtime.database.read() as session:
            engine = session.get_bind()
            event.listen(engine, "before_cursor_execute", note)
            try:
                work(session)
            finally:
                event.remove(engine, "before_cursor_execute", note)
        return len(sent)

    return count
