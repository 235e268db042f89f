"""Files from outside are shown to a scanner before they are kept; a market without one keeps all.

A scanner that does not answer lets nothing through: whoever asked for one wants no file unseen.
"""

from __future__ import annotations

import logging
import shlex
import subprocess
from pathlib import Path
from typing import Final, Protocol

from core.errors import Refused
from core.i18n import N_

PATIENCE: Final = 120.0
"""Seconds for one file."""
_CLEAN: Final = 0
_FOUND: Final = 1
_log: Final = logging.getLogger(__name__)


class FileHarmful(Refused):
    code = "file_harmful"
    text = N_("The virus scanner refused this file, so nothing was kept. Clean it and try again.")
    status = 422


class ScannerSilent(Refused):
    code = "scanner_silent"
    text = N_("The virus scanner does not answer now, so nothing was kept. Try again later.")
    status = 503


class Scanner(Protocol):
    """A port: a command on this machine, or none."""

    def scan(self, path: Path) -> None:
        """Raises FileHarmful, ScannerSilent."""


class NoScanner:
    """Keeps everything."""

    def scan(self, path: Path) -> None:
        """Nothing is refused."""


class CommandScanner:
    """Runs a command with the file's path behind it; it answers as clamdscan(1) does: 0 is clean,
    1 is a finding, anything else is no answer."""

    def __init__(self, command: str, patience: float = PATIENCE) -> None:
        """`patience` in seconds."""
        self._command, self._patience = shlex.split(command), patience

    def scan(self, path: Path) -> None:
        try:
            done = subprocess.run(  # noqa: S603  the installation's own command, no shell
                [*self._command, str(path)],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=self._patience,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            _log.error("the virus scanner did not run: %s", type(error).__name__)
            raise ScannerSilent from error
        if done.returncode == _FOUND:
            raise FileHarmful
        if done.returncode != _CLEAN:
            _log.error("the virus scanner answered %s", done.returncode)
            raise ScannerSilent
