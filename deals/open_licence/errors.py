"""What open licences refuse."""

from __future__ import annotations

from core.errors import Refused
from core.i18n import N_


class StatementMovedOn(Refused):
    code = "statement_moved_on"
    text = N_(
        "The statement has moved on, so nothing was changed. Load the page to see where it stands."
    )


class LicenceAnnounced(Refused):
    code = "licence_announced"
    text = N_(
        "The patent office has announced this open licence, and only its announcement of the "
        "withdrawal ends it. Nothing was changed; record that announcement once it is out."
    )
