"""One question to several engines: their answers beside each other, one of them away or not."""

import shutil

import pytest

from search import trial
from search.embedded import EmbeddedEngine
from search.plan import Reason, plan
from search.queries import SearchRequest
from tests.search.made import document, entry

FILM = SearchRequest(text="石墨烯 散热")


@pytest.fixture
def half(tmp_path):
    """An engine that lacks most of what the other holds."""
    engine = EmbeddedEngine(tmp_path / "half")
    engine.rebuild([entry(document("film", "一种石墨烯散热膜的制备方法"))])
    yield engine
    engine.close()


@pytest.fixture
def away(tmp_path):
    engine = EmbeddedEngine(tmp_path / "away")
    shutil.rmtree(tmp_path / "away")
    (tmp_path / "away").write_text("no folder", encoding="utf-8")
    return engine


def test_each_engine_answers_in_its_turn(stocked, half):
    first, second = trial.ask_each({"one": stocked, "two": half}, FILM)
    assert (first.engine, second.engine) == ("one", "two")
    assert first.page.total >= second.page.total == 1
    assert first.milliseconds > 0 < second.milliseconds
    assert trial.in_common([first, second]) == 1


def test_one_that_is_away_says_why_and_keeps_nobody_from_answering(stocked, away):
    gone, there = trial.ask_each({"gone": away, "there": stocked}, FILM)
    assert gone.page is None
    assert gone.problem
    assert there.page.total > 0
    assert trial.in_common([gone, there]) is None


def test_states_tell_what_can_be_found_and_what_is_wrong(stocked, half, away, tmp_path):
    new = EmbeddedEngine(tmp_path / "new")
    engines = {"full": stocked, "half": half, "new": new, "away": away}
    full, part, empty, gone = trial.states(engines)
    assert (part.documents, part.needs_rebuild) == (1, "")
    assert full.documents > 1
    assert (empty.documents, empty.needs_rebuild) == (0, "new")
    assert gone.documents is None
    assert gone.problem
    new.close()


def test_everything_that_ranks_is_listed_with_its_weight(half):
    page = half.search(SearchRequest(text="散热 graphene"))
    found = list(trial.weighed(page.plan))
    said = {(line.field, line.token): line.weight for line in found}
    assert said["title_pairs", "散热"] == said["pairs", "散热"] / 4
    assert ("words", "散热") not in said
    assert any(line.part.reason is Reason.BRIDGE for line in found)
    signals = [line for line in found if line.field == "published"]
    assert signals
    assert all(line.token.startswith("≥ 20") and line.weight < 1 for line in signals)
    assert next(line.token for line in trial.weighed(plan("膜"))) == "膜…"


def test_tokens_are_those_of_the_analysis():
    found = trial.analysed(SearchRequest(text="石墨烯散热 films"))
    assert {"石墨烯", "散热", "film"} <= set(found.words)
    assert "墨烯" in found.pairs
