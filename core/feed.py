"""The change feed: one sequencer numbers public changes after their commit.

A clock or an insertion id would lose rows, because commits do not happen in the order of either;
the sequencer's own lock is held until its commit, so readers may ask for `seq > last seen`.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import NotFound
from core.facts import Fact
from core.models import Change, Feed
from core.unit_of_work import UnitOfWork

PUBLIC_FEED = "public"


def number_changes(uow: UnitOfWork, facts: Sequence[Fact]) -> None:
    """The reaction that gives each fact the next number of the public feed."""
    try:
        feed = uow.lock(Feed, PUBLIC_FEED)
    except NotFound:
        feed = uow.create(Feed(id=PUBLIC_FEED, last=0))
    for fact in facts:
        feed.row.last += 1
        feed.add(Change(seq=feed.row.last, ref=fact.ref, op=fact.topic, at=feed.now))
    feed.record("numbered", upto=feed.row.last)
