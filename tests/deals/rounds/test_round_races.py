"""Two at once in a round: one outcome each, on every database."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from deals.actions.walk_away import walk_away
from deals.models import AssetClaim, Deal
from deals.rounds.actions.give_key import give_key
from deals.rounds.actions.leave_quote import leave_quote
from deals.rounds.actions.qualify_party import qualify_party
from deals.rounds.actions.withdraw_round import withdraw_round
from deals.rounds.models import Quote
from tests.deals.rounds.conftest import FLOOR, KEYS
from tests.racing import ROUNDS, race

TIMES = max(1, ROUNDS // 10)


def test_a_quote_at_the_deadline_is_in_time_or_no_row(scene):
    run, settle = scene.run, scene.stage.executor.settle
    for number in range(TIMES):
        begin(scene)
        firm, rival = scene.parties()
        scene.keys()
        scene.pass_deadline()
        scene.quote(scene.stage.stranger, rival, FLOOR)
        ends = scene.row().due_at
        scene.clock.set(ends - timedelta(microseconds=number % 2))

        def pass_deadline(ends=ends, name=f"round:{scene.round}") -> None:
            scene.clock.set(ends)
            settle(name)

        sealed = scene.sealed(firm, FLOOR + 1)
        found = race(partial(run, scene.stage.buyer, leave_quote, firm, *sealed), pass_deadline)
        assert found[1] == "done"
        assert found[0] in {"done", "round_moved_on"}
        kept = scene.rows(Quote, Quote.registration == firm)
        assert len(kept) == (found[0] == "done")
        assert all(one.at < ends for one in kept)
        scene.give("office")
        scene.give("second")
        assert scene.row().price_minor == FLOOR + len(kept)
        free_again(scene)


def test_two_openings_at_once_award_once(scene):
    run, stage = scene.run, scene.stage
    for _ in range(TIMES):
        begin(scene)
        firm, rival = scene.parties()
        scene.keys()
        scene.pass_deadline()
        scene.quote(stage.buyer, firm, FLOOR)
        scene.quote(stage.stranger, rival, FLOOR + 3)
        scene.pass_deadline()
        found = race(
            partial(run, stage.officer, give_key, scene.round, KEYS["office"]),
            partial(run, stage.operator, give_key, scene.round, KEYS["second"]),
            partial(run, stage.operator, give_key, scene.round, KEYS["second"]),
        )
        assert found[0] == "done"
        assert "done" in found[1:]
        assert set(found) <= {"done", "round_moved_on"}
        assert (scene.row().state, scene.row().price_minor) == ("awarded", FLOOR + 3)
        assert len(scene.rows(Deal, Deal.posting == scene.row().posting)) == 1
        assert len(scene.rows(AssetClaim)) == 1
        free_again(scene)


def test_the_end_of_the_period_is_settled_once(scene):
    settle = scene.stage.executor.settle
    for _ in range(TIMES):
        begin(scene)
        scene.parties(rivals=0)
        scene.clock.set(scene.row().due_at)
        work = partial(settle, f"round:{scene.round}")
        assert race(work, work, work) == ["done", "done", "done"]
        assert scene.row().state == "awarded"
        assert len(scene.rows(Deal, Deal.posting == scene.row().posting)) == 1
        free_again(scene)


def test_withdrawal_against_the_first_qualification(scene):
    run, stage = scene.run, scene.stage
    for _ in range(TIMES):
        begin(scene)
        registration = scene.register()
        found = race(
            partial(run, stage.officer, qualify_party, registration),
            partial(run, stage.second, withdraw_round, scene.round),
        )
        assert sorted(found) in (["done", "round_begun"], ["done", "round_moved_on"])
        if scene.row().state == "disclosed":
            scene.pass_deadline()
            assert scene.row().state == "awarded"
            free_again(scene)


def begin(scene) -> None:
    scene.clock.move(timedelta(minutes=1))
    scene.announce()


def free_again(scene) -> None:
    """The deal ends, so that the way can be listed again."""
    scene.run(scene.stage.officer, walk_away, scene.row().deal, "price")
    assert scene.rows(AssetClaim) == []
