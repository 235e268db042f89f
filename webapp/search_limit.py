"""How often one address may search in a minute, counted without a write for each search.

A process counts a share of the minute by itself and brings only whole shares to the row that all
processes count on: who searches as people do never writes. An address gets at most one share a
process more than the limit says.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from threading import Lock
from typing import Final

import structlog
from flask import Flask, Response, make_response, render_template, request

from accounts.limits import count_request, fingerprint
from core.database import Database
from core.i18n import N_
from webapp.language import plain
from webapp.runtime import the_market

log = structlog.get_logger()
SEARCHES: Final = frozenset(
    {"search.page", "search.needs", "search.suggest", "search.why", "machines.atom"}
)
"""Endpoints that ask the search engine for whoever comes."""
SHARES: Final = 12
"""Into how many shares the limit is cut."""
MINUTE: Final = 60.0


class SharedCount:
    """One process's part of the count; `clock` gives seconds that only go forward."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._counts: dict[str, int] = {}
        self._until: dict[str, float] = {}
        self._ends = 0.0

    def wait(self, database: Database, subject: str, most: int) -> int:
        """Counts one search. How many seconds its sender has to wait; 0: none."""
        share = max(1, most // SHARES)
        with self._lock:
            now = self._clock()
            self._begin_minute(now)
            if (until := self._until.get(subject, 0.0)) > now:
                return math.ceil(until - now)
            count = self._counts[subject] = self._counts.get(subject, 0) + 1
        if count % share:
            return 0
        rate = count_request(database, subject, most, by=share)
        if not rate.exceeded:
            return 0
        with self._lock:
            self._until[subject] = now + rate.seconds
        return rate.seconds

    def _begin_minute(self, now: float) -> None:
        if now >= self._ends:
            self._counts.clear()
            self._until = {who: until for who, until in self._until.items() if until > now}
            self._ends = now + MINUTE


def install(app: Flask) -> None:
    """Asks before any search, for whoever comes."""
    counted = SharedCount()

    def ask() -> Response | None:
        if request.endpoint not in SEARCHES:
            return None
        market = the_market()
        subject = fingerprint(f"search:{request.remote_addr}")
        try:
            seconds = counted.wait(market.database, subject, market.settings.search_per_minute)
        except Exception:
            log.exception("search not counted")  # the limit is a courtesy to others: search goes on
            return None
        return _later(seconds) if seconds else None

    app.before_request(ask)


def _later(seconds: int) -> Response:
    words = N_("Too many searches from your connection. Search again in %(seconds)s seconds.")
    said = plain(words, seconds=seconds)
    answer = make_response(render_template("errors/later.html", said=said), 429)
    answer.headers["Retry-After"] = str(seconds)
    return answer
