from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.database import Database
from core.executor import Executor
from core.models import Base
from tests import databases
from tests.core import toy


@pytest.fixture(scope="session", params=databases.KINDS)
def toy_url(request, tmp_path_factory, worker_id: str) -> str:
    folder: Path = tmp_path_factory.mktemp("toy")
    url = databases.url_of(request.param, folder, f"qiaoyi_toy_{worker_id}")
    database = Database(url)
    databases.create(database, Base.metadata, toy.Toy.metadata)
    database.dispose()
    return url


@pytest.fixture(scope="session")
def toy_database(toy_url: str) -> Iterator[Database]:
    database = Database(toy_url)
    yield database
    database.dispose()


@pytest.fixture
def market(toy_database: Database) -> Executor:
    databases.empty(toy_database, Base.metadata, toy.Toy.metadata)
    return toy.executor(toy_database)
