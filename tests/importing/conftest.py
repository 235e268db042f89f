from __future__ import annotations

import io
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select

from accounts.queries import load_actor
from accounts.registration import OrganisationDraft
from accounts.seeding import Registrar
from core.actor import Actor
from core.executor import Executor
from listings.importing.actions.check_import import check_import
from listings.importing.actions.decide_rows import decide_rows
from listings.importing.actions.run_import import run_import
from listings.importing.desk import take_file
from listings.importing.queries import ImportPage, import_page
from listings.models import Listing

DATA = Path(
    os.environ.get("QIAOYI_SHARED_DATA", Path(__file__).resolve().parents[3] / "shared/data")
)
needs_data = pytest.mark.skipif(
    not (DATA / "offers-nasa-t2").is_dir(), reason="the shared data sets are not on this machine"
)
PASSWORD = "quiet rivers carry far"


@dataclass
class Desk:
    """An institute's officer with a file in hand."""

    executor: Executor
    drain: Callable[[], None]
    officer: str
    institute: str

    @property
    def actor(self) -> Actor:
        with self.executor.database.read() as session:
            return load_actor(session, self.officer, self.executor.database.now(session))

    def take(self, content: bytes, name: str = "results.csv") -> str:
        stream = io.BytesIO(content)
        return take_file(self.executor, self.actor, self.institute, name, stream).ref

    def check(self, id: str) -> ImportPage:
        self.executor.run(self.actor, check_import, id)
        self.drain()
        return self.page(id)

    def run(self, id: str, decision: str | None = None) -> ImportPage:
        if decision:
            self.executor.run(self.actor, decide_rows, id, decision)
        self.executor.run(self.actor, run_import, id)
        self.drain()
        return self.page(id)

    def whole(self, content: bytes, name: str = "results.csv") -> ImportPage:
        id = self.take(content, name)
        self.check(id)
        return self.run(id)

    def page(self, id: str) -> ImportPage:
        with self.executor.database.read() as session:
            return import_page(session, self.actor, id)

    def listings(self) -> int:
        with self.executor.database.read() as session:
            return session.scalar(select(func.count()).select_from(Listing)) or 0


@pytest.fixture
def desk(executor: Executor, drain: Callable[[], None]) -> Desk:
    registrar = Registrar(executor)
    operator = registrar.person("operator@example.org", "Ou", PASSWORD, "en")
    registrar.operator({"en": "Market office", "zh": "市场办公室"}, "91330100MA0000000X", operator)
    officer = registrar.person("officer@example.org", "Fei", PASSWORD, "en")
    draft = OrganisationDraft(
        kind="institute",
        names={"en": "Lakeside Institute"},
        number="HRB 1",
        country="DE",
        register="Handelsregister",
        original="en",
    )
    institute = registrar.organisation(officer, draft, vetted_by=operator)
    return Desk(executor, drain, officer, institute)
