"""The sample on a clock that stands, for tests that compare the market with itself."""

from __future__ import annotations

import io
import logging
import shutil
from datetime import UTC, datetime

import pytest
import structlog

import bootstrap
from core.clock import SetClock
from core.models import Base
from sample import load
from search import indexer
from tests import databases
from tests.conftest import START
from tests.sampled import _settings, loaded


@pytest.fixture(scope="module")
def market(_market):
    """Rows are planted later, by the module's own worlds alone."""
    runtime, clock = _market
    databases.empty(runtime.database, Base.metadata)
    clock.set(START)
    load.load(runtime)
    indexer.reindex(runtime.database, runtime.search, runtime.loaders)
    runtime.worker.run_until_idle()
    return runtime


@pytest.fixture(scope="module")
def sqlite_market(tmp_path_factory, worker_id, sample_loaded):
    """The sample on a clock that stands, for what is sent a hundred times and undone: see
    `undoing`."""
    folder = tmp_path_factory.mktemp("undone") / "market"
    shutil.copytree(sample_loaded("sqlite"), folder)
    settings = _settings(folder, f"sqlite:///{folder / loaded(worker_id)}.sqlite3")
    runtime = bootstrap.build(settings, SetClock(datetime.now(UTC)))
    yield runtime
    runtime.close()


@pytest.fixture(scope="module")
def log():
    """All that is logged while secrets are planted and looked for."""
    kept, before = io.StringIO(), structlog.get_config()
    structlog.configure(
        logger_factory=structlog.PrintLoggerFactory(kept), cache_logger_on_first_use=False
    )
    handler = logging.StreamHandler(kept)
    logging.getLogger().addHandler(handler)
    yield kept
    logging.getLogger().removeHandler(handler)
    structlog.configure(**before)
