"""Refusals about the market's own texts."""

from __future__ import annotations

from core.errors import Refused
from core.i18n import N_


class TextExists(Refused):
    code = "text_exists"
    text = N_("A version for this day is public already. Choose another day.")


class TextMovedOn(Refused):
    code = "text_moved_on"
    text = N_("A text has changed meanwhile. Load the page and read it again.")
