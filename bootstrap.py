"""Composition root: settings in, a wired `Runtime` out. Nothing starts by importing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import accounts.models
import datarooms.models
import deals.models
import listings.importing.models
import listings.models
import notifications.models
from accounts.actions.settle_person import settle_person
from core import logging
from core import models as core_models
from core.clock import Clock
from core.database import Database
from core.executor import Executor, Settler
from core.facts import Reaction
from core.feed import number_changes
from core.files import FileStore, FolderStore
from core.jobs import Step
from core.law import LawBook
from core.ports import Ports
from core.settings import Settings
from core.times import legal_date
from deals.actions.settle_deal import settle_deal
from deals.actions.settle_inquiry import settle_inquiry
from jurisdictions.cn import read_credit_code
from listings import facts as listing_facts
from listings.actions.settle_listing import settle_listing
from listings.actions.settle_need import settle_need
from listings.documents import loaders as listing_loaders
from listings.importing.actions.check_import import CHECK_JOB
from listings.importing.actions.run_import import RUN_JOB
from listings.importing.reactions import TOPICS as TITLE_TOPICS
from listings.importing.reactions import note_titles
from listings.importing.steps import check_batch, run_batch
from listings.reactions import REACTIONS as LISTING_REACTIONS
from notifications.gateways import gateways
from notifications.reactions import REACTIONS as NOTIFICATION_REACTIONS
from notifications.tasks.send_dispatches import SendDispatches
from search.embedded import EmbeddedEngine
from search.indexer import Indexer, Loaders
from search.port import SearchEngine
from worker.checkpoints import Checkpoints
from worker.jobs import Work
from worker.loops import Worker
from worker.outbox import Drain
from worker.timers import Sweep

ROOT: Final = Path(__file__).resolve().parent

ORDER: Final = [
    "job",
    "import",
    "deal",
    "inquiry",
    "room",
    "listing",
    "need",
    "asset",
    "organisation",
    "person",
    "feed",
]
"""The one order in which streams of different kinds are locked; within a kind, by id."""

PUBLIC_TOPICS: Final = frozenset(
    {
        listing_facts.LISTING_PUBLISHED,
        listing_facts.LISTING_EDITED,
        listing_facts.LISTING_WITHDRAWN,
        listing_facts.LISTING_EXPIRED,
        listing_facts.LISTING_MODERATED,
        listing_facts.NEED_PUBLISHED,
        listing_facts.NEED_WITHDRAWN,
        listing_facts.NEED_EXPIRED,
    }
)
"""Facts that outsiders may follow; the change feed numbers them."""


@dataclass
class Runtime:
    """One installation, wired. Pages, worker and CLI all start from it."""

    settings: Settings
    database: Database
    law: LawBook
    files: FileStore
    executor: Executor
    search: SearchEngine
    loaders: Loaders
    worker: Worker

    def close(self) -> None:
        """Stops the worker and gives every connection back."""
        self.worker.stop()
        self.search.close()
        self.database.dispose()


def settlers() -> Mapping[str, Settler]:
    """How a stream whose timer passed is brought up to date, by kind."""
    return {
        "deal": settle_deal,
        "inquiry": settle_inquiry,
        "person": settle_person,
        "listing": settle_listing,
        "need": settle_need,
    }


def reactions() -> Sequence[Reaction]:
    """Who hears of what. Each consumer gets its own row per fact."""
    return [
        Reaction("feed", PUBLIC_TOPICS, number_changes),
        Reaction("import_titles", TITLE_TOPICS, note_titles),
        *LISTING_REACTIONS,
        *NOTIFICATION_REACTIONS,
    ]


def job_steps() -> Mapping[str, Step]:
    """What one batch of each kind of job does."""
    return {CHECK_JOB: check_batch, RUN_JOB: run_batch}


def metadata() -> Any:
    """Every table of the market, for migrations; naming the areas' models declares them."""
    declared = (
        accounts.models,
        datarooms.models,
        deals.models,
        listings.models,
        notifications.models,
    )
    if not all(declared):
        raise LookupError("an area declared no tables")
    return core_models.Base.metadata


def build(settings: Settings, clock: Clock | None = None) -> Runtime:
    """Wires one installation. Raises UnsafeSettings, LawError."""
    settings.refuse_unsafe()
    logging.configure(settings)
    database = Database(settings.database, clock)
    law = LawBook.load(ROOT / "policies")
    files = FolderStore(settings.data_dir / "files")
    executor = Executor(database, law, _ports(settings, files), ORDER, settlers(), reactions())
    search = EmbeddedEngine(settings.data_dir / "index")
    loaders = listing_loaders(lambda session: legal_date(database.now(session), settings.zone))
    indexer = Indexer(database, search, loaders)
    letters = SendDispatches(executor, gateways(settings))
    checkpoints = Checkpoints(database, settings.checkpoints, settings.secret().encode())
    worker = Worker(_tasks(executor, indexer, letters, checkpoints))
    executor.pokes.append(worker.wake)
    return Runtime(settings, database, law, files, executor, search, loaders, worker)


def _ports(settings: Settings, files: FileStore) -> Ports:
    return Ports(
        secret=settings.secret().encode(),
        files=files,
        zone=settings.zone,
        currency=settings.currency,
        jurisdiction=settings.jurisdiction,
        language=settings.language,
        address=settings.address,
        organisation_numbers={"CN": read_credit_code},
    )


def _tasks(
    executor: Executor, indexer: Indexer, letters: SendDispatches, checkpoints: Checkpoints
) -> dict[str, Callable[[], int]]:
    return {
        "outbox": Drain(executor),
        "timers": Sweep(executor),
        "jobs": Work(executor, job_steps()),
        "index": indexer,
        "letters": letters,
        "checkpoints": checkpoints,
    }
