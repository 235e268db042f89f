"""The sample market, and clients signed in as its people.

Pages are the same whatever holds the rows, and what holds them is tested by area on both databases.
So tests of the whole market run once, on PostgreSQL where there is one; a module that sends tens of
thousands of requests says `ONLY_DATABASE = "sqlite"`, which answers each sooner. One that asks the
database itself something says `EVERY_DATABASE = True` and runs on each, as all do in `make whole`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

import bootstrap
from accounts.codes import hash_token
from accounts.models import LoginSession
from accounts.queries import find_person
from bootstrap import Runtime
from core.actor import SYSTEM
from core.ids import new_id
from core.results import Done
from core.settings import Settings
from core.unit_of_work import UnitOfWork
from sample import load
from tests import databases
from tests.breadth import WHOLE
from webapp import opening
from webapp.factory import create_app


@pytest.fixture(scope="session")
def sample_loaded(tmp_path_factory, worker_id: str) -> Callable[[str], Path]:
    """The folder of a market with the sample that nobody uses: loading takes far longer than
    copying. On PostgreSQL its database is `loaded(worker)`."""
    made: dict[str, Path] = {}

    def load_once(kind: str) -> Path:
        if kind not in made:
            folder = tmp_path_factory.mktemp(f"loaded-{kind}")
            url = databases.url_of(kind, folder, loaded(worker_id))
            runtime = bootstrap.build(_settings(folder, url))
            opening.prepare(runtime, sample=True, say=lambda _line: None)
            runtime.close()
            made[kind] = folder
        return made[kind]

    return load_once


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "sample_market" in metafunc.fixturenames:
        every = WHOLE or getattr(metafunc.module, "EVERY_DATABASE", False)
        alone = getattr(metafunc.module, "ONLY_DATABASE", databases.KINDS[-1])
        kinds = databases.KINDS if every else [alone]
        metafunc.parametrize("sample_market", kinds, indirect=True, scope="module")


@pytest.fixture(scope="module")
def sample_market(request, tmp_path_factory, worker_id: str, sample_loaded) -> Iterator[Runtime]:
    """A copy for each module."""
    kind, folder = request.param, tmp_path_factory.mktemp("sample") / "market"
    shutil.copytree(sample_loaded(kind), folder)
    if kind == "sqlite":
        url = f"sqlite:///{folder / loaded(worker_id)}.sqlite3"
    else:
        url = databases.url_of(kind, folder, f"qiaoyi_sample_{worker_id}", loaded(worker_id))
    runtime = bootstrap.build(_settings(folder, url))
    yield runtime
    runtime.close()


def loaded(worker: str) -> str:
    """The name of the database that copies are made of."""
    return f"qiaoyi_loaded_{worker}"


def _settings(folder: Path, url: str) -> Settings:
    return Settings(
        _env_file=None,
        env="test",
        data_dir=folder,
        database_url=url,
        secret_key="only-for-tests-only-for-tests-only",
        search_per_minute=10**6,
    )


@pytest.fixture(scope="module")
def sample_app(sample_market: Runtime) -> Flask:
    app = create_app(sample_market)
    app.config.update(WTF_CSRF_ENABLED=False, TESTING=True)
    return app


@pytest.fixture(scope="module")
def client_of(sample_market: Runtime, sample_app: Flask, client_as) -> Callable[..., FlaskClient]:
    """A client signed in as the sample's person of a role; None is a visitor."""
    made: dict[str | None, FlaskClient] = {None: sample_app.test_client()}

    def client(role: str | None = None) -> FlaskClient:
        if role not in made:
            made[role] = client_as(demo_person(sample_market, role))
        return made[role]

    return client


@pytest.fixture(scope="module")
def client_as(sample_market: Runtime, sample_app: Flask) -> Callable[[str], FlaskClient]:
    """A new client signed in as a person, by id."""

    def client(person: str) -> FlaskClient:
        token = new_id()
        sample_market.executor.run(SYSTEM, _enter, person, token)
        made = sample_app.test_client()
        with made.session_transaction() as session:
            session["_user_id"], session["_fresh"] = token, True
        return made

    return client


def demo_person(market: Runtime, role: str) -> str:
    """The id of the person whose sign-in the market prints for a role."""
    mail = next(line.split()[1] for line in load.sign_ins() if line.split()[0] == role)
    with market.database.read() as session:
        person = find_person(session, "mail", mail)
    assert person is not None
    return person


def _enter(uow: UnitOfWork, person: str, token: str) -> Done:
    now = uow.now(uow.open())
    uow.add(
        LoginSession(
            token_hash=hash_token(token),
            person=person,
            created_at=now,
            last_seen_at=now + timedelta(days=1),  # used all along, whatever the clock does
            expires_at=now + timedelta(days=1),
        )
    )
    return Done()
