"""Takes one message that came to the return address, from a pipe or out of a mailbox."""

from __future__ import annotations

import structlog

from core.actor import SYSTEM
from core.errors import NotFound
from core.executor import Executor
from notifications.actions.note_letter_back import note_letter_back
from notifications.reports import LARGEST, Said, read_report
from notifications.returning import read_return

UNKNOWN = "unknown"
"""No letter of ours is named: forged, foreign, or long gone."""
COUNTED = frozenset({Said.REFUSED.value, Said.GAVE_UP.value, Said.COMPLAINED.value})
log = structlog.get_logger()


class Returns:
    """`box` is QIAOYI_RETURN_ADDRESS; without one no letter can be named, so nothing changes."""

    def __init__(self, executor: Executor, box: str) -> None:
        self._executor, self._box = executor, box

    def take(self, raw: bytes, recipient: str = "") -> str:
        """What came of it: one of `COUNTED`, `waits`, `nothing`, `again` where it was known before,
        or `unknown`. `recipient`: the address that it was delivered to, if the mail server says."""
        outcome, status = self._heard(raw, recipient)
        log.info("message to the return address", outcome=outcome, status=status, octets=len(raw))
        return outcome

    def _heard(self, raw: bytes, recipient: str) -> tuple[str, str]:
        if not self._box or len(raw) > LARGEST:
            return UNKNOWN, ""
        text = f"{recipient}\n{raw.decode('latin-1')}"
        letter = read_return(self._executor.ports.secret, self._box, text)
        if letter is None:
            return UNKNOWN, ""
        report = read_report(raw)
        if report.said.value not in COUNTED:
            return report.said.value, report.status
        said, status = report.said.value, report.status
        try:
            noted = self._executor.run(SYSTEM, note_letter_back, letter, said, status).ref
        except NotFound:
            return UNKNOWN, status
        return noted or "again", status
