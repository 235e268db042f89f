"""`flask search reindex|check|query|evaluate|terms`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from core.actor import SYSTEM
from core.errors import Refused
from core.i18n import translator
from listings.importing.describe import describe
from listings.importing.opening import open_rows
from search import indexer
from search.actions.change_terms import change_terms
from search.errors import IndexBusy, SearchUnavailable
from search.evaluate import evaluate as measure
from search.own_terms import Given, given, listed
from search.queries import LONGEST
from webapp.finding import PLACES
from webapp.presenters.searching import Asked, request_of
from webapp.presenters.understood import understood
from webapp.runtime import the_market

_MOST_SHOWN = 20
"""Wrong rows of a file that are named."""


@click.group("search")
def group() -> None:
    """The search index: build it anew, check it, ask it, measure it."""


@group.command("reindex")
@click.option("--beside", is_flag=True, help="The index that only the operator's trials ask.")
def reindex(*, beside: bool) -> None:
    """Builds the index beside the one in use, then swaps; a serving market goes on meanwhile."""
    market = the_market()
    engine = market.beside if beside else market.search
    if engine is None:
        raise click.ClickException(
            "There is no second engine: set QIAOYI_SEARCH_BESIDE=true, with "
            "QIAOYI_ELASTICSEARCH_URL, to compare Elasticsearch with the embedded one."
        )

    def progress(written: int) -> None:
        click.echo(f"\r{written} documents", nl=False, err=True)

    try:
        with _answering():
            written = indexer.reindex(market.database, engine, market.loaders, progress)
            found = engine.count()
    except IndexBusy:
        raise click.ClickException(
            "The index is being rebuilt at this moment, by another command or by the serving "
            "process at its start. Wait until that is done; `flask search check` says whether "
            "another rebuild is needed."
        ) from None
    click.echo(f"\r{written} entries written, {found} can be found.")


@group.command("check")
def check() -> None:
    """Compares every document with the database by hash."""
    market = the_market()
    with _answering():
        found = indexer.check(market.database, market.search, market.loaders)
    for name in ("missing", "ghosts", "stale", "pending"):
        for reference in getattr(found, name):
            click.echo(f"{name:8} {reference}")
    click.echo(f"{found.checked} checked: {'equal' if found.clean else 'NOT equal'}.")
    sys.exit(0 if found.clean else 1)


@group.command("query")
@click.argument("text")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100))
@click.option("--needs", is_flag=True, help="Among needs, as on /needs; else among results.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
def query(text: str, limit: int, *, needs: bool, as_json: bool) -> None:
    """What a visitor would find for TEXT, whose conditions (places, levels, prices) count."""
    asked = Asked(text=" ".join(text.split())[:LONGEST])
    read = understood(asked)
    market = the_market()
    own, kinds = market.settings, PLACES["/needs" if needs else "/search"]
    question = request_of(asked, read, own.language, own.currency, kinds)
    with _answering():
        page = market.search.search(replace(question, size=limit, facets=()))
    rows = [
        {
            "kind": hit.document.kind,
            "id": hit.document.id,
            "score": round(hit.score, 4),
            "title": next(iter(hit.document.texts.values())).title,
        }
        for hit in page.hits
    ]
    if as_json:
        understood_as = {"words": read.words, "filters": read.filters, "ranges": read.ranges}
        found = {"total": page.total, "understood": understood_as, "hits": rows}
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    if read.parts:
        conditions = ", ".join(part.written for part in read.parts)
        click.echo(f"Understood as conditions: {conditions}")
    for row in rows:
        click.echo(f"{row['score']:>9}  {row['kind']}:{row['id']}  {row['title']}")
    click.echo(f"{page.total} found.")


@group.command("evaluate")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--run", type=click.Path(dir_okay=False, path_type=Path), help="TREC run file.")
def evaluate(folder: Path, run: Path | None) -> None:
    """Measures the ranking on FOLDER: passages.tsv, queries.tsv, qrels.tsv."""
    try:
        seen = measure(folder, run)
    except (OSError, ValueError) as error:
        raise click.ClickException(f"{folder} is not laid out as expected: {error}") from None
    click.echo(
        f"{seen.questions} questions: nDCG@10 {seen.ndcg10:.3f}  MAP {seen.map:.3f}  "
        f"recall@100 {seen.recall100:.3f}"
    )


@group.group("terms")
def terms() -> None:
    """The market's own words: pairs in Chinese and English, and synonyms."""


@terms.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="What FILE does not have is removed.")
def import_terms(file: Path, *, replace: bool) -> None:
    """Takes FILE (CSV, TSV, XLSX): columns zh and en, or word and synonym.

    One wrong row and nothing is taken; the rows are named.
    """
    found, wrong = _terms_of(file)
    for number, sentence in wrong[:_MOST_SHOWN]:
        click.echo(f"row {number}: {sentence}", err=True)
    if wrong:
        raise click.ClickException(f"{len(wrong)} rows are wrong; nothing was changed.")
    if not found:
        raise click.ClickException(f"{file} has no terms; nothing was changed.")
    try:
        the_market().executor.run(SYSTEM, change_terms, found, replace=replace)
    except Refused as refused:
        raise click.ClickException(_said(refused)) from None
    with the_market().database.read() as session:
        left = len(listed(session))
    click.echo(f"{len(set(found))} terms read, the market has {left} of its own now.")


@terms.command("list")
def list_terms() -> None:
    """The market's own terms, as a file that `import` takes."""
    with the_market().database.read() as session:
        found = listed(session)
    for kind, heading in (("pair", "zh\ten"), ("synonym", "word\tsynonym")):
        lines = [f"{term.word}\t{term.other}" for term in found if term.kind == kind]
        if lines:
            click.echo("\n".join([heading, *lines]))
    if not found:
        click.echo("The market has no terms of its own.", err=True)


@terms.command("clear")
@click.confirmation_option(prompt="Remove all of the market's own terms?")
def clear_terms() -> None:
    """Takes all of the market's own terms away; those that ship stay."""
    the_market().executor.run(SYSTEM, change_terms, (), replace=True)
    click.echo("The market has no terms of its own now.")


@contextmanager
def _answering() -> Iterator[None]:
    """An engine that is away is a sentence, not a traceback."""
    try:
        yield
    except SearchUnavailable as down:
        raise click.ClickException(f"Search does not answer: {down.why}") from None


def _terms_of(file: Path) -> tuple[list[Given], list[tuple[int, str]]]:
    """The terms of a file, and its wrong rows with what is wrong."""
    found: list[Given] = []
    wrong: list[tuple[int, str]] = []
    try:
        with open_rows(file, describe(file)) as rows:
            for row in rows:
                fatal = [problem.text for problem in row.problems if problem.fatal]
                term = fatal[0] if fatal else given(row.fields)
                if isinstance(term, str):
                    wrong.append((row.number, term))
                elif term is not None:
                    found.append(term)
    except Refused as refused:
        raise click.ClickException(_said(refused)) from None
    return found, wrong


def _said(refused: Refused) -> str:
    return translator("en").gettext(refused.text, **refused.params)
