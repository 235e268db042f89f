"""Processes that a test kills: forked from one that has everything imported, so that a life
begins in a fraction of a second and not with a second of imports."""

from __future__ import annotations

import multiprocessing
from functools import cache
from multiprocessing.context import ForkServerContext

_PRELOADED = ["bootstrap", "webapp.factory", "tests.conftest", "tests.core.toy"]


@cache
def victims() -> ForkServerContext:
    """The server itself has no threads, no connections and no market: what is forked is clean."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context
