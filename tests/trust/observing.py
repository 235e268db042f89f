"""What somebody is shown and sent, kept so that two worlds can be compared byte by byte."""

from __future__ import annotations

import json
import re
from email import message_from_bytes
from email.policy import default
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from accounts.actions.make_token import make_token
from accounts.codes import hash_token
from accounts.scopes import Scope
from accounts.tokens import new_token, shown_part
from bootstrap import Runtime
from core.actor import Actor
from core.models import Change

COUNTED = ("Set-Cookie", "Date", "RateLimit")
"""Headers that differ from one answer to the next, whatever is in the market."""
READS = tuple(scope for scope in Scope if scope.startswith("read:"))
TOKEN = re.compile(rb'name="csrf_token"[^>]*>')

Place = tuple[str, str]
"""Who looks, and at what."""
Seen = tuple[int, bytes, str]
"""Status, every byte, and the headers."""


def look(client: Any, path: str, **how: Any) -> Seen:
    with client.open(path, **how) as answer:
        told = {k: v for k, v in answer.headers if k not in COUNTED}
        return answer.status_code, TOKEN.sub(b"", answer.data), json.dumps(told)


def program_of(market: Runtime, person: Actor) -> dict[str, str]:
    """The header of a program of theirs that may read whatever they may."""
    token = new_token()
    kept = (hash_token(token), shown_part(token))
    market.executor.run(person, make_token, "a program", READS, 30, *kept)
    return {"Authorization": f"Bearer {token}"}


def feed_of(market: Runtime) -> Seen:
    """The rows of which the public change feed is made."""
    with market.database.read() as session:
        rows = [(row.seq, row.ref, row.op) for row in session.scalars(select(Change))]
    return 200, repr(rows).encode(), ""


def letters(market: Runtime) -> list[tuple[str, str]]:
    """To whom, and all of its words, of every letter that was sent so far."""
    return [_read(path) for path in (market.settings.data_dir / "mail").glob("*.eml")]


@cache
def _read(path: Path) -> tuple[str, str]:
    """Subject and every text part: the plain one and the one in HTML."""
    letter = message_from_bytes(path.read_bytes(), policy=default)  # type: ignore[arg-type]
    parts = [part.get_content() for part in letter.walk() if not part.is_multipart()]  # type: ignore[attr-defined]
    return letter["To"], "\n".join([letter["Subject"], *parts])


def letters_to(market: Runtime, mail: str) -> list[str]:
    """Every letter that somebody was sent."""
    return sorted(words for to, words in letters(market) if to == mail)


def box_of(market: Runtime, mail: str) -> Seen:
    return 200, repr(letters_to(market, mail)).encode(), ""


def differing(before: dict[Place, Seen], after: dict[Place, Seen]) -> list[Place]:
    """Places of `before` where the other world shows something else."""
    return [place for place, seen in before.items() if after[place] != seen]
