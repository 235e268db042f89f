"""`flask deals draw`."""

from __future__ import annotations

import sys

import click

from bootstrap import ROOT
from deals.engine.drawing import drawn
from deals.modes import MODES


@click.group("deals")
def group() -> None:
    """Ways of finding a price, as they are declared."""


@group.command("draw")
@click.option("--check", is_flag=True, help="Write nothing; fail where the page is out of date.")
def draw(*, check: bool) -> None:
    """Writes each mode's diagram and table into docs/deals.md."""
    page = ROOT / "docs" / "deals.md"
    before = page.read_text("utf-8")
    after = drawn(before, MODES.values())
    if check and before != after:
        click.echo("docs/deals.md is out of date: run flask --app wsgi deals draw", err=True)
        sys.exit(1)
    if not check:
        page.write_text(after, "utf-8")
