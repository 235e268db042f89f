"""The operator tries a question and sees how it was read, weighed and answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template, request

from core.times import legal_date
from search import indexer, trial
from search.analysis import Tokens
from search.unanswered import unanswered
from webapp import sessions
from webapp.access import OVERSEE, access
from webapp.finding import asked_for
from webapp.language import page_language
from webapp.presenters import searching, trying
from webapp.presenters.showing import market
from webapp.presenters.understood import meant, understood
from webapp.runtime import the_market

blueprint = Blueprint("trying", __name__, url_prefix="/operator")


@blueprint.get("/search")
@access(OVERSEE)
def page() -> str:
    """Takes what the address of the search page takes, so that one may be pasted here."""
    sessions.need("oversee")
    asked, language = asked_for(request.args), page_language()
    of = request.args.get("of", "listing")
    of = of if of in trying.KINDS else "listing"
    bridge = request.args.get("bridge") != "0"
    read = understood(asked)
    question = replace(
        searching.request_of(asked, read, language, market().currency, trying.KINDS[of][1]),
        page=1,
        size=trying.SHOWN,
        bridge=bridge,
    )
    engines, wanted = the_market().engines, bool(asked.text or asked.narrowed)
    own = trial.analysed(question) if wanted else Tokens([], [])
    answers = trial.ask_each(engines, question) if wanted else []
    terms = trying.terms(answers)
    return render_template(
        "operator/search.html",
        asked=asked,
        of=of,
        kinds=trying.KINDS,
        bridge=bridge,
        words=question.text,
        meant=list(meant(read, asked)),
        tokens=own,
        terms=terms[: trying.TERMS],
        more=max(0, len(terms) - trying.TERMS),
        names={"fields": trying.FIELDS, "reasons": trying.REASONS, "rebuilds": trying.REBUILDS},
        sides=trying.sides(answers, language),
        common=trial.in_common(answers),
        **_standing(),
    )


def _standing() -> dict[str, Any]:
    """How the index stands, and what was asked in vain while the market keeps count of it."""
    found, days = the_market(), the_market().settings.unanswered_days
    with found.database.read() as session:
        now = found.database.now(session)
        first = legal_date(now, market().zone) - timedelta(days=max(0, days - 1))
        return {
            "states": [(trying.ENGINES[one.engine], one) for one in trial.states(found.engines)],
            "lag": indexer.lag(session),
            "since": indexer.waiting_since(session),
            "now": now,
            "days": days,
            "vain": unanswered(session, first, trying.VAIN) if days else [],
        }
