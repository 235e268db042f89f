"""`flask doctor`: what is missing or misconfigured, in plain words."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from bootstrap import Runtime
from core.settings import Settings
from webapp.health import readiness
from webapp.runtime import the_market


@click.command("doctor")
def command() -> None:
    """Says in plain words what is missing or misconfigured."""
    market = the_market()
    findings = list(diagnose(market))
    for good, words in findings:
        click.echo(f"{'ok   ' if good else 'FIX  '} {words}")
    sys.exit(0 if all(good for good, _ in findings) else 1)


def diagnose(market: Runtime) -> Iterator[tuple[bool, str]]:
    """(is it well, the sentence) for everything that the market depends on."""
    settings, state = market.settings, readiness(market)
    kind = "SQLite" if market.database.sqlite else "PostgreSQL"
    yield True, f"Environment {settings.env}, address {settings.address}, zone {settings.timezone}."
    if not state["database"]:
        yield False, f"{kind} does not answer: check QIAOYI_DATABASE_URL ({state['problem']})."
        return
    yield True, f"{kind} answers."
    engine = "Elasticsearch" if settings.elasticsearch_urls else "embedded"
    yield True, f"Search engine: {engine}."
    if state["schema"]:
        yield True, "The schema is up to date."
    else:
        yield False, "The schema is not that of this version: run `flask --app wsgi db upgrade`."
    if state["search"]:
        yield True, f"Search answers; {state['index_behind']} changes wait for the index."
    elif "search_problem" in state:
        waiting = f"{state['index_behind']} changes wait and are not lost."
        yield False, f"Search does not answer: {state['search_problem']} {waiting}"
    else:
        yield False, "The search index must be rebuilt: run `flask --app wsgi search reindex`."
    if state["dead"]:
        yield False, f"{state['dead']} messages failed eight times: see the operator's console."
    else:
        yield True, f"The outbox holds {state['outbox']} messages, none given up."
    if not state["disk"]:
        yield False, f"Less than 500 MB are free in {settings.data_dir}: make room."
    signs = settings.signing_url or "the market itself (no certificate of the signatory's own)"
    yield True, f"Contracts are signed electronically by {signs}."
    if settings.signing_url and not settings.signing_secret:
        yield False, "QIAOYI_SIGNING_SECRET is empty: the signing service cannot know who asks."
    yield True, _returns(settings)
    if settings.env == "production" and market.database.sqlite:
        yield False, "SQLite serves one process: set QIAOYI_DATABASE_URL to PostgreSQL 15 or newer."
    if settings.jurisdiction not in set(market.law):
        known = ", ".join(market.law)
        yield False, f"QIAOYI_JURISDICTION={settings.jurisdiction} has no profile; known: {known}."


def _returns(settings: Settings) -> str:
    """What becomes of letters that come back."""
    box = settings.return_address
    if not settings.smtp_url:
        return f"Mail is written to {settings.data_dir / 'mail'}."
    if not box:
        return f"Bounces that come later go to {settings.mail_from} and are not read."
    if settings.return_mailbox:
        return f"Letters come back to {box}; the worker reads the mailbox."
    return f"Letters come back to {box}: pipe them into `flask --app wsgi mail bounced`."
