"""What happens before the doors open: schema, sample market, index; and what is then printed."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select

from bootstrap import Runtime
from core.models import Stream
from migrations import running
from search import indexer

Say = Callable[[str], None]


def prepare(market: Runtime, *, sample: bool, say: Say) -> None:
    """Brings the installation to where pages can be served; keeps every row that is there."""
    if running.current(market.database) != running.head():
        say("Bringing the schema up to date.")
        running.upgrade(market.database)
    if sample and market.settings.demo and _empty(market):
        from sample import load  # noqa: PLC0415  production never reads the sample's files

        say("Loading the sample market.")
        load.load(market, say)
    reason = market.search.health().needs_rebuild
    if reason:
        say("Building the search index.")
        indexer.reindex(market.database, market.search, market.loaders)
    market.worker.run_until_idle()


def _empty(market: Runtime) -> bool:
    with market.database.read() as session:
        return not session.scalar(select(func.count()).select_from(Stream))


def greeting(market: Runtime) -> str:
    """The address, and in a demo one sign-in for each role."""
    lines = ["", f"The market is open at {market.settings.address}", ""]
    if market.settings.demo:
        from sample import load  # noqa: PLC0415  as above

        lines += load.sign_ins()
    return "\n".join(lines)
