"""`flask search reindex|check|query|evaluate`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from search import indexer
from search.errors import IndexBusy
from search.evaluate import evaluate as measure
from search.queries import SearchRequest
from webapp.runtime import the_market


@click.group("search")
def group() -> None:
    """The search index: build it anew, check it, ask it, measure it."""


@group.command("reindex")
def reindex() -> None:
    """Builds the index beside the one in use, then swaps; a serving market goes on meanwhile."""
    market = the_market()

    def progress(written: int) -> None:
        click.echo(f"\r{written} documents", nl=False, err=True)

    try:
        written = indexer.reindex(market.database, market.search, market.loaders, progress)
    except IndexBusy:
        raise click.ClickException(
            "The index is being rebuilt at this moment, by another command or by the serving "
            "process at its start. Wait until that is done; `flask search check` says whether "
            "another rebuild is needed."
        ) from None
    click.echo(f"\r{written} entries written, {market.search.count()} can be found.")


@group.command("check")
def check() -> None:
    """Compares every document with the database by hash."""
    market = the_market()
    found = indexer.check(market.database, market.search, market.loaders)
    for name in ("missing", "ghosts", "stale", "pending"):
        for reference in getattr(found, name):
            click.echo(f"{name:8} {reference}")
    click.echo(f"{found.checked} checked: {'equal' if found.clean else 'NOT equal'}.")
    sys.exit(0 if found.clean else 1)


@group.command("query")
@click.argument("text")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100))
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
def query(text: str, limit: int, *, as_json: bool) -> None:
    """What a visitor would find for TEXT."""
    request = SearchRequest(text=text, size=limit, facets=())
    page = the_market().search.search(request)
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
        click.echo(json.dumps({"total": page.total, "hits": rows}, ensure_ascii=False))
        return
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
