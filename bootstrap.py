"""Composition root: settings in, a wired `Runtime` out. Nothing starts by importing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import accounts.consents.models
import accounts.factors.models
import accounts.models
import accounts.recovery.models
import accounts.sign_on.models
import accounts.support.models
import accounts.units.models
import billing.models
import contracts.certificate.models
import contracts.models
import contracts.registration.models
import contracts.signing.models
import contracts.templates.models
import datarooms.models
import deals.deciding.models
import deals.idle.models
import deals.models
import deals.open_licence.models
import deals.preemption.models
import deals.rounds.models
import governance.models
import listings.importing.models
import listings.models
import matching.models
import matching.proposals.models
import notifications.models
import reporting.diligence.models
import search.models
import syndication.models
from accounts.actions.settle_organisation import settle_organisation
from accounts.actions.settle_person import settle_person
from accounts.actions.settle_sanction import settle_sanction
from accounts.erasing import ERASE_JOB, erase_batch, last_administrator
from accounts.exporting import EXPORT_JOB, export_batch
from accounts.handing_over import HAND_OVER_JOB, hand_over_batch
from accounts.holdings import ACCOUNTS, CORE
from accounts.leaked import LeakedPasswords
from accounts.retention import RETAINED as ACCOUNTS_RETAINED
from accounts.revoking import REVOKE_ALL_JOB, REVOKE_JOB, revoke_all_batch, revoke_batch
from billing.actions.settle_obligation import settle_obligation
from billing.holdings import HOLDINGS as BILLING_HOLDINGS
from billing.obstacles import unsettled_money
from contracts.certificate.holdings import HOLDINGS as CERTIFICATE_HOLDINGS
from contracts.holdings import HOLDINGS as CONTRACT_HOLDINGS
from contracts.reactions import REACTIONS as CONTRACT_REACTIONS
from contracts.registration.actions.settle_registration import settle_registration
from contracts.registration.holdings import HOLDINGS as REGISTRATION_HOLDINGS
from contracts.signing.click import ClickSigning
from contracts.signing.holdings import HOLDINGS as SIGNATURE_HOLDINGS
from contracts.signing.http import HttpSigning
from contracts.signing.port import Signing
from contracts.signing.tasks.obtain import Obtain
from contracts.templates.holdings import HOLDINGS as TEMPLATE_HOLDINGS
from core import logging
from core import models as core_models
from core.clock import Clock
from core.database import Database
from core.executor import Executor, Settler
from core.facts import Reaction
from core.feed import number_changes
from core.files import FileStore, FolderStore
from core.holdings import Holdings
from core.jobs import Step
from core.law import LawBook
from core.outbound import Outbound
from core.ports import OpenIdClient, PasswordCheck, Ports, never_leaked
from core.retention import Retained
from core.scanning import CommandScanner, NoScanner, Scanner
from core.settings import Settings
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from datarooms.holdings import HOLDINGS as ROOM_HOLDINGS
from datarooms.retention import RETAINED as ROOM_RETAINED
from deals.actions.settle_deal import settle_deal
from deals.actions.settle_inquiry import settle_inquiry
from deals.holdings import HOLDINGS as DEAL_HOLDINGS
from deals.idle.actions.settle_use import settle_use
from deals.numbers import REACTIONS as DEAL_REACTIONS
from deals.obstacles import running_duties
from deals.reactions import REACTIONS as DEAL_MONEY_REACTIONS
from deals.retention import RETAINED as DEAL_RETAINED
from deals.rounds.actions.settle_round import settle_round
from deals.wording import NOTICE_WORDS
from governance.actions.settle_complaint import settle_complaint
from governance.holdings import HOLDINGS as GOVERNANCE_HOLDINGS
from governance.retention import RETAINED as GOVERNANCE_RETAINED
from jurisdictions.cn import read_credit_code
from listings import facts as listing_facts
from listings.actions.settle_listing import settle_listing
from listings.actions.settle_need import settle_need
from listings.documents import loaders as listing_loaders
from listings.holdings import HOLDINGS as LISTING_HOLDINGS
from listings.importing.actions.check_import import CHECK_JOB
from listings.importing.actions.run_import import RUN_JOB
from listings.importing.reactions import TOPICS as TITLE_TOPICS
from listings.importing.reactions import note_titles
from listings.importing.steps import check_batch, run_batch
from listings.reactions import REACTIONS as LISTING_REACTIONS
from matching.holdings import HOLDINGS as MATCHING_HOLDINGS
from matching.reactions import reactions as matching_reactions
from notifications.forgetting import forget_letters
from notifications.gateways import gateways
from notifications.gateways.mailbox import Mailbox
from notifications.holdings import HOLDINGS as MESSAGE_HOLDINGS
from notifications.reactions import REACTIONS as NOTIFICATION_REACTIONS
from notifications.retention import RETAINED as MESSAGE_RETAINED
from notifications.returns import Returns
from notifications.tasks.gather_digests import GatherDigests
from notifications.tasks.read_returns import ReadReturns
from notifications.tasks.send_dispatches import SendDispatches
from notifications.wordings import shipped
from reporting.diligence.holdings import HOLDINGS as DILIGENCE_HOLDINGS
from search.bridge import Bridge
from search.elastic import ElasticEngine
from search.elastic_client import Cluster
from search.embedded import EmbeddedEngine
from search.embedder import Embedder, embedder
from search.embedding import Embed
from search.indexer import Indexer, Loaders
from search.meaning import MeaningEngine
from search.meaning_store import Vectors
from search.own_terms import market_bridge
from search.port import SearchEngine
from search.timed import TimedEngine
from search.unanswered import ForgetUnanswered
from syndication.holdings import HOLDINGS as FEED_HOLDINGS
from syndication.reactions import REACTIONS as SYNDICATION_REACTIONS
from syndication.tasks.deliver_webhooks import DeliverWebhooks
from worker.checkpoints import Checkpoints
from worker.jobs import Work
from worker.loops import Worker
from worker.outbox import Drain
from worker.retention import SweepKept
from worker.timers import Sweep

ROOT: Final = Path(__file__).resolve().parent

ORDER: Final = [
    "retention",
    "text",
    "merge",
    "support",
    "amendment",
    "stop",
    "feature",
    "announcement",
    "duty",
    "filing",
    "job",
    "webhook",
    "import",
    "appeal",
    "complaint",
    "contract_registration",
    "contract",
    "deal",
    "round",
    "posting",
    "proposal",
    "inquiry",
    "room",
    "listing",
    "need",
    "saved_search",
    "asset",
    "contract_template",
    "receiving_account",
    "obligation",
    "sanction",
    "organisation",
    "person",
    "feed",
    "vocabulary",
    "series",
]
"""The one order in which streams of different kinds are locked; within a kind, by id."""

RETAINED: Final = (
    *ACCOUNTS_RETAINED,
    *ROOM_RETAINED,
    *DEAL_RETAINED,
    *GOVERNANCE_RETAINED,
    *MESSAGE_RETAINED,
)
"""What may be kept for a time only; nothing of the ledger and of the audit chain."""

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
    files: FileStore
    executor: Executor
    search: SearchEngine
    loaders: Loaders
    worker: Worker
    beside: SearchEngine | None = None
    """A second engine that only the operator's trials ask; no page and no worker does."""

    @property
    def signing(self) -> Obtain:
        """Has contracts signed electronically, by the provider that the settings name."""
        return Obtain(self.executor, signing(self.settings, self.executor.ports))

    @property
    def retained(self) -> Sequence[Retained]:
        """What may be kept for a time only."""
        return RETAINED

    @property
    def law(self) -> LawBook:
        """What holds: the files of policies and the amendments over them."""
        return self.executor.law

    @property
    def engines(self) -> Mapping[str, SearchEngine]:
        """Every engine there is to be tried, the one in use first."""
        used = "elasticsearch" if self.settings.elasticsearch_urls else "embedded"
        return {used: self.search} | ({"embedded": self.beside} if self.beside else {})

    def close(self) -> None:
        """Stops the worker and gives every connection back."""
        self.worker.stop()
        self.search.close()
        if self.beside is not None:
            self.beside.close()
        self.database.dispose()


def settlers() -> Mapping[str, Settler]:
    """How a stream whose timer passed is brought up to date, by kind."""
    return {
        "complaint": settle_complaint,
        "contract_registration": settle_registration,
        "deal": settle_deal,
        "obligation": settle_obligation,
        "inquiry": settle_inquiry,
        "round": settle_round,
        "organisation": settle_organisation,
        "person": settle_person,
        "sanction": settle_sanction,
        "listing": settle_listing,
        "asset": settle_use,
        "need": settle_need,
    }


def reactions(loaders: Loaders, bridge: Bridge) -> Sequence[Reaction]:
    """Who hears of what. Each consumer gets its own row per fact."""
    return [
        Reaction("feed", PUBLIC_TOPICS, number_changes),
        Reaction("import_titles", TITLE_TOPICS, note_titles),
        *LISTING_REACTIONS,
        *DEAL_REACTIONS,
        *DEAL_MONEY_REACTIONS,
        *CONTRACT_REACTIONS,
        *matching_reactions(loaders, bridge),
        *NOTIFICATION_REACTIONS,
        *SYNDICATION_REACTIONS,
    ]


def job_steps() -> Mapping[str, Step]:
    """What one batch of each kind of job does."""
    return {
        CHECK_JOB: check_batch,
        RUN_JOB: run_batch,
        HAND_OVER_JOB: hand_over_batch,
        REVOKE_JOB: revoke_batch,
        REVOKE_ALL_JOB: revoke_all_batch,
        EXPORT_JOB: export_batch,
        ERASE_JOB: erase_batch,
    }


def holdings(*erasers: Callable[[UnitOfWork, str], None]) -> Holdings:
    """What every area holds of people and organisations."""
    columns = (
        *CORE, *ACCOUNTS, *ROOM_HOLDINGS, *LISTING_HOLDINGS, *BILLING_HOLDINGS,
        *DEAL_HOLDINGS, *CONTRACT_HOLDINGS, *REGISTRATION_HOLDINGS,
        *SIGNATURE_HOLDINGS, *CERTIFICATE_HOLDINGS, *TEMPLATE_HOLDINGS, *FEED_HOLDINGS,
        *GOVERNANCE_HOLDINGS, *MATCHING_HOLDINGS, *MESSAGE_HOLDINGS,
        *DILIGENCE_HOLDINGS,
    )  # fmt: skip
    return Holdings(columns, (last_administrator, running_duties, unsettled_money), erasers)


def metadata() -> Any:
    """Every table of the market, for migrations; naming the areas' models declares them."""
    declared = (
        accounts.models,
        accounts.consents.models,
        accounts.factors.models,
        accounts.recovery.models,
        accounts.sign_on.models,
        accounts.support.models,
        accounts.units.models,
        billing.models,
        contracts.certificate.models,
        contracts.models,
        contracts.registration.models,
        contracts.templates.models,
        datarooms.models,
        deals.deciding.models,
        deals.models,
        deals.preemption.models,
        deals.rounds.models,
        governance.models,
        listings.models,
        matching.models,
        matching.proposals.models,
        notifications.models,
        reporting.diligence.models,
        search.models,
        syndication.models,
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
    files = FolderStore(settings.data_dir / "files", _scanner(settings))
    bridge = market_bridge(database)
    meaning = _meaning(settings)
    found_by = engine(settings, bridge)
    search = TimedEngine(MeaningEngine(found_by, *meaning) if meaning else found_by)
    loaders = listing_loaders(lambda session: legal_date(database.now(session), settings.zone))
    heard = reactions(loaders, bridge)
    executor = Executor(database, law, _ports(settings, files), ORDER, settlers(), heard)
    indexer = Indexer(database, search, loaders)
    letters = SendDispatches(executor, gateways(settings, executor.ports.outbound))
    checkpoints = Checkpoints(database, settings.checkpoints, settings.secret().encode())
    forget = ForgetUnanswered(database, settings.zone, settings.unanswered_days)
    tasks = _tasks(executor, indexer, letters, checkpoints) | {"unanswered": forget}
    if settings.return_mailbox:
        back = Returns(executor, settings.return_address)
        tasks["returns"] = ReadReturns(Mailbox(settings.return_mailbox), back)
    if meaning:
        tasks["meaning"] = Embed(database, *meaning, loaders)
    worker = Worker(tasks)
    executor.pokes.append(worker.wake)
    beside = engine_beside(settings, bridge)
    return Runtime(settings, database, files, executor, search, loaders, worker, beside)


def engine(settings: Settings, bridge: Bridge) -> SearchEngine:
    """The search engine that the settings name; nothing is asked of it yet."""
    if not settings.elasticsearch_urls:
        return EmbeddedEngine(settings.data_dir / "index", bridge)
    return ElasticEngine(
        Cluster(
            urls=settings.elasticsearch_urls,
            api_key=settings.elasticsearch_api_key,
            ca=settings.elasticsearch_ca,
            index=settings.elasticsearch_index,
            shards=settings.elasticsearch_shards,
            replicas=settings.elasticsearch_replicas,
            refresh=settings.elasticsearch_refresh,
            timeout=settings.elasticsearch_timeout,
            ranking={
                "words": (settings.elasticsearch_words_k1, settings.elasticsearch_words_b),
                "pairs": (settings.elasticsearch_pairs_k1, settings.elasticsearch_pairs_b),
                "titles": (settings.elasticsearch_titles_k1, settings.elasticsearch_titles_b),
            },
            secret=settings.secret().encode(),
        ),
        bridge,
    )


def _meaning(settings: Settings) -> tuple[Embedder, Vectors] | None:
    """Raises EmbedderMissing."""
    made = embedder(
        settings.search_meaning, settings.search_meaning_model, settings.search_meaning_key
    )
    if made is None:
        return None
    return made, Vectors(settings.data_dir / "meaning" / "vectors.db", made.name)


def engine_beside(settings: Settings, bridge: Bridge) -> SearchEngine | None:
    """The embedded engine beside Elasticsearch, where the settings want comparisons."""
    if settings.elasticsearch_urls and settings.search_beside:
        return EmbeddedEngine(settings.data_dir / "index", bridge)
    return None


def signing(settings: Settings, ports: Ports) -> Signing:
    """Who signs contracts electronically: the market itself where no service is set."""
    if not settings.signing_url:
        return ClickSigning(ports.secret)
    return HttpSigning(ports.outbound, settings.signing_url.rstrip("/"), settings.signing_secret)


def _scanner(settings: Settings) -> Scanner:
    return CommandScanner(settings.scan_command) if settings.scan_command else NoScanner()


def _leaked(settings: Settings) -> PasswordCheck:
    if settings.leaked_passwords is None:
        return never_leaked
    return LeakedPasswords(settings.leaked_passwords)


def _ports(settings: Settings, files: FileStore) -> Ports:
    outbound = Outbound(https_only=settings.env == "production", near_ports=settings.near_ports)
    return Ports(
        secret=settings.secret().encode(),
        files=files,
        zone=settings.zone,
        currency=settings.currency,
        jurisdiction=settings.jurisdiction,
        language=settings.language,
        address=settings.address,
        leaked=_leaked(settings),
        outbound=outbound,
        market_names=("qiaoyi", "桥易", settings.market_name, settings.operator_name),
        organisation_numbers={"CN": read_credit_code},
        holdings=holdings(forget_letters(gateways(settings, outbound))),
        orcid=_orcid(settings),
        letters=shipped() | NOTICE_WORDS,
    )


def _orcid(settings: Settings) -> OpenIdClient | None:
    if not (settings.orcid_client_id and settings.orcid_client_secret):
        return None
    return OpenIdClient(
        settings.orcid_issuer, settings.orcid_client_id, settings.orcid_client_secret
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
        "digests": GatherDigests(executor),
        "webhooks": DeliverWebhooks(executor, executor.ports.outbound),
        "checkpoints": checkpoints,
        "retention": SweepKept(executor, RETAINED),
    }
