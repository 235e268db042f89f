"""The serving entry: Granian with one process of many threads, and the worker beside the pages.

Granian starts the pages in a child process. The worker's threads belong in that child, and the
child must not outlive its parent: a killed market must leave its port free for the next start.
"""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

import structlog
from granian import Granian
from granian.constants import Interfaces

import bootstrap
from bootstrap import Runtime
from core.settings import Settings
from search import indexer
from search.errors import SearchUnavailable
from search.port import SearchEngine
from search.queries import SearchRequest

log = structlog.get_logger()
_LOOK_EVERY: Final = 0.3
_AGAIN_AFTER: Final = 10.0
"""Seconds after which an index that is not built yet is looked at again."""


def serve(settings: Settings) -> None:
    """Serves until stopped; Ctrl+C ends it after the running requests."""
    Granian(
        "wsgi:app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=settings.threads,
        backpressure=settings.threads * 4,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    ).serve(target_loader=load)


def load(*_target: Any) -> Any:
    """Called in the child: the app, with the worker's threads running where SQLite is used."""
    from webapp.factory import create_app  # noqa: PLC0415  the factory lists the command that serves

    runtime = bootstrap.build(Settings())
    if runtime.database.sqlite:
        runtime.worker.start()
    end_with_parent()
    threading.Thread(target=warm, args=(runtime.search,), name="warm", daemon=True).start()
    if runtime.settings.elasticsearch_urls:
        threading.Thread(target=keep_index, args=(runtime,), name="rebuild", daemon=True).start()
    return create_app(runtime)


def warm(search: SearchEngine) -> None:
    """Asks a question in both languages, so that segmenter and dictionaries are read before the
    first visitor would wait for them.

    What stands by then stays: Python's collector need not walk it again, which took every reader a
    tenth of a second now and then.
    """
    with suppress(SearchUnavailable):
        search.search(SearchRequest("散热 heat", size=1))
    gc.collect()
    gc.freeze()


def keep_index(market: Runtime, pause: Callable[[float], object] = time.sleep) -> None:
    """Has the index built where it must be, and returns once it is whole.

    A server that is away is waited for, and so is another process that builds: should that one
    die, this one takes over. It ends then, so that of two versions of this code neither goes on
    undoing the other's index.
    """
    while True:
        try:
            indexer.ensure(market.database, market.search, market.loaders)
            if not market.search.health().needs_rebuild:
                return
        except SearchUnavailable as down:
            log.info("index waits", cause=down.why[:300])
        except Exception:
            log.exception("index is not built")
        pause(_AGAIN_AFTER)


def end_with_parent() -> None:
    """Ends this process once the one that started it is gone, however that ended."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK_EVERY)
        os._exit(0)

    threading.Thread(target=watch, name="parent", daemon=True).start()
