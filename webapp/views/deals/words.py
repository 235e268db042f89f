"""What the templates of inquiries and deals may call by name."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from core.ids import show
from core.money import Money
from webapp.forms import deal_forms as forms
from webapp.views.deals.ids import deal_url, inquiry_url


def lend_words(blueprint: Blueprint) -> None:
    """Gives the blueprint's templates the names of codes and the addresses of pages."""

    @blueprint.context_processor
    def words() -> dict[str, Any]:
        return {
            "way_names": forms.WAY_NAMES,
            "timetable_names": forms.TIMETABLE_NAMES,
            "reason_names": forms.REASON_NAMES,
            "channel_names": forms.CHANNEL_NAMES,
            "level_names": forms.LEVEL_NAMES,
            "deal_url": deal_url,
            "inquiry_url": inquiry_url,
            "shown_id": show,
            "money_of": Money,
        }
