"""The audit chain: verified by anyone who can read the tables, anchored by signed checkpoints.

Each stream's entries are chained by hash; the stream's row holds the last one. An edit, deletion or
reorder breaks a chain. Cutting a chain's tail *and* its stream's row leaves a shorter chain that is
whole: that is what checkpoints find. A checkpoint covers every entry up to a number with one
running hash, is signed with Ed25519 (RFC 8032) and kept outside the database. What was cut after
the last checkpoint cannot be found, and the verification says so.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.database import Database
from core.models import Audit, Stream
from core.verify import chain_hash

SETTLED_AFTER: Final = timedelta(seconds=60)
"""Entries younger than this may still commit out of order; a checkpoint leaves them to the next."""
_CHUNK: Final = 5000


@dataclass
class Verification:
    """How many streams and entries were read, and every fault found, in plain words."""

    streams: int = 0
    entries: int = 0
    checkpoints: int = 0
    covered: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.faults


def verify_streams(session: Session, only: str | None = None) -> Verification:
    """Walks every chain (or one) from its first entry to the head that its stream row names."""
    seen = Verification()
    heads = select(Stream.key, Stream.seq, Stream.hash)
    heads = heads.where(Stream.key == only) if only else heads
    left = {row.key: (row.seq, row.hash) for row in session.execute(heads)}
    seen.streams = len(left)
    columns = select(Audit.stream, Audit.seq, Audit.prev, Audit.hash, Audit.body)
    columns = columns.where(Audit.stream == only) if only else columns
    stream, seq, last = "", 0, ""
    for row in session.execute(columns.order_by(Audit.stream, Audit.seq)).yield_per(_CHUNK):
        seen.entries += 1
        if row.stream != stream:
            _close(seen, left, stream, (seq, last))
            stream, seq, last = row.stream, 0, ""
        if row.seq != seq + 1:
            seen.faults.append(f"{stream}: entry {seq + 1} is missing or out of order")
        if row.prev != last:
            seen.faults.append(f"{stream}: entry {row.seq} does not follow the one before it")
        if row.hash != chain_hash(row.prev, row.stream, row.seq, row.body):
            seen.faults.append(f"{stream}: entry {row.seq} was edited")
        seq, last = row.seq, row.hash
    _close(seen, left, stream, (seq, last))
    for key, (count, _) in sorted(left.items()):
        if count:
            seen.faults.append(f"{key}: all of its {count} entries are missing")
    return seen


def _close(
    seen: Verification, left: dict[str, tuple[int, str]], stream: str, end: tuple[int, str]
) -> None:
    if not stream:
        return
    head = left.pop(stream, None)
    if head is None:
        seen.faults.append(f"{stream}: the stream's own row is missing")
    elif head != end:
        seen.faults.append(f"{stream}: ends at entry {end[0]}, its row says {head[0]}")


def signing_key(secret: bytes) -> Ed25519PrivateKey:
    """The installation's key for checkpoints, derived from its secret."""
    seed = hashlib.sha256(b"qiaoyi audit checkpoint" + secret).digest()
    return Ed25519PrivateKey.from_private_bytes(seed)


def public_key(key: Ed25519PrivateKey) -> str:
    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def _running(session: Session, root: str, after: int, upto: int) -> tuple[str, int]:
    """The running hash over all entries in (after, upto], and how many they are."""
    digest, count = bytes.fromhex(root), 0
    query = select(Audit.n, Audit.stream, Audit.seq, Audit.hash)
    query = query.where(Audit.n > after, Audit.n <= upto).order_by(Audit.n)
    for row in session.execute(query).yield_per(_CHUNK):
        line = f"{row.n} {row.stream} {row.seq} {row.hash}".encode()
        digest = hashlib.sha256(digest + line).digest()
        count += 1
    return digest.hex(), count


def write_checkpoint(database: Database, folder: Path, secret: bytes) -> dict[str, Any] | None:
    """Signs what came since the last checkpoint; None where nothing has settled since then."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "checkpoints.lock").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # two signers after one checkpoint would look like a gap
        return _sign_next(database, folder, signing_key(secret))


def _sign_next(database: Database, folder: Path, key: Ed25519PrivateKey) -> dict[str, Any] | None:
    last = _last(folder)
    with database.read() as session:
        now = database.now(session)
        settled = select(func.max(Audit.n)).where(Audit.at <= now - SETTLED_AFTER)
        upto = session.scalar(settled) or 0
        if upto <= last["upto"]:
            return None
        root, count = _running(session, last["root"], last["upto"], upto)
    body = {
        "after": last["upto"],
        "upto": upto,
        "entries": count,
        "root": root,
        "at": now.isoformat(),
        "key": public_key(key),
    }
    text = json.dumps(body, sort_keys=True)
    signature = base64.b64encode(key.sign(text.encode())).decode()
    with (folder / "checkpoints.jsonl").open("a", encoding="ascii") as out:
        out.write(json.dumps({"body": text, "signature": signature}) + "\n")
    return body


def _read(folder: Path) -> Iterator[tuple[str, str]]:
    path = folder / "checkpoints.jsonl"
    if path.exists():
        for line in path.read_text(encoding="ascii").splitlines():
            said = json.loads(line)
            yield said["body"], said["signature"]


def _last(folder: Path) -> dict[str, Any]:
    last: dict[str, Any] = {"upto": 0, "root": "00" * 32}
    for body, _ in _read(folder):
        last = json.loads(body)
    return last


def verify_checkpoints(session: Session, folder: Path, trusted: str, seen: Verification) -> None:
    """Adds the faults that only checkpoints show. `trusted` is the public key, base64."""
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(trusted))
    after, root = 0, "00" * 32
    for text, signature in _read(folder):
        seen.checkpoints += 1
        body = json.loads(text)
        try:
            key.verify(base64.b64decode(signature), text.encode())
        except InvalidSignature:
            seen.faults.append(
                f"checkpoint up to {body['upto']}: the signature is not the market's"
            )
            continue
        if body["after"] != after:
            seen.faults.append(f"checkpoint up to {body['upto']}: the one before it is missing")
            after, root = body["upto"], body["root"]
            continue
        root, count = _running(session, root, after, body["upto"])
        after = body["upto"]
        if (root, count) != (body["root"], body["entries"]):
            seen.faults.append(
                f"entries up to {after}, signed at {body['at']}: {body['entries']} were signed, "
                f"{count} are there, and they are not the same"
            )
        root = body["root"]
    seen.covered = after


def verify(database: Database, folder: Path, trusted: str) -> Verification:
    """Everything that can be verified: every chain, then every checkpoint."""
    with database.read() as session:
        seen = verify_streams(session)
        verify_checkpoints(session, folder, trusted, seen)
    return seen


def age_of_last(folder: Path, now: datetime) -> timedelta | None:
    """How long the last checkpoint ago was; None where there is none."""
    last = _last(folder)
    return now - datetime.fromisoformat(last["at"]) if "at" in last else None
