"""A merge against what would make it unlawful, in the same moment, and money after it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import text, update

from accounts.models import Organisation
from accounts.queries import houses, one_house
from billing.actions.add_account import NewAccount, add_account
from billing.actions.approve_account import approve_account
from billing.queries import account_for, own_account
from core.actor import Seat
from deals.actions.open_deal import open_deal
from deals.models import Deal
from governance.actions.approve_merge import approve_merge
from governance.actions.propose_merge import propose_merge
from governance.models import OrganisationMerge
from tests.deals.conftest import OPERATOR, person
from tests.deals.test_races import count
from tests.racing import ROUNDS, race

SECOND = person("second-operator", OPERATOR)


@pytest.fixture
def alike(stage):
    """The buyer is an institute too: only then could the two be one."""
    change(stage, update(Organisation).where(Organisation.id == "firm").values(kind="institute"))
    return stage


def change(stage, *statements) -> None:
    with stage.executor.database.write() as session:
        for statement in statements:
            session.connection().execute(statement)
        session.commit()


def apart(stage) -> None:
    """The scene anew: two organisations, no deal, no merge."""
    with stage.executor.database.write() as session:
        session.connection().execute(
            update(Organisation)
            .where(Organisation.id == "firm")
            .values(state="vetted", merged_into=None)
        )
        session.connection().execute(
            text(
                "UPDATE organisation_merge SET state = 'withdrawn', "
                "decided_at = proposed_at WHERE state = 'proposed'"
            )
        )
        session.commit()


def test_a_deal_that_opens_and_a_merge_of_its_two_sides(alike, clock):
    stage, won = alike, set()
    for _ in range(max(4, ROUNDS // 10)):
        inquiry = stage.ask(stage.buyer)
        change(stage, text("UPDATE inquiry SET sender_org = 'firm'"))
        merge = stage.executor.run(
            stage.operator, propose_merge, "firm", "institute", "同一单位"
        ).ref
        before = count(stage, Deal)
        ends = race(
            partial(stage.executor.run, stage.officer, open_deal, inquiry),
            partial(stage.executor.run, SECOND, approve_merge, merge),
        )
        opened, merged = count(stage, Deal) - before, count(
            stage, OrganisationMerge, OrganisationMerge.id == merge,
            OrganisationMerge.state == "approved",
        )  # fmt: skip
        assert opened + merged == 1, ends
        assert ends in (["done", "merge_unlawful"], ["deal_with_oneself", "done"])
        won.add(opened)
        if opened:
            change(stage, text("UPDATE deal SET state = 'refused'"))
        apart(stage)
        clock.move(timedelta(minutes=61))
    assert won, "who came first is chance; that one of them lost is not"


def test_what_was_merged_goes_on_receiving_on_its_own_account(alike, clock):
    stage = alike
    new = NewAccount("firm", "seller", "CNY", "firm甲", "中国银行", "6222021001", "营业执照")
    officer = person("buyer", Seat("firm", "institute", frozenset({"tto_officer"})))
    account = stage.executor.run(officer, add_account, new).ref
    stage.executor.run(stage.operator, approve_account, account)
    with stage.executor.database.read() as session:
        assert own_account(session, "institute", "CNY") is None
    merge = stage.executor.run(stage.operator, propose_merge, "firm", "institute", "同一单位").ref
    stage.executor.run(SECOND, approve_merge, merge)
    with stage.executor.database.read() as session:
        for one in ("institute", "firm"):
            assert own_account(session, one, "CNY") == account
            assert account_for(session, one, "CNY") == account
            assert set(session.scalars(one_house(one))) == {"institute", "firm"}
        assert own_account(session, "rival", "CNY") is None
        assert houses(session, ["firm", "institute", "rival"]) == {"firm": "institute"}
