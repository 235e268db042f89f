"""Makes a diligence file outside any lock, then has it written down under the deal's."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from core import typesetting
from core.actor import Actor
from core.audit import signing_key
from core.executor import Executor
from core.sealed import sealed
from core.verify import COURSE, canonical
from deals.models import Deal
from reporting.actions.keep_diligence_file import keep_diligence_file
from reporting.diligence.course import course
from reporting.diligence.errors import DealMoved
from reporting.diligence.paper import TEMPLATE, Paper
from reporting.diligence.permissions import check_may_take

PRINTED: Final = "diligence.pdf"
_MOST: Final = 64 << 20
_TRIES: Final = 3


def make_diligence_file(executor: Executor, actor: Actor, deal: str) -> str:
    """The SHA-256 under which the sealed file is kept. Raises NotFound, Forbidden, DealMoved."""
    for _ in range(_TRIES - 1):
        try:
            return _make(executor, actor, deal)
        except DealMoved:
            continue
    return _make(executor, actor, deal)


def _printed(
    told: dict[str, Any], language: str, zone: ZoneInfo, now: datetime
) -> dict[str, bytes]:
    """The same for people; a machine without a Chinese font gives the other parts alone."""
    try:
        return {PRINTED: typesetting.pdf(TEMPLATE, Paper(told, language, zone).sheet(now))}
    except typesetting.FontMissing:
        return {}


def _make(executor: Executor, actor: Actor, deal: str) -> str:
    with executor.database.read() as session:
        check_may_take(session, actor, deal)
        now = executor.database.now(session)
        told = course(session, deal, actor.language)
        stream = session.get_one(Deal, deal).stream
    members = {COURSE: canonical(told)} | _printed(told, actor.language, executor.ports.zone, now)
    data = sealed(members, signing_key(executor.ports.secret), now)
    stored = executor.ports.files.put(io.BytesIO(data), limit=_MOST)
    upto = len(told["chains"][stream])
    executor.run(actor, keep_diligence_file, deal, stored.sha256, stored.size, upto)
    return stored.sha256
