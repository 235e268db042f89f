"""What is kept for a time only: by which rule, how much would go now, how much went."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from core.retention import dry_run
from core.times import legal_date
from webapp import sessions
from webapp.access import OVERSEE, access
from webapp.runtime import the_market

blueprint = Blueprint("retention", __name__, url_prefix="/operator/retention")


@blueprint.get("")
@access(OVERSEE)
def index() -> ResponseReturnValue:
    sessions.need("oversee")
    market = the_market()
    with market.database.read() as session:
        now = market.database.now(session)
        day = legal_date(now, market.settings.zone)
        profile = market.law.profile(market.settings.jurisdiction, day)
        lines = dry_run(session, market.retained, profile, now)
    return render_template("operator/retention.html", lines=lines)
