"""One address searches so often in a minute; counting it writes a row for each share only."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.models import RequestCount
from core.settings import Settings
from tests.webapp.desks import app
from webapp.search_limit import SEARCHES, SharedCount

__all__ = ["app"]
PLACES = ("/search?q=x", "/needs?q=x", "/search/suggest?q=x", "/search/why?q=x", "/search.atom?q=x")
FEW, SHARE = 24, 2


@pytest.fixture
def narrow(runtime):
    """A market that lets an address search 24 times a minute: in shares of two."""
    wide = runtime.settings
    runtime.settings = Settings.model_copy(wide, update={"search_per_minute": FEW})
    yield runtime
    runtime.settings = wide


@pytest.fixture
def counts(runtime):
    def read() -> list[int]:
        with runtime.database.read() as session:
            return list(session.scalars(select(RequestCount.count)))

    return read


def ask(app, place: str, address: str):
    return app.test_client().get(place, environ_base={"REMOTE_ADDR": address})


def test_after_the_limit_a_plain_page_says_when_to_come_again(app, narrow):
    answers = [ask(app, PLACES[0], "203.0.113.1") for _ in range(FEW + SHARE)]
    assert [answer.status_code for answer in answers] == [200] * (FEW + SHARE - 1) + [429]
    for place in PLACES:
        refused = ask(app, f"/en{place}", "203.0.113.1")
        seconds = refused.headers["Retry-After"]
        assert (refused.status_code, 0 < int(seconds) <= 60) == (429, True)
        assert f"Search again in {seconds} seconds" in refused.text
    assert ask(app, "/rules", "203.0.113.1").status_code != 429
    assert ask(app, PLACES[0], "203.0.113.2").status_code == 200


def test_every_search_is_among_what_is_counted(app):
    found = {app.url_map.bind("localhost").match(place.partition("?")[0])[0] for place in PLACES}
    assert found == SEARCHES


def test_only_whole_shares_are_written(database, counts):
    one = SharedCount()
    assert [one.wait(database, "who", 300) for _ in range(24)] == [0] * 24
    assert counts() == []
    assert one.wait(database, "who", 300) == 0
    assert counts() == [25]


def test_processes_count_together(database):
    one, other = SharedCount(), SharedCount()
    assert sum(bool(one.wait(database, "who", 24)) for _ in range(24)) == 0
    assert [bool(other.wait(database, "who", 24)) for _ in range(3)] == [False, True, True]


def test_the_next_minute_begins_anew(database, clock):
    seconds = [0.0]
    count = SharedCount(lambda: seconds[0])
    waits = [count.wait(database, "who", 12) for _ in range(13)]
    assert waits[:12] == [0] * 12
    seconds[0] += waits[12]
    clock.move(timedelta(seconds=waits[12]))
    assert count.wait(database, "who", 12) == 0
