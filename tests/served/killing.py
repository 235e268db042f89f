"""A market that `flask serve` serves and a test kills; with PostgreSQL its worker is beside it."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from urllib.parse import quote

import flask.cli
from sqlalchemy import func, select

import bootstrap
from accounts.actions.make_token import make_token
from accounts.codes import hash_token
from accounts.scopes import Scope
from accounts.tokens import new_token, shown_part
from bootstrap import Runtime
from core.audit import verify_streams
from core.models import Audit, Base, IndexState, Outbox
from core.settings import Settings
from migrations import running
from search import indexer
from search.embedded import EmbeddedEngine
from tests import databases
from tests.browser.conftest import ROOT, Life, Served
from tests.deals.conftest import Stage, person, staged
from tests.victims import victims

PATIENCE = 600
"""Seconds; a machine that is busy is no fault of what is tested."""


def run(words: Sequence[str], environment: dict[str, str], log: str) -> None:
    """In the fork: what `python -m flask --app wsgi …` does, in a process group of its own."""
    os.setsid()
    out = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    multiprocessing.set_start_method("fork", force=True)  # as in every interpreter on Linux
    sys.argv = ["flask", "--app", "wsgi", *words]
    flask.cli.main()


class Forked:
    """A forked process, shown as `subprocess.Popen` shows its own."""

    def __init__(self, process: ForkServerProcess) -> None:
        self._process, self.pid = process, process.pid or 0
        self.terminate, self.kill = process.terminate, process.kill

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("flask", timeout or 0)
        return self._process.exitcode


class Killed(Served):
    """Started by the same command after each kill; nothing is repaired between."""

    worker: Life | None = None
    forks = True
    """Whether the command is run in a fork of what has its imports behind it, which spares a
    start most of its seconds; else in an interpreter of its own, as everybody starts it."""

    def command(self, *words: str) -> Life:
        if not self.forks:
            return super().command(*words)
        process = victims().Process(target=run, args=(words, self.environment(), str(self.log)))
        process.start()
        return Forked(process)

    def await_doors(self, patience: float = PATIENCE) -> None:
        super().await_doors(patience)

    def launch(self) -> None:
        super().launch()
        if self.url:
            self.worker = self.command("worker")

    def kill(self, *, alone: bool = False) -> None:
        """`alone`: only the process that was started; what that started must see to itself."""
        for process in filter(None, (self.process, self.worker)):
            if process.poll() is None:
                (os.kill if alone else os.killpg)(process.pid, signal.SIGKILL)
                process.wait()

    def stop(self) -> None:
        super().stop()
        if self.worker is not None:
            self.worker.terminate()
            self.worker.wait(30)

    def ask(
        self, method: str, path: str, token: str = "", body: object = None, key: str = ""
    ) -> tuple[int, str] | None:
        """Status and text, or None where the market died before it had answered."""
        head = {"Content-Type": "application/json", "Idempotency-Key": key} if key else {}
        if token:
            head["Authorization"] = f"Bearer {token}"
        line = HTTPConnection("localhost", self.port, timeout=PATIENCE)
        try:
            line.request(method, path, json.dumps(body) if key else None, head)
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, HTTPException):
            return None
        finally:
            line.close()

    def find(self, words: str) -> None:
        """The search page answers, and with something found."""
        answer = self.ask("GET", f"/search?q={quote(words)}")
        assert answer is not None, "the search page does not answer"
        assert answer[0] == 200, answer
        assert "/results/" in answer[1], answer[1]


@dataclass
class House:
    """The same database from this process, which only looks while the market is served."""

    runtime: Runtime
    stage: Stage
    market: Killed

    def token(self, who: str) -> str:
        token = new_token()
        made = (list(Scope), 30, hash_token(token), shown_part(token))
        self.runtime.executor.run(person(who), make_token, "a program", *made)
        return token

    def rows(self) -> Counter[str]:
        """How many each table has; but for what is noted of people, as when a token was used."""
        with self.runtime.database.read() as session:
            tables = Base.metadata.sorted_tables
            found = Counter(
                {one.name: session.scalar(select(func.count()).select_from(one)) for one in tables}
            )
            noted = select(func.count()).where(Audit.stream.like("person:%"))
            found[Audit.__tablename__] -= session.scalar(noted) or 0
        return found

    def rest(self) -> None:
        """Until every fact is delivered and the index is caught up. A killed worker's claims are
        free again when their leases end."""
        wait_for(self._idle, "the queues did not empty")

    def _idle(self) -> bool:
        with self.runtime.database.read() as session:
            letters = select(func.count()).select_from(Outbox)
            behind = select(func.count()).where(IndexState.not_before.is_not(None))
            return not session.scalar(letters) and not session.scalar(behind)

    def check_whole(self) -> None:
        """Chains verify, and the index is what the database says."""
        with self.runtime.database.read() as session:
            assert verify_streams(session).faults == []
        engine = EmbeddedEngine(self.runtime.settings.data_dir / "index")
        found = indexer.check(self.runtime.database, engine, self.runtime.loaders)
        engine.close()
        assert found.clean, found
        assert not found.pending


def wait_for(reached: Callable[[], bool], otherwise: str, pause: float = 0.2) -> None:
    end = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < end, otherwise
        time.sleep(pause)


def housed(kind: str, folder: Path, name: str) -> House:
    """An institute, a firm and a published result in a database of a kind, not served yet."""
    data = folder / "data"
    url = "" if kind == "sqlite" else databases.url_of(kind, folder, name)
    settings = Settings(_env_file=None, env="development", data_dir=data, database_url=url)
    runtime = bootstrap.build(settings)
    running.upgrade(runtime.database)
    market = Killed(data, "--no-sample", url=url)
    return House(runtime, staged(runtime.executor), market)
