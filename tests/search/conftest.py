"""Every engine there is, each behind the same port."""

import pytest

from search.embedded import EmbeddedEngine
from tests.search.made import entry, market


@pytest.fixture(params=["embedded"])
def engine(request, tmp_path):
    made = EmbeddedEngine(tmp_path / "index")
    yield made
    made.close()


@pytest.fixture
def stocked(engine):
    """An engine that holds the small market."""
    engine.rebuild(entry(document) for document in market())
    return engine
