"""Today's duties: what the operator owes by law or rule, with deadline, rule and proof."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from core.i18n import N_
from core.times import legal_date
from governance.duties import duty_facts
from governance.duty_rules import RULES, DutyKind, owed
from webapp import sessions
from webapp.access import OVERSEE, access
from webapp.runtime import the_market

blueprint = Blueprint("duties", __name__, url_prefix="/operator")
WORDS: Final = {
    DutyKind.EXAMINE: (
        N_("Examine a notice of infringement"),
        N_("Take measures and forward it, or dismiss it, without delay."),
    ),
    DutyKind.WAIT_ENDS: (
        N_("Days after a counter-statement"),
        N_("The last day for a complaint or suit; then the measures end by themselves."),
    ),
    DutyKind.NOTICE_BEGINS: (
        N_("A public notice begins today"),
        N_("It stands on the page of notices; compare it with the place where the unit shows it."),
    ),
    DutyKind.NOTICE_ENDS: (
        N_("A public notice ends today"),
        N_("Objections are taken until the end of the day; the result is recorded by itself."),
    ),
    DutyKind.VERIFY: (
        N_("Verify an organisation"),
        N_("Compare name and number with the public register."),
    ),
    DutyKind.HOLIDAYS: (
        N_("Holiday table of next year"),
        N_("Without it deadlines in that year are provisional; enter it under Rules."),
    ),
}


@blueprint.get("/duties")
@access(OVERSEE)
def today() -> ResponseReturnValue:
    sessions.need("oversee")
    market = the_market()
    with market.database.read() as session:
        now = market.database.now(session)
        day = legal_date(now, market.settings.zone)
        profile = market.law.profile(market.settings.jurisdiction, day)
        duties = owed(duty_facts(session, profile, now, market.settings.zone))
    sources = {kind: profile.value(rule) for kind, rule in RULES.items() if rule in profile}
    view = {"words": WORDS, "sources": sources, "title": market.law.title}
    return render_template(
        "operator/duties.html", duties=duties, today=day, place=profile.name, **view
    )
