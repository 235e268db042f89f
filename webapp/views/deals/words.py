"""What the templates of inquiries and deals may call by name."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from contracts.seal_sheet import SEAL_NAMES
from core.ids import show
from core.money import Money, exponent
from deals.border import PAPER_NAMES
from deals.errors import stop
from deals.rounds.deciding import REASONS
from deals.wording import WAY_NAMES
from listings.exporting import EXPORT_NAMES
from webapp.forms import deal_forms as forms
from webapp.forms import round_forms
from webapp.forms.contract_forms import AUTHORITY_NAMES
from webapp.forms.room_forms import FACTOR_NAMES, LEVEL_NAMES
from webapp.presenters.money import KINDS
from webapp.views.deals.ids import deal_url, inquiry_url


def lend_words(blueprint: Blueprint) -> None:
    """Gives the blueprint's templates the names of codes and the addresses of pages."""

    @blueprint.context_processor
    def words() -> dict[str, Any]:
        return {
            "way_names": WAY_NAMES,
            "timetable_names": forms.TIMETABLE_NAMES,
            "reason_names": forms.REASON_NAMES,
            "channel_names": forms.CHANNEL_NAMES,
            "told_names": forms.TOLD_NAMES,
            "paper_names": PAPER_NAMES,
            "country_names": forms.BUYERS_COUNTRIES,
            "export_names": EXPORT_NAMES,
            "stop_text": lambda code: stop(code).text,
            "level_names": LEVEL_NAMES,
            "factor_names": FACTOR_NAMES,
            "authority_names": AUTHORITY_NAMES,
            "charge_names": KINDS,
            "seal_names": SEAL_NAMES,
            "deal_url": deal_url,
            "inquiry_url": inquiry_url,
            "shown_id": show,
            "money_of": Money,
        }


def lend_round_words(blueprint: Blueprint) -> None:
    """Gives the templates of open listings the names of their codes."""

    @blueprint.context_processor
    def words() -> dict[str, Any]:
        return {
            "reason_words": round_forms.REASON_NAMES,
            "office_reasons": [(code, round_forms.REASON_NAMES[code]) for code in REASONS],
            "slot_names": round_forms.SLOT_NAMES,
            "verdict_names": round_forms.VERDICT_NAMES,
            "places_of": exponent,
        }
