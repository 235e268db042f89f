"""A reason that others read."""

from __future__ import annotations

from contracts.registration.rules import LONGEST_REASON
from core.errors import Invalid, Problem
from core.i18n import N_


def check_reason(reason: str) -> None:
    """Raises Invalid on the field `reason`."""
    if not reason.strip() or len(reason) > LONGEST_REASON:
        said = N_("Say why, in at most %(limit)s characters.")
        problem = Problem("reason_missing", said, {"limit": LONGEST_REASON})
        raise Invalid({"reason": [problem]})
