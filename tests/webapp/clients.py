"""A client of the wired app, and a market with something to see."""

import pytest

from search import indexer
from tests.listings.conftest import Market, count_queries, market, people
from webapp.factory import create_app


@pytest.fixture
def app(runtime):
    made = create_app(runtime)
    made.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    # A fault should fail the test with its own traceback, not become a page.
    made.error_handler_spec[None][None].pop(Exception, None)
    return made


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def shown(runtime, market, drain):
    """The id of a published listing that search already knows."""
    indexer.reindex(runtime.database, runtime.search, runtime.loaders)
    listing = market.published()
    drain()
    return listing


__all__ = ["Market", "count_queries", "market", "people"]
