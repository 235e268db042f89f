"""A client of the wired app, and a market with something to see."""

import pytest

from search import indexer
from tests.apps import plain_app
from tests.listings.conftest import Market, count_queries, market, people


@pytest.fixture
def app(runtime):
    return plain_app(runtime)


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
