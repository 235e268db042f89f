"""What happens before the doors open: schema, sample market, index; and what is then printed.

With Elasticsearch the index is built behind open doors (`serving.keep_index`): a market whose
search is away, or is built for an hour, serves everything else meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable

from bootstrap import Runtime
from migrations import running
from sample import load
from search import indexer
from search.errors import IndexBusy, SearchUnavailable

Say = Callable[[str], None]


def prepare(market: Runtime, *, sample: bool, say: Say) -> None:
    """Brings the installation to where pages can be served; keeps every row that is there."""
    if running.current(market.database) != running.head():
        say("Bringing the schema up to date.")
        running.upgrade(market.database)
    fresh = sample and market.settings.demo and load.unfinished(market)
    if fresh:
        say("Loading the sample market.")
        load.load(market, say)
    _prepare_index(market, say)
    if fresh:
        # A visitor's first search should find the sample. Later starts do not wait for the queues:
        # a long import that a restart interrupted goes on beside the pages.
        market.worker.run_until_idle()


def _prepare_index(market: Runtime, say: Say) -> None:
    try:
        if not market.search.health().needs_rebuild:
            return
        if market.settings.elasticsearch_urls:
            say("The search index is built beside the open pages, which say so until it is done.")
            return
        say("Building the search index.")
        indexer.reindex(market.database, market.search, market.loaders)
    except IndexBusy:
        say("Another process builds the search index; until it is done, pages say so.")
    except SearchUnavailable as down:
        say(f"Search does not answer: {down.why}")
        say("Everything else works; search pages show the catalogue from the database.")


def greeting(market: Runtime, *, sample: bool) -> str:
    """The address, and in a demo one sign-in for each role."""
    lines = ["", f"The market is open at {market.settings.address}", ""]
    if sample and market.settings.demo:
        lines += [*load.sign_ins(), ""]
        lines += ["Mail is not sent but shown at /dev/mail, SMS at /dev/sms."]
        lines += ["Officers, operators and auditors sign in with a code, too: it is at /dev/codes."]
    return "\n".join(lines)
