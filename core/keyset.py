"""Where a list goes on: behind the row that was shown last, whatever came or went meanwhile."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, true


def behind(at: Any, id: Any, place: tuple[datetime, str] | None) -> ColumnElement[bool]:
    """Rows after `place` in an order of `at` descending, then `id` descending.

    Both columns must never change, or a row could be shown twice, or never.
    """
    if place is None:
        return true()
    return or_(at < place[0], and_(at == place[0], id < place[1]))
