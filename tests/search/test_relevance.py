"""What `make relevance` fails on; the measuring itself is no test."""

import pytest

from benchmarks.search.relevance import FLOORS, GOALS, ON_ELASTICSEARCH, goal_of, verdict
from search.evaluate import Figures


def figures(name, ndcg10=0.0, reach=0.0):
    """The set's floors, moved by so much."""
    floor = FLOORS[name]
    return Figures(100, floor[0] + ndcg10, floor[1], floor[2] + reach)


@pytest.mark.parametrize(
    ("name", "kind", "ndcg10", "reach", "said"),
    [
        ("cranfield", "embedded", 0.0, 0.0, "ok"),
        ("cranfield", "embedded", -0.01, 0.0, "within noise"),
        ("cranfield", "embedded", -0.011, 0.0, "BELOW FLOOR"),
        ("cranfield", "embedded", 0.05, -0.02, "BELOW FLOOR"),
        ("cranfield", "elasticsearch", 0.035, 0.0, "BELOW GOAL 0.38"),
        ("cranfield", "elasticsearch", 0.036, 0.0, "ok"),
        ("cranfield", "elasticsearch", 0.036, -0.02, "BELOW FLOOR"),
        ("csl-title", "embedded", -0.015, 0.0, "BELOW GOAL 0.97"),
        ("csl-title", "embedded", -0.011, 0.0, "BELOW FLOOR"),
        ("csl-title", "elasticsearch", -0.01, 0.0, "within noise"),
        ("patent-titles-en-zh", "embedded", 0.1, 0.0, "BELOW GOAL 0.14"),
        ("patent-titles-en-zh", "elasticsearch", 0.136, 0.0, "ok"),
        ("csl-keywords", "elasticsearch", 0.001, 0.0, "ok"),
    ],
)
def test_floors_and_goals_both_count(name, kind, ndcg10, reach, said):
    assert verdict(name, kind, figures(name, ndcg10, reach)) == said


def test_every_goal_is_of_a_set_with_floors():
    assert set(GOALS) | set(ON_ELASTICSEARCH) <= set(FLOORS)
    for name, goal in ON_ELASTICSEARCH.items():
        assert goal_of(name, "elasticsearch") == goal > FLOORS[name][0]
        assert goal_of(name, "embedded") == GOALS.get(name, 0.0)
