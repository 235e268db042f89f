"""Names of decisions and measures, and who reads about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from accounts.sanctions import RULES, Measure
from core.actor import Actor
from core.i18n import N_
from core.ids import split_ref
from governance.appeal_queries import Reader
from governance.decisions import Decision
from listings.reasons import MODERATION_REASONS
from webapp.forms.appeals import ANSWERS, MEASURES
from webapp.language import page_language
from webapp.runtime import the_market

DECIDED: Mapping[str, str] = {
    "listing": N_("Result taken down"),
    "need": N_("Need taken down"),
    "organisation": N_("Organisation suspended"),
    "sanction": N_("Measure imposed"),
}


def reader(session: Session, actor: Actor) -> Reader:
    """The actor with the moment and the law that days are counted by."""
    market = the_market()
    settings, now = market.settings, market.database.now(session)
    return Reader(actor, page_language(), now, market.law, settings.jurisdiction, settings.zone)


def reason_of(found: Decision) -> str:
    """The English msgid of a decision's reason, or what the operator wrote."""
    return MODERATION_REASONS.get(found.reason) or RULES.get(found.reason) or found.reason


def kind_of(about: str, measure: str = "") -> str:
    """The English msgid of what was decided; of a sanction its measure, where it is known."""
    return MEASURES[Measure(measure)] if measure else DECIDED[split_ref(about)[0]]


def words() -> dict[str, Any]:
    """What templates of decisions need to name things."""
    return {
        "reason_of": reason_of,
        "kind_of": kind_of,
        "measures": MEASURES,
        "rules": RULES,
        "answers": ANSWERS,
    }
