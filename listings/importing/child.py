"""Runs one of our own readers in a process of its own, with memory, time and files limited.

Parsers of binary formats (workbooks, PDF) are not constant in memory and have met hostile input
before; here the worst that a file can do is to end its own child.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Final

from listings.importing.errors import FileRefused, ReaderStopped
from listings.importing.limits import CHILD_MEMORY, CHILD_SECONDS

_ROOT: Final = Path(__file__).resolve().parents[2]
REFUSED: Final = 3
"""Exit code of a child that refuses the file; its standard output names the refusal's code."""
_OUTPUT: Final = 4 * 1024**3


def run_reader(
    module: str,
    *arguments: str,
    memory: int = CHILD_MEMORY,
    seconds: int = CHILD_SECONDS,
) -> None:
    """Runs `python -m module arguments`. Raises the refusal that the child names or ReaderStopped.

    The child has no open files of ours, no environment but the paths, and writes nothing that
    is not named in `arguments`.
    """
    command = [sys.executable, "-c", _STARTER, str(memory), str(seconds), module, *arguments]
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter and module; no shell
            command,
            cwd=_ROOT,
            env={"PYTHONPATH": str(_ROOT), "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds + 30,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ReaderStopped from error
    if done.returncode == REFUSED:
        raise _named(done.stdout.decode("utf-8", "replace").strip())
    if done.returncode:
        raise ReaderStopped


_STARTER: Final = (
    "import runpy, sys\n"
    "from listings.importing.child import limit\n"
    "limit(int(sys.argv[1]), int(sys.argv[2]))\n"
    "sys.argv = sys.argv[3:]\n"
    "runpy.run_module(sys.argv[0], run_name='__main__', alter_sys=True)\n"
)


def limit(memory: int, seconds: int) -> None:
    """Limits this process: address space, processor time, size and number of files."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_OUTPUT, _OUTPUT))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _named(code: str) -> FileRefused:
    kind = FileRefused.codes.get(code, FileRefused)
    return kind() if issubclass(kind, FileRefused) else FileRefused()
