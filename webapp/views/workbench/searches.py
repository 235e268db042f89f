"""Saved searches: kept from the search page, looked at, paused, removed."""

from __future__ import annotations

from urllib.parse import parse_qsl

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from core import links
from core.errors import NotFound
from core.i18n import N_
from core.ids import parse, show
from listings.queries import said_of
from matching.actions.pause_search import pause_search
from matching.actions.remove_search import remove_search
from matching.actions.save_search import save_search
from matching.queries import saved_search, saved_searches
from matching.rules import LONGEST_ADDRESS, LONGEST_NAME
from webapp.access import PERSON, access
from webapp.finding import PLACES, asked_for, to_keep
from webapp.forms.account import ActForm
from webapp.language import page_language, plain
from webapp.presenters.showing import local_url
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.typed import typed
from webapp.unkeepable import Unkeepable

blueprint = Blueprint("saved_searches", __name__)


@blueprint.get("/saved/searches")
@access(PERSON)
def home() -> ResponseReturnValue:
    actor = need_person()
    with the_market().database.read() as session:
        rows = saved_searches(session, actor)
    return render_template("workbench/searches.html", rows=rows, act=ActForm(), shown=show)


@blueprint.post("/saved/searches")
@access(PERSON)
def keep() -> ResponseReturnValue:
    """Keeps the search whose address the page sends: its place and what stands behind the "?"."""
    actor, place = need_person(), request.form.get("place", "")
    if place not in PLACES:
        raise NotFound(ref=place)
    asked = asked_for(MultiDict(_pairs(typed("query", LONGEST_ADDRESS))))
    kept = to_keep(asked, place, typed("name", LONGEST_NAME))
    the_market().executor.run(actor, save_search, kept.name, kept.address, kept.question)
    flash(plain(N_("Saved. You will be told when something new fits.")), "done")
    return redirect(url_for(".home"))


@blueprint.get("/saved/searches/<shown>")
@access(PERSON, of="saved_search")
def one(shown: str) -> ResponseReturnValue:
    actor = need_person()
    with the_market().database.read() as session:
        row, matches = saved_search(session, actor, _id(shown))
        names = said_of(session, actor, [match.ref for match in matches], page_language())
    found = [
        (names[match.ref][0], local_url(links.path(match.ref, "zh") or "/"), match.found_at)
        for match in matches
        if match.ref in names
    ]
    return render_template("workbench/search.html", row=row, found=found)


@blueprint.post("/saved/searches/<shown>/<any(pause,resume,remove):deed>")
@access(PERSON, of="saved_search")
def act(shown: str, deed: str) -> ResponseReturnValue:
    run, actor, id = the_market().executor.run, need_person(), _id(shown)
    if deed == "remove":
        run(actor, remove_search, id)
    else:
        run(actor, pause_search, id, paused=deed == "pause")
    return redirect(url_for(".home"))


def _pairs(query: str) -> list[tuple[str, str]]:
    """What an address asks. Raises NotFound where it asks more than any page does, Unkeepable."""
    try:
        pairs = parse_qsl(query.lstrip("?"), max_num_fields=200)
    except ValueError:
        raise NotFound from None
    if any("\x00" in text for pair in pairs for text in pair):
        raise Unkeepable
    return pairs


def _id(shown: str) -> str:
    found = parse(shown)
    if found is None or found[0] != "saved_search":
        raise NotFound(ref=shown)
    return found[1]
