"""Why a diligence file was not made."""

from __future__ import annotations

from core.errors import Refused
from core.i18n import N_


class DealMoved(Refused):
    code = "deal_moved"
    status = 409
    text = N_("The deal moved on while its file was being made. Please ask for the file again.")
