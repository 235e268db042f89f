"""What works and what does not: for `/readyz` and for `flask doctor`, in the same words."""

from __future__ import annotations

import shutil
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from bootstrap import Runtime
from core.models import IndexState, Outbox
from migrations import running
from search.errors import SearchUnavailable

LOW_DISK: Final = 500 * 1024 * 1024


def readiness(market: Runtime) -> dict[str, Any]:
    """Search being down is degraded, and still ready: everything except search goes on."""
    state: dict[str, Any] = {"database": False, "schema": False, "search": False, "disk": False}
    try:
        with market.database.read() as session:
            waiting = select(func.count()).select_from(Outbox)
            state["outbox"] = session.scalar(waiting.where(Outbox.state == "ready"))
            state["dead"] = session.scalar(waiting.where(Outbox.state == "dead"))
            behind = select(func.count()).where(IndexState.not_before.is_not(None))
            state["index_behind"] = session.scalar(behind)
        state["database"] = True
        state["schema"] = running.current(market.database) == running.head()
    except SQLAlchemyError as error:
        state["problem"] = type(error).__name__
    try:
        reason = market.search.health().needs_rebuild
        state["search"] = reason == ""
        if reason:
            state["search_rebuild"] = reason
    except SearchUnavailable as error:
        state["search_problem"] = error.why
    except Exception as error:  # noqa: BLE001  whatever it is, search is what is down
        state["search_problem"] = type(error).__name__
    market.settings.data_dir.mkdir(parents=True, exist_ok=True)
    state["disk"] = shutil.disk_usage(market.settings.data_dir).free > LOW_DISK
    state["ready"] = state["database"] and state["schema"] and state["disk"]
    return state
